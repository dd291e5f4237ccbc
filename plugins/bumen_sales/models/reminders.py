"""Reminders: who is asked for what is overdue, how urgently, and what they answered."""

from datetime import date

from sqlalchemy import Date, Select, String, func, select
from sqlalchemy.orm import Mapped, joinedload

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
    index,
    transition,
    unique,
)
from bumen_base.models import Customer
from bumen_sales.models.collecting import Collecting
from bumen_sales.models.flow import FIRM
from bumen_sales.models.orders import Order
from bumen_sales.models.statements import in_dispute
from bumen_sales.texts import _


class ReminderChannel(Choice):
    """How a customer is reminded."""

    MAIL = "mail", _("E-mail")
    PHONE = "phone", _("Phone call")
    LETTER = "letter", _("Letter")


class ReminderState(Choice):
    """What has become of a reminder."""

    WRITTEN = "written", _("To be made"), Tone.WARNING
    SENT = "sent", _("Made"), Tone.ACTIVE
    ANSWERED = "answered", _("Answered"), Tone.GOOD
    DROPPED = "dropped", _("Dropped"), Tone.PLAIN


class ReminderLevel(CompanyModel):
    """A reminder level is how a customer is asked for what is overdue for so many days."""

    __tablename__ = "sales_reminder_level"
    __table_args__ = (unique("name"), unique("days_overdue"), index("channel", "id"))
    named_by = ("name",)

    name: Mapped[str] = field(String(80), label=_("Name"))
    days_overdue: Mapped[int] = field(
        label=_("Days overdue"),
        help=_("From how many days after the due date on."),
        minimum=1,
        maximum=3650,
    )
    channel: Mapped[ReminderChannel] = field(label=_("Channel"), default=ReminderChannel.MAIL)
    subject: Mapped[str] = field(
        String(200),
        label=_("Subject"),
        help=_("May hold {order}, {amount}, {due_on}, {days} and {customer}."),
    )
    text: Mapped[str] = field(
        label=_("Text"), help=_("May hold {order}, {amount}, {due_on}, {days} and {customer}.")
    )


REMINDER_FLOW = Workflow(
    transition(
        "mark_made",
        {ReminderState.WRITTEN},
        ReminderState.SENT,
        label=_("Mark as made"),
        clauses=("E2.7", "A4.3.5"),
    ),
    transition(
        "record_answer",
        {ReminderState.WRITTEN, ReminderState.SENT},
        ReminderState.ANSWERED,
        label=_("Record answer"),
        arguments=(
            Argument("answer", String(1000), label=_("Answer")),
            Argument("promised_on", Date(), label=_("Payment promised for"), required=False),
        ),
        clauses=("E2.7",),
    ),
    transition(
        "drop",
        {ReminderState.WRITTEN},
        ReminderState.DROPPED,
        label=_("Drop"),
        arguments=(Argument("reason", String(500), label=_("Reason")),),
    ),
)


class Reminder(Document):
    """A reminder is what a customer was told once, at one level, about one overdue order."""

    __tablename__ = "sales_reminder"
    __table_args__ = (
        unique("order_id", "level_id"),
        index("state", "id"),
        index("written_on", "id"),
        index("days_overdue", "id"),
        index("amount", "id"),
        index("channel", "id"),
        index("promised_on", "id"),
    )
    workflow = REMINDER_FLOW

    state: Mapped[ReminderState] = field(
        label=_("Status"), default=ReminderState.WRITTEN, readonly=True
    )
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"), readonly=True)
    customer_id: Mapped[int]
    order: Mapped[Order] = belongs_to(Order, label=_("Order"), readonly=True)
    order_id: Mapped[int]
    level: Mapped[ReminderLevel] = belongs_to(ReminderLevel, label=_("Level"), readonly=True)
    level_id: Mapped[int]
    channel: Mapped[ReminderChannel] = field(label=_("Channel"), readonly=True)
    written_on: Mapped[date] = field(label=_("Written on"), readonly=True)
    due_on: Mapped[date] = field(label=_("Due on"), readonly=True)
    days_overdue: Mapped[int] = field(label=_("Days overdue"), readonly=True)
    amount: Mapped[Money] = field(label=_("Amount asked for"), minimum=0, readonly=True)
    address: Mapped[str | None] = field(
        String(320),
        label=_("Sent to"),
        help=_("Empty where there was no address, or no mail server: it is made by hand."),
        readonly=True,
    )
    subject: Mapped[str] = field(String(300), label=_("Subject"), readonly=True)
    text: Mapped[str] = field(label=_("Text"), readonly=True)
    answer: Mapped[str | None] = field(String(1000), label=_("Answer"), readonly=True)
    promised_on: Mapped[date | None] = field(
        label=_("Payment promised for"),
        help=_("Until then no further reminder is written."),
        readonly=True,
    )
    drop_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for dropping it"), readonly=True
    )


def levels() -> Select[ReminderLevel]:
    """Select the levels, the most urgent first."""
    return select(ReminderLevel).order_by(ReminderLevel.days_overdue.desc())


def overdue_for(day: date, *, after: int, most: int) -> Select[Order]:
    """Select overdue orders whose customers may be reminded, in order of their ids, and lock them.

    Left out is what is disputed or given up, what stands on a disputed statement, and what a
    customer has promised to pay later than `day`.
    """
    promised = (
        select(Reminder.id)
        .where(Reminder.order_id == Order.id, Reminder.promised_on >= day)
        .exists()
    )
    asked = (Order.state.in_(FIRM), Order.due > 0, Order.due_on < day)
    may_be = (Order.collecting == Collecting.AS_USUAL, ~in_dispute(), ~promised)
    with_people = (joinedload(Order.customer), joinedload(Order.contact))
    return (
        select(Order)
        .where(*asked, *may_be, Order.id > after)
        .order_by(Order.id)
        .limit(most)
        .options(*with_people)
        .with_for_update(of=Order)
    )


def highest_levels(orders: list[int]) -> Select[int, int]:
    """Select from how many days on orders (ids) have been reminded already."""
    return (
        select(Reminder.order_id, func.max(ReminderLevel.days_overdue))
        .join(ReminderLevel, Reminder.level_id == ReminderLevel.id)
        .where(Reminder.order_id.in_(orders))
        .group_by(Reminder.order_id)
    )


def any_at_level(level: ReminderLevel) -> Select[int]:
    """Select the id of any reminder written at a level."""
    return select(Reminder.id).where(Reminder.level_id == level.id).limit(1)


def unmade(order: Order) -> Select[Reminder]:
    """Select the reminders of an order that still wait for somebody to make them."""
    return select(Reminder).where(
        Reminder.order_id == order.id, Reminder.state == ReminderState.WRITTEN
    )
