"""What was sold in a month, put before whoever answers for it, and sent to whoever leads."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, Select, String, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped

from bumen import (
    Choice,
    CompanyModel,
    Days,
    Document,
    Money,
    Percent,
    Quantity,
    Tone,
    Workflow,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    transition,
    unique,
)
from bumen_base.models import Employee
from bumen_sales.models.flow import FIRM
from bumen_sales.models.orders import Order, OrderLine
from bumen_sales.models.receipts import Receipt, ReceiptState
from bumen_sales.models.target_trees import TargetNode
from bumen_sales.texts import _


class MonthlyReportState(Choice):
    """Whether a monthly report has left."""

    DRAFT = "draft", _("Draft"), Tone.WARNING
    SENT = "sent", _("Sent"), Tone.GOOD


class FigureOf(Choice):
    """What a figure of a monthly report is of."""

    PRODUCT = "product", _("Product")
    CUSTOMER = "customer", _("Customer")
    REGION = "region", _("Region")
    PERSON = "person", _("Salesperson")


class ReportPart(Choice):
    """What somebody has to do with monthly reports."""

    ANSWERS = "answers", _("Answers for it")
    RECEIVES = "receives", _("Receives it")


class MonthlyFigure(CompanyModel):
    """A monthly figure is what a product, a customer, a region or a person came to in a month."""

    __tablename__ = "sales_monthly_figure"

    monthly_report: Mapped["MonthlyReport"] = line_of(
        "sales_monthly_report", label=_("Monthly sales report")
    )
    monthly_report_id: Mapped[int]
    position: Mapped[int]
    part: Mapped[FigureOf] = field(label=_("By"), default=FigureOf.PRODUCT, readonly=True)
    what: Mapped[str] = field(String(300), label=_("Of what or whom"), default="", readonly=True)
    quantity: Mapped[Quantity] = field(label=_("Quantity"), default=Decimal(0), readonly=True)
    amount: Mapped[Money] = field(label=_("Amount"), default=Decimal(0), readonly=True)
    target: Mapped[Money | None] = field(label=_("Target of the month"), readonly=True)
    last_month: Mapped[Money] = field(label=_("Last month"), default=Decimal(0), readonly=True)
    last_year: Mapped[Money] = field(label=_("Last year"), default=Decimal(0), readonly=True)


class MonthlyReport(Document):
    """A monthly sales report is what was sold in a month, as it was told to whoever leads.

    While it is a draft its numbers follow what is sold; they stay as they were sent. Compared are
    the same days of the month before and of the year before.
    """

    __tablename__ = "sales_monthly_report"
    __table_args__ = (
        unique("year", "month"),
        index("state", "due_on"),
        index("month", "id"),
        index("until", "id"),
        index("due_on", "id"),
        index("amount", "id"),
        index("attained", "id"),
        index("sent_at", "id"),
        index("days_late", "id"),
    )
    workflow: ClassVar[Workflow] = Workflow(
        transition(
            "send",
            {MonthlyReportState.DRAFT},
            MonthlyReportState.SENT,
            label=_("Send"),
            confirm=_("The numbers stay as they are now. Send the report?"),
            clauses=("E5.4",),
        ),
    )

    year: Mapped[int] = field(label=_("Year"), minimum=2000, maximum=2199)
    month: Mapped[int] = field(label=_("Month"), minimum=1, maximum=12)
    responsible: Mapped[Employee | None] = belongs_to(
        Employee,
        label=_("Answers for it"),
        help=_("Whoever answers for monthly reports, when left empty."),
    )
    responsible_id: Mapped[int | None]
    comments: Mapped[str | None] = field(label=_("Comments"))
    state: Mapped[MonthlyReportState] = field(
        label=_("Status"), default=MonthlyReportState.DRAFT, readonly=True
    )
    until: Mapped[date] = field(
        label=_("Until"), help=_("The last day that is counted."), readonly=True
    )
    quantity: Mapped[Quantity] = field(label=_("Quantity"), default=Decimal(0), readonly=True)
    amount: Mapped[Money] = field(label=_("Amount"), default=Decimal(0), readonly=True)
    target: Mapped[Money | None] = field(label=_("Target of the month"), readonly=True)
    attained: Mapped[Percent | None] = field(label=_("Of the target (%)"), readonly=True)
    last_month: Mapped[Money] = field(label=_("Last month"), default=Decimal(0), readonly=True)
    last_year: Mapped[Money] = field(label=_("Last year"), default=Decimal(0), readonly=True)
    received: Mapped[Money] = field(label=_("Money received"), default=Decimal(0), readonly=True)
    outstanding: Mapped[Money] = field(
        label=_("Still owed by customers"), default=Decimal(0), readonly=True
    )
    lines: Mapped[list[MonthlyFigure]] = has_lines(MonthlyFigure)
    due_on: Mapped[date] = field(label=_("To be sent by"), readonly=True)
    sent_at: Mapped[datetime | None] = field(label=_("Sent at"), readonly=True)
    sent_to: Mapped[str | None] = field(label=_("Sent to"), readonly=True)
    mailed_at: Mapped[datetime | None] = field(label=_("Mailed at"), readonly=True)
    days_late: Mapped[int] = field(Integer, label=_("Days late"), default=0, readonly=True)
    reminded_on: Mapped[date | None] = field(label=_("Reminded on"), readonly=True)
    escalated_on: Mapped[date | None] = field(label=_("Escalated on"), readonly=True)


class ReportPerson(CompanyModel):
    """A person of the monthly report is who answers for it, or is sent it."""

    __tablename__ = "sales_report_person"
    __table_args__ = (unique("employee_id", "part"), index("part", "id"))
    named_by = ("part",)

    employee: Mapped[Employee] = belongs_to(Employee, label=_("Employee"))
    employee_id: Mapped[int]
    part: Mapped[ReportPart] = field(label=_("What for"), default=ReportPart.RECEIVES)


def people_of_report(part: ReportPart) -> Select[Employee]:
    """Select who answers for monthly reports, or is sent them."""
    chosen = select(ReportPerson.employee_id).where(ReportPerson.part == part)
    return select(Employee).where(Employee.id.in_(chosen)).order_by(Employee.id)


def report_of(year: int, month: int, *, besides: int | None = None) -> Select[MonthlyReport]:
    """Select the report of a month, if there is one."""
    found = select(MonthlyReport).where(MonthlyReport.year == year, MonthlyReport.month == month)
    return found if besides is None else found.where(MonthlyReport.id != besides)


def reports_not_sent() -> Select[MonthlyReport]:
    """Select the reports that have not left, the earliest first."""
    waits = MonthlyReport.state == MonthlyReportState.DRAFT
    return select(MonthlyReport).where(waits).order_by(MonthlyReport.due_on)


def late_reports(on: date, *seen: ColumnElement[bool]) -> Select[MonthlyReport]:
    """Select the reports that left late, or wait beyond their day, the latest month first."""
    waits = MonthlyReport.state == MonthlyReportState.DRAFT
    missed = or_(and_(waits, MonthlyReport.due_on < on), and_(~waits, MonthlyReport.days_late > 0))
    months = (MonthlyReport.year.desc(), MonthlyReport.month.desc())
    return select(MonthlyReport).where(missed, *seen).order_by(*months)


def sold_by(key: InstrumentedAttribute[Any], *spans: Days) -> Select[Any]:
    """Select what was firmly ordered by something: quantity and amount of each span of days."""
    sums = [
        column
        for days in spans
        for column in (
            func.sum(OrderLine.quantity).filter(_within(days)),
            func.sum(OrderLine.untaxed).filter(_within(days)),
        )
    ]
    return (
        select(key, *sums)
        .select_from(OrderLine)
        .join(Order, OrderLine.order_id == Order.id)
        .where(Order.state.in_(FIRM), or_(*(_within(days) for days in spans)))
        .group_by(key)
    )


def money_in(days: Days) -> Select[Decimal | None]:
    """Sum the money that came in on some days."""
    on = Receipt.received_on.between(days.first, days.last)
    return select(func.sum(Receipt.amount)).where(Receipt.state == ReceiptState.POSTED, on)


def money_owed() -> Select[Decimal | None]:
    """Sum what customers owe now for what was promised to them."""
    return select(func.sum(Order.due)).where(Order.state.in_(FIRM))


def aims_of_month(target_id: int, month: int) -> Select[int, int | None, Decimal]:
    """Select what regions and their people are to bring in a month of a target."""
    return select(TargetNode.region_id, TargetNode.employee_id, TargetNode.amount).where(
        TargetNode.target_id == target_id, TargetNode.month == month
    )


def _within(days: Days) -> ColumnElement[bool]:
    return Order.ordered_on.between(days.first, days.last)
