"""What is owed since when, and how it is asked for: as usual, disputed, or given up."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

from bumen import User, ask, session
from bumen_base.models import PaymentMethod
from bumen_sales.errors.reasons import ReasonIsMissing
from bumen_sales.errors.statements import NothingIsOwed
from bumen_sales.hooks import sales_collected_at_the_door
from bumen_sales.models import FIRM, Collecting, Order
from bumen_sales.models.receipts import allocations_of
from bumen_sales.services.days import day_of
from bumen_sales.services.receipts import left_of, lock_in_order, lock_receipt, owe_again


def note_due_day(order: Order, *, on: date) -> None:
    """Write down from when on an order is due; `on` is the present day.

    Paid in advance: the day it was confirmed. On account: so many days after the goods arrived;
    paid on delivery: the day they arrive. Nothing is due for what has not arrived.
    """
    if order.state not in FIRM:
        order.due_on = None
    elif order.payment_method is PaymentMethod.PREPAID:
        order.due_on = order.due_on or on
    elif order.delivered_at is None:
        order.due_on = None
    else:
        on_account = order.payment_method is PaymentMethod.ON_ACCOUNT
        days = (order.payment_days or 0) if on_account else 0
        order.due_on = day_of(order.delivered_at) + timedelta(days=days)


def free_what_was_paid(order: Order, *, by: User | None, on: date, reason: str) -> None:
    """Make an advance again of what was paid for an order that is cancelled."""
    lock_in_order([order])
    for line in session().scalars(allocations_of(order)).all():
        lock_receipt(line.receipt)
        line.taken_off_on, line.taken_off_because = on, reason
        owe_again(order, line.amount)
        line.receipt.unallocated = left_of(line.receipt)


def collected_at_the_door(orders: Sequence[Order]) -> Mapping[int, Decimal]:
    """Return what carriers have collected of orders (ids) and not handed over yet."""
    asked = [one for one in orders if one.payment_method is PaymentMethod.CASH_ON_DELIVERY]
    found: dict[int, Decimal] = {}
    for answer in ask(sales_collected_at_the_door, orders=asked) if asked else []:
        for ident, amount in answer.items():
            found[ident] = found.get(ident, Decimal(0)) + amount
    return found


def dispute_order(order: Order, *, by: User | None, reason: str) -> None:
    """Write down that the customer disputes an order: it is owed, and not asked for."""
    _ask_for(order, Collecting.DISPUTED, reason=reason)


def mark_bad_debt(order: Order, *, by: User | None, reason: str) -> None:
    """Write down that the money for an order will hardly come: it is owed, and not asked for."""
    _ask_for(order, Collecting.BAD_DEBT, reason=reason)


def collect_again(order: Order, *, by: User | None, reason: str) -> None:
    """Ask for the money of an order as usual again."""
    _ask_for(order, Collecting.AS_USUAL, reason=reason)


def _ask_for(order: Order, how: Collecting, *, reason: str) -> None:
    if not reason.strip():
        raise ReasonIsMissing
    if order.state not in FIRM or order.due <= 0:
        raise NothingIsOwed(order)
    order.collecting, order.collecting_reason = how, reason.strip()
