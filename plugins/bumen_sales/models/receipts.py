"""Receipts: money that has come in, and which orders it pays."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, Select, String, Update, func, select, update
from sqlalchemy.orm import Mapped

from bumen import (
    Argument,
    Choice,
    CompanyModel,
    Document,
    Money,
    Tone,
    Workflow,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    transition,
)
from bumen_base.models import Customer
from bumen_sales.models.flow import FIRM
from bumen_sales.models.orders import Order
from bumen_sales.texts import _


class ReceiptState(Choice):
    """What a receipt counts for."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    POSTED = "posted", _("Posted"), Tone.GOOD
    REVERSED = "reversed", _("Reversed"), Tone.BAD


class ReceiptMethod(Choice):
    """How money comes in."""

    TRANSFER = "transfer", _("Bank transfer")
    CASH = "cash", _("Cash")
    CHEQUE = "cheque", _("Cheque")
    CASH_ON_DELIVERY = "cash_on_delivery", _("Collected on delivery")


RECEIPT_FLOW = Workflow(
    transition(
        "post",
        {ReceiptState.DRAFT},
        ReceiptState.POSTED,
        label=_("Post"),
        clauses=("A4.3.5", "E2.7"),
    ),
    transition(
        "reverse",
        {ReceiptState.POSTED},
        ReceiptState.REVERSED,
        label=_("Reverse"),
        arguments=(Argument("reason", String(500), label=_("Reason")),),
        confirm=_("What it has paid is owed again. Reverse this receipt?"),
    ),
)


class Allocation(CompanyModel):
    """An allocation is the part of a receipt that pays one order.

    It counts while its receipt is posted and it was not taken off; it is kept in any case.
    """

    __tablename__ = "sales_receipt_allocation"
    __table_args__ = (index("amount", "id"), index("taken_off_on", "id"))
    named_by = ("amount",)

    receipt: Mapped["Receipt"] = line_of("sales_receipt", label=_("Receipt"))
    receipt_id: Mapped[int]
    position: Mapped[int]
    order: Mapped[Order] = belongs_to(Order, label=_("Order"))
    order_id: Mapped[int]
    amount: Mapped[Money] = field(label=_("Amount"), minimum_exclusive=0)
    taken_off_on: Mapped[date | None] = field(label=_("Taken off on"), readonly=True)
    taken_off_because: Mapped[str | None] = field(
        String(500), label=_("Reason for taking it off"), readonly=True
    )


class Receipt(Document):
    """A receipt is money a customer has paid: for orders, or in advance."""

    __tablename__ = "sales_receipt"
    __table_args__ = (
        index("state", "id"),
        index("received_on", "id"),
        index("amount", "id"),
        index("unallocated", "id"),
        index("method", "id"),
        index("reference", "id"),
        index("reversed_on", "id"),
        CheckConstraint("unallocated <= amount", name="unallocated_within_amount"),
    )
    workflow = RECEIPT_FLOW

    state: Mapped[ReceiptState] = field(
        label=_("Status"), default=ReceiptState.DRAFT, readonly=True
    )
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    received_on: Mapped[date] = field(
        label=_("Received on"), help=_("The present day when left empty."), filled=True
    )
    amount: Mapped[Money] = field(label=_("Amount"), minimum_exclusive=0)
    method: Mapped[ReceiptMethod] = field(label=_("Paid by"), default=ReceiptMethod.TRANSFER)
    reference: Mapped[str | None] = field(
        String(80),
        label=_("Bank reference"),
        help=_("The number of the transfer, of the cheque or of the carrier's remittance."),
    )
    note: Mapped[str | None] = field(label=_("Note"))
    unallocated: Mapped[Money] = field(
        label=_("Advance"),
        help=_("What is not allocated to an order yet; it stands as an advance of the customer."),
        minimum=0,
        default=Decimal(0),
        readonly=True,
    )
    reversed_on: Mapped[date | None] = field(label=_("Reversed on"), readonly=True)
    reversal_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for the reversal"), readonly=True
    )
    lines: Mapped[list[Allocation]] = has_lines(Allocation)


def receipt_locked(receipt: Receipt) -> Select[Receipt]:
    """Select a receipt as it is now, and keep it from everybody else until the end."""
    return (
        select(Receipt)
        .where(Receipt.id == receipt.id)
        .with_for_update(of=Receipt)
        .execution_options(populate_existing=True)
    )


def lines_to_read_again(receipt: Receipt) -> Select[Allocation]:
    """Select the lines of a receipt as they are now."""
    theirs = select(Allocation).where(Allocation.receipt_id == receipt.id).order_by(Allocation.id)
    return theirs.execution_options(populate_existing=True)


def paid_by_receipts(receipt_ids: Iterable[int]) -> Select[int]:
    """Select the orders (ids) that receipts pay now."""
    return (
        select(Allocation.order_id)
        .where(Allocation.receipt_id.in_(receipt_ids), Allocation.taken_off_on.is_(None))
        .distinct()
    )


def paid_by(order: Order, amount: Decimal) -> Update:
    """Pay a part of an order, if so much is still due: of nothing else money changes."""
    return _changed(
        update(Order).where(Order.id == order.id, Order.state.in_(FIRM), Order.due >= amount),
        {"paid": Order.paid + amount, "due": Order.due - amount, "version": Order.version + 1},
    )


def owed_again(order: Order, amount: Decimal) -> Update:
    """Take back a payment of an order, if so much was paid."""
    return _changed(
        update(Order).where(Order.id == order.id, Order.paid >= amount),
        {"paid": Order.paid - amount, "due": Order.due + amount, "version": Order.version + 1},
    )


def taken_from(receipt: Receipt, amount: Decimal) -> Update:
    """Take a part of a posted receipt's advance, if there is so much."""
    there = (Receipt.state == ReceiptState.POSTED, Receipt.unallocated >= amount)
    return _changed(
        update(Receipt).where(Receipt.id == receipt.id, *there),
        {"unallocated": Receipt.unallocated - amount, "version": Receipt.version + 1},
    )


def orders_to_pay(customer: Customer) -> Select[Order]:
    """Select the firm orders a customer still owes for, the oldest first."""
    owed = (Order.customer_id == customer.id, Order.state.in_(FIRM), Order.due > 0)
    return select(Order).where(*owed).order_by(Order.ordered_on, Order.id)


def allocations_of(order: Order) -> Select[Allocation]:
    """Select what pays an order now: of posted receipts, and not taken off."""
    return (
        select(Allocation)
        .join(Receipt, Allocation.receipt_id == Receipt.id)
        .where(
            Allocation.order_id == order.id,
            Allocation.taken_off_on.is_(None),
            Receipt.state == ReceiptState.POSTED,
        )
        .order_by(Allocation.receipt_id, Allocation.id)
    )


def advance_of(customer: Customer) -> Select[Decimal | None]:
    """Sum what a customer has paid beyond all orders."""
    return select(func.sum(Receipt.unallocated)).where(
        Receipt.customer_id == customer.id, Receipt.state == ReceiptState.POSTED
    )


def _changed(statement: Update, values: dict[str, Any]) -> Update:
    return statement.values(values).execution_options(synchronize_session=False)
