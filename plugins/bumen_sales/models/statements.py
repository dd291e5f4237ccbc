"""Statements of account: what a customer has bought and paid in some days, and what is left."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, Select, String, func, or_, select, union
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
from bumen_base.models import Contact, Customer
from bumen_sales.models.flow import FIRM
from bumen_sales.models.orders import Order
from bumen_sales.models.receipts import Receipt, ReceiptState
from bumen_sales.texts import _


class StatementState(Choice):
    """What has become of a statement."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    SENT = "sent", _("Sent"), Tone.ACTIVE
    CONFIRMED = "confirmed", _("Confirmed"), Tone.GOOD
    DISPUTED = "disputed", _("Disputed"), Tone.BAD


class EntryKind(Choice):
    """What a line of a statement is about."""

    ORDER = "order", _("Order")
    RECEIPT = "receipt", _("Receipt")
    REVERSAL = "reversal", _("Reversal")


STATEMENT_FLOW = Workflow(
    transition(
        "send",
        {StatementState.DRAFT},
        StatementState.SENT,
        label=_("Send"),
        confirm=_("From now on it stays as it is. Has it been sent, or will you send it now?"),
        clauses=("E2.7",),
    ),
    transition(
        "confirm",
        {StatementState.SENT, StatementState.DISPUTED},
        StatementState.CONFIRMED,
        label=_("Confirmed by the customer"),
        clauses=("E2.7",),
    ),
    transition(
        "dispute",
        {StatementState.SENT},
        StatementState.DISPUTED,
        label=_("Disputed by the customer"),
        arguments=(Argument("reason", String(500), label=_("Reason")),),
        clauses=("E2.7",),
    ),
)


class StatementLine(CompanyModel):
    """A statement line is one order, receipt or reversal, as it stood when it was sent."""

    __tablename__ = "sales_statement_line"
    __table_args__ = (
        index("on", "id"),
        index("kind", "id"),
        index("document", "id"),
        index("debit", "id"),
        index("credit", "id"),
        index("balance", "id"),
    )
    named_by = ("document",)

    statement: Mapped["Statement"] = line_of("sales_statement", label=_("Statement"))
    statement_id: Mapped[int]
    position: Mapped[int]
    on: Mapped[date] = field(label=_("Day"), readonly=True)
    kind: Mapped[EntryKind] = field(label=_("Entry"), readonly=True)
    document: Mapped[str] = field(String(40), label=_("Document"), readonly=True)
    reference: Mapped[str | None] = field(String(80), label=_("Reference"), readonly=True)
    debit: Mapped[Money] = field(label=_("Charged"), minimum=0, default=Decimal(0), readonly=True)
    credit: Mapped[Money] = field(label=_("Paid"), minimum=0, default=Decimal(0), readonly=True)
    balance: Mapped[Money] = field(label=_("Balance"), default=Decimal(0), readonly=True)


class Statement(Document):
    """A statement of account is what a customer is asked to confirm: charged, paid, left.

    Opening + charged − paid = closing, always.
    """

    __tablename__ = "sales_statement"
    __table_args__ = (
        index("state", "id"),
        index("begins_on", "id"),
        index("ends_on", "id"),
        index("closing", "id"),
        CheckConstraint("begins_on <= ends_on", name="begins_before_it_ends"),
        CheckConstraint("closing = opening + charged - credited", name="adds_up"),
    )
    workflow = STATEMENT_FLOW

    state: Mapped[StatementState] = field(
        label=_("Status"), default=StatementState.DRAFT, readonly=True
    )
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    contact: Mapped[Contact | None] = belongs_to(Contact, label=_("Contact"))
    contact_id: Mapped[int | None]
    begins_on: Mapped[date] = field(
        label=_("From"), help=_("The first day of last month when left empty."), filled=True
    )
    ends_on: Mapped[date] = field(
        label=_("Until"), help=_("The last day of last month when left empty."), filled=True
    )
    opening: Mapped[Money] = field(label=_("Opening balance"), default=Decimal(0), readonly=True)
    charged: Mapped[Money] = field(label=_("Charged"), default=Decimal(0), readonly=True)
    credited: Mapped[Money] = field(label=_("Paid"), default=Decimal(0), readonly=True)
    closing: Mapped[Money] = field(
        label=_("Closing balance"),
        help=_("What the customer owes; less than nothing is an advance."),
        default=Decimal(0),
        readonly=True,
    )
    dispute_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for the dispute"), readonly=True
    )
    lines: Mapped[list[StatementLine]] = has_lines(StatementLine)


_RELEASED = (Order.state.in_(FIRM), Order.released_at.is_not(None))
"""An order is charged from the moment its sales slip was issued."""
_COUNTED = Receipt.state.in_([ReceiptState.POSTED, ReceiptState.REVERSED])


def charged_orders(
    customer: Customer, *, since: datetime, before: datetime
) -> Select[Any, str, str | None, Decimal]:
    """Select the orders charged to a customer in some time: when, number, reference, total."""
    columns = select(Order.released_at, Order.number, Order.reference, Order.total)
    within = (Order.released_at >= since, Order.released_at < before)
    return columns.where(Order.customer_id == customer.id, *_RELEASED, *within).order_by(Order.id)


def receipts_between(customer: Customer, *, first: date, last: date) -> Select[Receipt]:
    """Select the receipts of a customer that came in, or were reversed, in some days."""
    came_in = Receipt.received_on.between(first, last)
    went_back = Receipt.reversed_on.between(first, last)
    of_them = (Receipt.customer_id == customer.id, _COUNTED, or_(came_in, went_back))
    return select(Receipt).where(*of_them).order_by(Receipt.received_on, Receipt.id)


def charged_before(customer: Customer, moment: datetime) -> Select[Decimal | None]:
    """Sum what was charged to a customer before a moment."""
    earlier = (*_RELEASED, Order.released_at < moment)
    return select(func.sum(Order.total)).where(Order.customer_id == customer.id, *earlier)


def received_before(customer: Customer, day: date) -> Select[Decimal | None]:
    """Sum what a customer has paid before a day, without what was reversed before it."""
    reversed_by_then = func.coalesce(Receipt.reversed_on < day, False)
    earlier = (Receipt.received_on < day, _COUNTED, ~reversed_by_then)
    return select(func.sum(Receipt.amount)).where(Receipt.customer_id == customer.id, *earlier)


def customers_with_account(
    *, since: datetime, first: date, last: date, before: datetime
) -> Select[int]:
    """Select the customers (ids) who owe something, or with whom something happened."""
    owing = select(Order.customer_id).where(Order.due > 0, *_RELEASED, Order.released_at < before)
    charged = select(Order.customer_id).where(
        *_RELEASED, Order.released_at >= since, Order.released_at < before
    )
    paying = select(Receipt.customer_id).where(
        _COUNTED, or_(Receipt.received_on.between(first, last), Receipt.unallocated > 0)
    )
    idents = union(owing, charged, paying).subquery()
    return select(Customer.id).where(Customer.id.in_(select(idents))).order_by(Customer.id)


def with_statement(*, first: date, last: date) -> Select[int]:
    """Select the customers (ids) who have a statement of these days already."""
    return select(Statement.customer_id).where(
        Statement.begins_on == first, Statement.ends_on == last
    )


def in_dispute() -> ColumnElement[bool]:
    """Whether the customer of an order disputes a statement: not reminded until that is settled."""
    return (
        select(Statement.id)
        .where(
            Statement.customer_id == Order.customer_id, Statement.state == StatementState.DISPUTED
        )
        .exists()
    )
