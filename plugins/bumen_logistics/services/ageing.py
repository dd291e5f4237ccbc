"""How long goods have been lying: what came first is taken to have left first."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement

from bumen import session
from bumen_logistics.models import Stock, receipts_by_age

AGES = (30, 90, 180)
"""The days at which goods come of another age."""


@dataclass(frozen=True, kw_only=True)
class AgedStock:
    """An aged stock is how much of what is on hand is of which age, the freshest first."""

    stock: Stock
    parts: Sequence[Decimal]


def ages_of_stock(*, seen: Iterable[ColumnElement[bool]], on: date) -> Iterator[AgedStock]:
    """Yield what is on hand by age; what left is taken off the oldest goods."""
    since = [datetime.combine(on - timedelta(days=days), time(0), UTC) for days in AGES]
    for stock, *received in session().execute(receipts_by_age(since, *seen)):
        yield AgedStock(stock=stock, parts=parts_of(stock.on_hand, received))


def parts_of(on_hand: Decimal, received: Sequence[Decimal | None]) -> list[Decimal]:
    """Share out what is on hand among what was received, the latest first; the rest is oldest."""
    left, parts = on_hand, []
    for quantity in received:
        part = min(left, quantity or Decimal(0))
        parts.append(part)
        left -= part
    return [*parts, left]
