"""Stock is counted: what was found is compared, the difference approved and booked."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from bumen import User, next_number, session
from bumen_base.models import ProductKind
from bumen_logistics.errors import (
    CountedTwice,
    CountIsEmpty,
    DifferencesNeedReasons,
    ServicesAreNotKept,
)
from bumen_logistics.models import StockCount, StockCountLine, stock_at
from bumen_logistics.services.changes import fill, was_written
from bumen_logistics.services.stock import correct_stock

NUMBERED = "logistics.count"
NONE = Decimal(0)


def draft_count(count: StockCount, *, by: User | None, on: date) -> None:
    """Begin a count: each line is compared with what is booked at that moment."""
    fill(count, "counted_on", on)
    revise_count(count, by=by)
    count.number = next_number(kind=NUMBERED, on=on)


def revise_count(count: StockCount, *, by: User | None) -> None:
    """Compare what was counted anew with what is booked now; other lines stay as they were.

    Refuses a product that stands there twice, and services.
    """
    seen = set()
    for line in count.lines:
        if line.product.kind is ProductKind.SERVICE:
            raise ServicesAreNotKept(line.product)
        if line.product.id in seen:
            raise CountedTwice(line)
        seen.add(line.product.id)
        if was_written(line, "counted", "product"):
            _compare(count, line)


def submit_count(count: StockCount, *, by: User | None) -> None:
    """Put a count before whoever approves it; each difference needs its reason."""
    if not count.lines:
        raise CountIsEmpty(count)
    bare = [line for line in count.lines if line.difference and not (line.reason or "").strip()]
    if bare:
        raise DifferencesNeedReasons(bare)
    count.move("submit", by=by)


def approve_count(count: StockCount, *, by: User | None, at: datetime) -> None:
    """Book the differences as moves, all of them or none; what is reserved cannot go.

    Goods that moved since the counting stay moved: the difference is booked, not the result.
    """
    locked = select(StockCount).where(StockCount.id == count.id).with_for_update(of=StockCount)
    session().scalars(locked.execution_options(populate_existing=True)).one()
    count.move("approve", by=by)
    count.approved_at = at
    for line in sorted(count.lines, key=lambda one: one.product_id):
        if line.difference:
            correct_stock(
                line.product,
                count.location,
                line.difference,
                by=by,
                at=at,
                reason=line.reason,
                source=count.number,
            )


def _compare(count: StockCount, line: StockCountLine) -> None:
    with session().no_autoflush:
        stock = session().scalar(stock_at(line.product.id, count.location.id))
    line.booked = stock.on_hand if stock else NONE
    line.difference = line.counted - line.booked
