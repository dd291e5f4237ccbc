"""Facts: what has happened, told to the departments that want to hear it.

An event is published inside a unit of work. Subscribers declared by `within` hear it in that same
unit, just before it is committed; subscribers declared by `after` hear it once it is, through the
outbox, each in a unit of its own. Only departments that are on for the company hear. An event is
a fact: it has no answer and knows no veto.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, get_type_hints

READ: dict[Any, Callable[[Any], Any]] = {
    Decimal: Decimal,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}
"""How values that JSON does not know are read again."""


@dataclass(frozen=True)
class Event:
    """A fact in the past tense, frozen, holding ids and plain values, never records."""

    known: ClassVar[dict[str, type[Event]]] = {}
    label: ClassVar[Any] = None
    """What people call it, a `Text`: in the list of what webhooks can hear of."""

    def __init_subclass__(cls) -> None:
        Event.known[cls.name()] = cls

    @classmethod
    def name(cls) -> str:
        """Return the event's name in the outbox: `bumen_sales.OrderConfirmed`."""
        return f"{cls.__module__.partition('.')[0]}.{cls.__name__}"

    def to_json(self) -> dict[str, Any]:
        """Return the fact as JSON values."""
        return {key: plain(value) for key, value in dataclasses.asdict(self).items()}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Event:
        """Return the fact that `to_json` wrote."""
        kinds = get_type_hints(cls)
        return cls(**{k: READ.get(kinds.get(k), lambda same: same)(v) for k, v in values.items()})


Handler = Callable[[Any], None]


@dataclass(frozen=True, kw_only=True)
class Subscription:
    """A department's wish to hear of an event; made by `within` or `after`."""

    event: type[Event]
    handler: Handler
    after_commit: bool

    @property
    def name(self) -> str:
        """The handler's name, by which the outbox remembers what is still to be told."""
        return f"{self.handler.__module__}.{self.handler.__qualname__}"


def within(event: type[Event], handler: Handler) -> Subscription:
    """Hear of it in the same unit of work, just before it is committed."""
    return Subscription(event=event, handler=handler, after_commit=False)


def after(event: type[Event], handler: Handler) -> Subscription:
    """Hear of it after the commit, in a unit of work of one's own; told again until it works."""
    return Subscription(event=event, handler=handler, after_commit=True)


def plain(value: Any) -> Any:
    """Return what JSON does not know as text that `READ` reads again."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
