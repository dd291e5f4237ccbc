"""Trying what a department says to a record before it is written: nothing of it stays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bumen.errors import BusinessError
from bumen.model.accounts import User
from bumen.records.constraints import explained
from bumen.records.fill import fill, started
from bumen.records.references import References
from bumen.resource import Resource
from bumen.unit_of_work import current, session


class _Tried(Exception):
    """Nothing was refused, and nothing is to be kept."""


def refusal_of(
    resource: type[Resource],
    given: Mapping[str, Any],
    *,
    by: User | None,
    known: References,
    record: Any = None,
) -> BusinessError | None:
    """Return what the department refuses of checked values, for a new record or a changed one.

    Tell it the resource as whoever works meets it. Nothing is written, and nothing stays.
    """
    try:
        with current().trying(), current().attempt(), explained(resource):
            _try(resource, given, by=by, known=known, record=record)
            raise _Tried
    except _Tried:
        return None
    except BusinessError as refusal:
        return refusal


def _try(
    resource: type[Resource],
    given: Mapping[str, Any],
    *,
    by: User | None,
    known: References,
    record: Any,
) -> None:
    service = resource.on_create if record is None else resource.on_change
    with session().no_autoflush:
        tried = started(resource.model) if record is None else record
        fill(tried, resource, given, known)
        if service is not None:
            service(tried, by=by)
