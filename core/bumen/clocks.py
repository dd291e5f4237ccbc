"""What services are told of the time: they look at no clock themselves."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from bumen.unit_of_work import moment, today


def dated(verb: Callable[..., Any]) -> Callable[..., None]:
    """Tell a service which day it is where the company is: services look at no clock.

    Turns `(record, *, by, on, **arguments)` into what a resource calls: `on_create =
    staticmethod(dated(draft_order))`.
    """

    @wraps(verb)
    def told(record: Any, *, by: Any, **arguments: Any) -> None:
        verb(record, by=by, on=today(), **arguments)

    return told


def timed(verb: Callable[..., Any]) -> Callable[..., None]:
    """Tell a service which moment it is: services look at no clock.

    Turns `(record, *, by, at, **arguments)` into what an action calls: `step(Parcel.workflow,
    "hand_over", timed(hand_over))`.
    """

    @wraps(verb)
    def told(record: Any, *, by: Any, **arguments: Any) -> None:
        verb(record, by=by, at=moment(), **arguments)

    return told
