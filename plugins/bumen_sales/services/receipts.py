"""Money that comes in: written down, posted to orders, reversed."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from bumen import User, next_number, publish, session
from bumen_sales.errors.reasons import ReasonIsMissing
from bumen_sales.errors.receipts import (
    MoreThanIsDue,
    MoreThanWasReceived,
    OrderIsAllocatedTwice,
    OrderIsNotOwed,
    OrderOfAnotherCustomer,
    ReceiptHasChanged,
    ReceivedInFuture,
)
from bumen_sales.events import ReceiptPosted, ReceiptReversed
from bumen_sales.models import FIRM, Allocation, Order, Receipt, ReceiptMethod
from bumen_sales.models.receipts import (
    lines_to_read_again,
    owed_again,
    paid_by,
    paid_by_receipts,
    receipt_locked,
)
from bumen_sales.services.filling import fill
from bumen_sales.services.fulfilment import payment_changed
from bumen_sales.services.locking import lock_order

NUMBERED = "sales.receipt"


def draft_receipt(receipt: Receipt, *, by: User | None, on: date) -> None:
    """Write down money that has come in; it counts once it is posted.

    Refuses a day after `on`, lines that come to more than the receipt, an order twice, firm orders
    of somebody else, and more than is due. Orders that are not firm yet are looked at when it is
    posted.
    """
    _bring_in_order(receipt, on=on)
    receipt.number = next_number(kind=NUMBERED, on=receipt.received_on)


def revise_receipt(receipt: Receipt, *, by: User | None, on: date) -> None:
    """Check a draft again after it was changed; refuses what `draft_receipt` refuses."""
    _bring_in_order(receipt, on=on)


def post_receipt(receipt: Receipt, *, by: User | None, at: datetime) -> None:
    """Let a receipt count: its lines pay their orders, what is left stands as an advance.

    Nothing is paid beyond what is due at this moment, nor twice. Source: A4.3.5.
    """
    session().flush()
    orders = _lock_with_orders(receipt, [line.order for line in receipt.lines])
    _refuse_wrong_lines(receipt, receipt.lines)
    receipt.move("post", by=by)
    receipt.unallocated = left_of(receipt)
    for line in receipt.lines:
        pay(line.order, line.amount)
    for order in orders:
        payment_changed(order, by=by, at=at)
    publish(ReceiptPosted(receipt.id))


def reverse_receipt(
    receipt: Receipt, *, by: User | None, on: date, at: datetime, reason: str
) -> None:
    """Take back a receipt that was wrong: what it paid is owed again; both stay on record.

    Refuses without a reason, and what was allocated otherwise at the same moment.
    """
    if not reason.strip():
        raise ReasonIsMissing
    orders = _lock_with_orders(receipt, [line.order for line in counting(receipt)])
    receipt.move("reverse", by=by)
    receipt.reversed_on, receipt.reversal_reason = on, reason.strip()
    receipt.unallocated = Decimal(0)
    for line in counting(receipt):
        owe_again(line.order, line.amount)
    for order in orders:
        payment_changed(order, by=by, at=at)
    publish(ReceiptReversed(receipt.id))


def receive_collected(
    order: Order,
    amount: Decimal,
    *,
    received_on: date,
    reference: str | None,
    by: User | None,
    at: datetime,
) -> Receipt:
    """Return the posted receipt of money that a carrier has collected for an order, and remitted.

    It pays the order as far as something is due; more than that stands as an advance.
    """
    lock_order(order)
    receipt = Receipt(
        customer=order.customer,
        received_on=received_on,
        amount=amount,
        method=ReceiptMethod.CASH_ON_DELIVERY,
        reference=reference,
    )
    if order.due > 0:
        receipt.lines.append(Allocation(order=order, amount=min(amount, order.due)))
    draft_receipt(receipt, by=by, on=received_on)
    session().add(receipt)
    session().flush()
    post_receipt(receipt, by=by, at=at)
    return receipt


def lock_in_order(orders: Iterable[Order]) -> list[Order]:
    """Lock orders by their ids, each once: so two who want the same never wait for each other."""
    found = {order.id: order for order in orders}
    locked = [found[ident] for ident in sorted(found)]
    for order in locked:
        lock_order(order)
    return locked


def lock_with_receipts(order_ids: Iterable[int], receipt_ids: Iterable[int]) -> None:
    """Lock orders, and those that receipts (ids) pay, in the order everybody locks them in."""
    paid = session().scalars(paid_by_receipts(receipt_ids)).all()
    wanted = select(Order).where(Order.id.in_({*order_ids, *paid}))
    lock_in_order(session().scalars(wanted).all())


def lock_receipt(receipt: Receipt) -> None:
    """Hold a receipt until the unit of work ends, and read it and its lines anew.

    Its orders are locked before.
    """
    session().flush()
    session().scalars(receipt_locked(receipt)).one()
    session().scalars(lines_to_read_again(receipt)).all()
    session().expire(receipt, ["lines"])


def counting(receipt: Receipt) -> list[Allocation]:
    """Return the lines of a receipt that were not taken off."""
    return [line for line in receipt.lines if line.taken_off_on is None]


def left_of(receipt: Receipt) -> Decimal:
    """Return what the lines of a receipt leave of it."""
    return receipt.amount - sum((line.amount for line in counting(receipt)), Decimal(0))


def pay(order: Order, amount: Decimal) -> None:
    """Pay a part of an order; refuses more than is due when it is written."""
    session().flush()
    changed: Any = session().execute(paid_by(order, amount))
    session().refresh(order)
    if not changed.rowcount:
        raise MoreThanIsDue(order, amount)


def owe_again(order: Order, amount: Decimal) -> None:
    """Take back a payment of an order."""
    session().flush()
    session().execute(owed_again(order, amount))
    session().refresh(order)


def refuse_unless_owed(order: Order, receipt: Receipt, amount: Decimal) -> None:
    """Refuse to pay an order of somebody else, one nothing is owed for, and more than is due."""
    if order.customer_id != receipt.customer.id:
        raise OrderOfAnotherCustomer(order, receipt.customer)
    if order.state not in FIRM:
        raise OrderIsNotOwed(order)
    if amount > order.due:
        raise MoreThanIsDue(order, amount)


def _lock_with_orders(receipt: Receipt, orders: Iterable[Order]) -> list[Order]:
    """Lock the orders that a receipt pays, and it; refuses one that pays others by now."""
    seen, was = receipt.version, receipt.state
    locked = lock_in_order(orders)
    lock_receipt(receipt)
    if receipt.version != seen and receipt.state is was:
        raise ReceiptHasChanged(receipt)
    return locked


def _bring_in_order(receipt: Receipt, *, on: date) -> None:
    fill(receipt, "received_on", on)
    if receipt.received_on > on:
        raise ReceivedInFuture
    firm = [line for line in receipt.lines if line.order.state in FIRM]
    _refuse_wrong_lines(receipt, firm)
    receipt.unallocated = left_of(receipt)


def _refuse_wrong_lines(receipt: Receipt, looked_at: Iterable[Allocation]) -> None:
    """Refuse lines that come to more than the receipt, and those that cannot pay their order."""
    times = Counter(line.order.id for line in receipt.lines)
    for line in looked_at:
        if times[line.order.id] > 1:
            raise OrderIsAllocatedTwice(line.order)
        refuse_unless_owed(line.order, receipt, line.amount)
    left = left_of(receipt)
    if left < 0:
        raise MoreThanWasReceived(amount=receipt.amount - left, left=receipt.amount)
