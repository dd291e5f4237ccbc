"""What people plan to sell: to whom, what, in which month, how much; and what was made of it."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import Integer, Select, String, select
from sqlalchemy.orm import Mapped

from bumen import (
    CompanyModel,
    Document,
    Money,
    Percent,
    Quantity,
    User,
    Workflow,
    account,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    transition,
    unique,
)
from bumen_base.models import Customer, Employee, Product, Region
from bumen_sales.models.plan_flow import STEPS, PlanPeriod, PlanState, asked_of_adjustment
from bumen_sales.texts import _


class PlanLine(CompanyModel):
    """A line of a plan is how much of a product a customer is to buy in a month."""

    __tablename__ = "sales_plan_line"

    plan: Mapped["Plan"] = line_of("sales_plan", label=_("Sales plan"))
    plan_id: Mapped[int]
    position: Mapped[int]
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    region: Mapped[Region | None] = belongs_to(
        Region, label=_("Region"), help=_("The customer's."), readonly=True
    )
    region_id: Mapped[int | None]
    product: Mapped[Product] = belongs_to(Product, label=_("Product"))
    product_id: Mapped[int]
    month: Mapped[int] = field(label=_("Month"), minimum=1, maximum=12)
    quantity: Mapped[Quantity] = field(label=_("Quantity"), minimum_exclusive=0)
    amount: Mapped[Money] = field(
        label=_("Planned amount"),
        help=_("Before tax; at the product's list price when left empty."),
        minimum=0,
        filled=True,
    )
    submitted_quantity: Mapped[Quantity | None] = field(
        label=_("Quantity as submitted"), readonly=True
    )
    submitted_amount: Mapped[Money | None] = field(label=_("Amount as submitted"), readonly=True)


_LINE = PlanLine.__table__.c
FLOW = Workflow(
    *STEPS,
    transition(
        "adjust",
        {PlanState.SUBMITTED},
        PlanState.SUBMITTED,
        label=_("Adjust a line"),
        arguments=asked_of_adjustment(quantity=_LINE.quantity.type, amount=_LINE.amount.type),
        clauses=("A4.1.5",),
    ),
)


class Plan(Document):
    """A plan is what a salesperson means to sell in a year or a quarter."""

    __tablename__ = "sales_plan"
    __table_args__ = (
        unique("person_id", "year", "period"),
        index("year", "id"),
        index("period", "id"),
        index("state", "id"),
        index("total", "id"),
        index("target", "id"),
        index("attained", "id"),
        index("created_by_id", "id"),
    )
    workflow: ClassVar[Workflow] = FLOW

    person: Mapped[Employee | None] = belongs_to(
        Employee, label=_("Salesperson"), help=_("Whoever writes it, when left empty.")
    )
    person_id: Mapped[int | None]
    year: Mapped[int] = field(label=_("Year"), minimum=2000, maximum=2199)
    period: Mapped[PlanPeriod] = field(label=_("Period"), default=PlanPeriod.YEAR)
    state: Mapped[PlanState] = field(label=_("Status"), default=PlanState.DRAFT, readonly=True)
    total: Mapped[Money] = field(
        label=_("Planned in all"), minimum=0, default=Decimal(0), readonly=True
    )
    target: Mapped[Money | None] = field(
        label=_("Target of the period"),
        help=_("What this person is to bring, as the target of the year says."),
        readonly=True,
    )
    attained: Mapped[Percent | None] = field(label=_("Of the target (%)"), readonly=True)
    remarks: Mapped[str | None] = field(label=_("Remarks"))
    lines: Mapped[list[PlanLine]] = has_lines(PlanLine)
    issued_at: Mapped[datetime | None] = field(label=_("Issued at"), readonly=True)
    acknowledged_at: Mapped[datetime | None] = field(label=_("Acknowledged at"), readonly=True)
    acknowledged_by: Mapped[User | None] = account(label=_("Acknowledged by"), readonly=True)
    acknowledged_by_id: Mapped[int | None]


class PlanAdjustment(CompanyModel):
    """An adjustment is what a manager changed in a submitted plan: before, after, and why."""

    __tablename__ = "sales_plan_adjustment"
    __table_args__ = (
        index("at", "id"),
        index("line", "id"),
        index("what", "id"),
        index("quantity_before", "id"),
        index("quantity_after", "id"),
        index("amount_before", "id"),
        index("amount_after", "id"),
        index("reason", "id"),
    )

    plan: Mapped[Plan] = belongs_to(Plan, label=_("Sales plan"))
    plan_id: Mapped[int]
    at: Mapped[datetime] = field(label=_("When"), readonly=True)
    by: Mapped[User | None] = account(label=_("By whom"), readonly=True)
    by_id: Mapped[int | None]
    line: Mapped[int] = field(Integer, label=_("Line"))
    what: Mapped[str] = field(String(500), label=_("What of"))
    quantity_before: Mapped[Quantity] = field(label=_("Quantity before"))
    quantity_after: Mapped[Quantity] = field(label=_("Quantity after"))
    amount_before: Mapped[Money] = field(label=_("Amount before"))
    amount_after: Mapped[Money] = field(label=_("Amount after"))
    reason: Mapped[str] = field(String(500), label=_("Reason"))


def planned_products_no_longer_sold(plan: Plan) -> Select[PlanLine]:
    """Select the lines of a plan whose product has been archived, in their order."""
    return (
        select(PlanLine)
        .join(Product, PlanLine.product_id == Product.id)
        .where(PlanLine.plan_id == plan.id, ~Product.active)
        .order_by(PlanLine.position, PlanLine.id)
    )
