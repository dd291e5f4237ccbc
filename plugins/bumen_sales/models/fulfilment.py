"""How a promise is kept: the tasks of an order, what was reported of them, and its sales slips."""

from datetime import date, datetime

from sqlalchemy import Select, String, select
from sqlalchemy.orm import Mapped

from bumen import (
    Choice,
    CompanyModel,
    Quantity,
    Tone,
    User,
    account,
    belongs_to,
    field,
    index,
    moment,
    unique,
)
from bumen_base.models import PaymentMethod
from bumen_sales.models.orders import Order
from bumen_sales.texts import _


class TaskKind(Choice):
    """What must be done before goods may leave: by the workshop, by finance, by logistics."""

    GOODS = "goods", _("Goods ready")
    PAYMENT = "payment", _("Payment in")
    VEHICLE = "vehicle", _("Vehicle found")


class TaskState(Choice):
    """Whether a task is done, or the order was given up before."""

    OPEN = "open", _("Open"), Tone.WARNING
    DONE = "done", _("Done"), Tone.GOOD
    DROPPED = "dropped", _("No longer needed")


class OrderTask(CompanyModel):
    """An order task is what one department does so that an order can leave.

    All three of an order begin at the moment it is confirmed. Source: E2.1, E5.3.
    """

    __tablename__ = "sales_order_task"
    __table_args__ = (
        unique("order_id", "kind"),
        index("kind", "state", "id"),
        index("state", "id"),
        index("begun_at", "id"),
        index("promised_on", "id"),
        index("done_at", "id"),
        index("hours", "id"),
        index("hours_done", "id"),
    )
    named_by = ("kind",)

    order: Mapped[Order] = belongs_to(Order, label=_("Order"), readonly=True)
    order_id: Mapped[int]
    kind: Mapped[TaskKind] = field(label=_("Task"), readonly=True)
    state: Mapped[TaskState] = field(label=_("Status"), default=TaskState.OPEN, readonly=True)
    begun_at: Mapped[datetime] = field(label=_("Begun at"), default=moment, readonly=True)
    promised_on: Mapped[date | None] = field(label=_("Promised for"), readonly=True)
    done_at: Mapped[datetime | None] = field(label=_("Done at"), readonly=True)
    done_by: Mapped[User | None] = account(label=_("Done by"), readonly=True)
    done_by_id: Mapped[int | None]
    answered_at: Mapped[datetime | None] = field(
        label=_("Answered at"),
        help=_("When somebody first said how the task stands."),
        readonly=True,
    )
    hours: Mapped[Quantity | None] = field(
        label=_("Hours to the answer"),
        help=_("How long it took from the beginning to the first answer."),
        minimum=0,
        readonly=True,
    )
    hours_done: Mapped[Quantity | None] = field(
        label=_("Hours until done"),
        help=_("How long it took from the beginning to the end."),
        minimum=0,
        readonly=True,
    )
    note: Mapped[str | None] = field(label=_("Note"), readonly=True)


class ProgressEntry(CompanyModel):
    """A progress entry is what somebody reported of an order on its way. Source: A4.3.3."""

    __tablename__ = "sales_progress"
    __table_args__ = (index("at", "id"),)
    named_by = ("what",)

    order: Mapped[Order] = belongs_to(Order, label=_("Order"), readonly=True)
    order_id: Mapped[int]
    at: Mapped[datetime] = field(label=_("Reported at"), readonly=True)
    what: Mapped[str] = field(label=_("What"), readonly=True)
    by: Mapped[User | None] = account(label=_("Reported by"), readonly=True)
    by_id: Mapped[int | None]


class SalesSlip(CompanyModel):
    """A sales slip is the word of sales that goods may leave, with how they are paid.

    Of the slips of an order one is current; a changed order gets another version. Source: E2.3.
    """

    __tablename__ = "sales_slip"
    __table_args__ = (
        unique("number", "version_number"),
        unique("order_id", "version_number"),
        index("number", "id"),
        index("issued_on", "id"),
        index("current", "id"),
        index("payment_method", "id"),
    )
    named_by = ("number",)

    number: Mapped[str] = field(String(40), label=_("Number"), readonly=True)
    order: Mapped[Order] = belongs_to(Order, label=_("Order"), readonly=True)
    order_id: Mapped[int]
    version_number: Mapped[int] = field(
        label=_("Version of the slip"),
        help=_("Raised by one whenever a change of the order has it issued anew."),
        minimum=1,
        readonly=True,
    )
    payment_method: Mapped[PaymentMethod] = field(label=_("Payment method"), readonly=True)
    issued_on: Mapped[date] = field(label=_("Issued on"), readonly=True)
    issued_by: Mapped[User | None] = account(label=_("Issued by"), readonly=True)
    issued_by_id: Mapped[int | None]
    current: Mapped[bool] = field(
        label=_("Current"),
        help=_("No longer so once another version takes its place, or the order is cancelled."),
        default=True,
        readonly=True,
    )


def tasks_of(order: Order) -> Select[OrderTask]:
    """Select the tasks of an order, in the order they were begun."""
    return select(OrderTask).where(OrderTask.order_id == order.id).order_by(OrderTask.id)


def task_of(order: Order, kind: TaskKind) -> Select[OrderTask]:
    """Select one of the tasks of an order, as it is in the database now."""
    return (
        select(OrderTask)
        .where(OrderTask.order_id == order.id, OrderTask.kind == kind)
        .execution_options(populate_existing=True)
    )


def progress_of(order: Order) -> Select[ProgressEntry]:
    """Select what was reported of an order, the latest first."""
    return (
        select(ProgressEntry)
        .where(ProgressEntry.order_id == order.id)
        .order_by(ProgressEntry.id.desc())
    )


def slips_of(order: Order) -> Select[SalesSlip]:
    """Select the slips of an order, the latest first."""
    return select(SalesSlip).where(SalesSlip.order_id == order.id).order_by(SalesSlip.id.desc())
