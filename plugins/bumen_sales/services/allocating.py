"""Receipts and orders brought together: spread, allocated later, taken off again."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bumen import User, session
from bumen_sales.errors.reasons import ReasonIsMissing
from bumen_sales.errors.receipts import (
    AmountIsNothing,
    MoreThanWasReceived,
    NothingIsAllocated,
    NothingToSpread,
    ReceiptIsNotPosted,
)
from bumen_sales.models import Allocation, Order, Receipt, ReceiptState
from bumen_sales.models.receipts import orders_to_pay, taken_from
from bumen_sales.services.fulfilment import payment_changed
from bumen_sales.services.locking import lock_order
from bumen_sales.services.receipts import (
    counting,
    left_of,
    lock_in_order,
    lock_receipt,
    owe_again,
    pay,
    refuse_unless_owed,
)


def spread_receipt(receipt: Receipt, *, by: User | None, at: datetime) -> None:
    """Allocate what is left of a receipt to the customer's orders, the oldest first.

    In a draft it is proposed, and can still be changed; what is posted pays at once. Refuses when
    nothing is left, or nothing is owed.
    """
    if receipt.state is ReceiptState.DRAFT:
        shares = list(_shares(receipt))
        receipt.lines.extend(Allocation(order=order, amount=part) for order, part in shares)
        receipt.unallocated = left_of(receipt)
    else:
        shares = list(_shares(receipt))
        lock_in_order(order for order, _part in shares)
        for order, part in shares:
            allocate_receipt(receipt, by=by, at=at, order=order, amount=part)
    if not shares:
        raise NothingToSpread(receipt)


def allocate_receipt(
    receipt: Receipt, *, by: User | None, at: datetime, order: Order, amount: Decimal
) -> None:
    """Pay an order from the advance that a posted receipt has left.

    Never beyond what is left of it nor beyond what is due, however many do so at once: both are
    taken by statements that look again.
    """
    if amount <= 0:
        raise AmountIsNothing
    lock_order(order)
    refuse_unless_owed(order, receipt, amount)
    session().flush()
    taken: Any = session().execute(taken_from(receipt, amount))
    session().refresh(receipt)
    if not taken.rowcount:
        raise _why_not_taken(receipt, amount)
    receipt.lines.append(Allocation(order=order, amount=amount))
    pay(order, amount)
    payment_changed(order, by=by, at=at)


def take_off_receipt(
    receipt: Receipt, *, by: User | None, on: date, at: datetime, order: Order, reason: str
) -> None:
    """Take off what a posted receipt pays of an order: it is owed again, and an advance again."""
    if not reason.strip():
        raise ReasonIsMissing
    lock_order(order)
    lock_receipt(receipt)
    if receipt.state is not ReceiptState.POSTED:
        raise ReceiptIsNotPosted(receipt)
    lines = [line for line in counting(receipt) if line.order_id == order.id]
    if not lines:
        raise NothingIsAllocated(receipt, order)
    for line in lines:
        line.taken_off_on, line.taken_off_because = on, reason.strip()
        owe_again(order, line.amount)
    receipt.unallocated = left_of(receipt)
    payment_changed(order, by=by, at=at)


def _shares(receipt: Receipt) -> Iterator[tuple[Order, Decimal]]:
    """Yield orders that are owed for, the oldest first, and what is left for each of them."""
    left, named = left_of(receipt), {line.order.id for line in counting(receipt)}
    in_draft = receipt.state is ReceiptState.DRAFT
    for order in session().scalars(orders_to_pay(receipt.customer)):
        if left <= 0:
            return
        if not (in_draft and order.id in named):
            part = min(left, order.due)
            left -= part
            yield order, part


def _why_not_taken(receipt: Receipt, amount: Decimal) -> Exception:
    if receipt.state is not ReceiptState.POSTED:
        return ReceiptIsNotPosted(receipt)
    return MoreThanWasReceived(amount=amount, left=receipt.unallocated)
