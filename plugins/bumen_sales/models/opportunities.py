"""What is remembered of opportunities: what may be sold, to whom, and how likely it is."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Select, String, case, func, select
from sqlalchemy.orm import Mapped

from bumen import (
    Argument,
    Choice,
    CompanyModel,
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
from bumen_base.models import Contact, Customer, Employee, Product, Region
from bumen_sales.models.leads import Lead
from bumen_sales.texts import _


class OpportunityState(Choice):
    """How far an opportunity has come."""

    NEEDS_ANALYSIS = "needs_analysis", _("Needs analysis"), Tone.PLAIN
    SOLUTION = "solution", _("Solution"), Tone.ACTIVE
    QUOTATION = "quotation", _("Quotation"), Tone.ACTIVE
    NEGOTIATION = "negotiation", _("Negotiation"), Tone.WARNING
    WON = "won", _("Won"), Tone.GOOD
    LOST = "lost", _("Lost"), Tone.BAD


STAGES = (
    OpportunityState.NEEDS_ANALYSIS,
    OpportunityState.SOLUTION,
    OpportunityState.QUOTATION,
    OpportunityState.NEGOTIATION,
)
"""The stages of an opportunity that is open, in order."""
LIKELY = {
    OpportunityState.NEEDS_ANALYSIS: Decimal(10),
    OpportunityState.SOLUTION: Decimal(30),
    OpportunityState.QUOTATION: Decimal(50),
    OpportunityState.NEGOTIATION: Decimal(75),
    OpportunityState.WON: Decimal(100),
    OpportunityState.LOST: Decimal(0),
}
"""How likely success is at each stage, in percent, unless people know better."""


def _others(target: OpportunityState) -> set[OpportunityState]:
    """Return the open stages an opportunity comes from, forwards or back."""
    return {one for one in STAGES if one is not target}


class OpportunityLine(CompanyModel):
    """An opportunity line is a product the customer may buy, and how much of it."""

    __tablename__ = "sales_opportunity_line"

    opportunity: Mapped["Opportunity"] = line_of("sales_opportunity", label=_("Opportunity"))
    opportunity_id: Mapped[int]
    position: Mapped[int]
    product: Mapped[Product] = belongs_to(Product, label=_("Product"))
    product_id: Mapped[int]
    quantity: Mapped[Quantity] = field(label=_("Quantity"), minimum_exclusive=0)


class Opportunity(Document):
    """An opportunity is something a customer may buy, followed from the need to the decision."""

    __tablename__ = "sales_opportunity"
    __table_args__ = (
        unique("number"),
        index("state", "id"),
        index("name", "id"),
        index("expected_amount", "id"),
        index("weighted", "id"),
        index("expected_close", "id"),
        index("probability", "id"),
        index("opened_on", "id"),
        index("created_by_id", "id"),
        index("furthest", "id"),
    )
    named_by = ("number", "name")
    workflow: ClassVar[Workflow] = Workflow(
        transition(
            "analyse",
            _others(OpportunityState.NEEDS_ANALYSIS),
            OpportunityState.NEEDS_ANALYSIS,
            label=_("Back to the needs analysis"),
        ),
        transition(
            "offer_solution",
            _others(OpportunityState.SOLUTION),
            OpportunityState.SOLUTION,
            label=_("Work on the solution"),
            clauses=("A4.2.4",),
        ),
        transition(
            "quote",
            _others(OpportunityState.QUOTATION),
            OpportunityState.QUOTATION,
            label=_("Quote"),
        ),
        transition(
            "negotiate",
            _others(OpportunityState.NEGOTIATION),
            OpportunityState.NEGOTIATION,
            label=_("Negotiate"),
            clauses=("A4.2.5",),
        ),
        transition("win", set(STAGES), OpportunityState.WON, label=_("Won")),
        transition(
            "lose",
            set(STAGES),
            OpportunityState.LOST,
            label=_("Lost"),
            arguments=(Argument("reason", String(500), label=_("Reason")),),
        ),
    )

    state: Mapped[OpportunityState] = field(
        label=_("Stage"), default=OpportunityState.NEEDS_ANALYSIS, readonly=True
    )
    name: Mapped[str] = field(
        String(200),
        label=_("Subject"),
        help=_("What it is about; the customer's name when left empty."),
        filled=True,
    )
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    contact: Mapped[Contact | None] = belongs_to(Contact, label=_("Contact"))
    contact_id: Mapped[int | None]
    lead: Mapped[Lead | None] = belongs_to(Lead, label=_("Lead"), readonly=True)
    lead_id: Mapped[int | None]
    expected_amount: Mapped[Money] = field(
        label=_("Expected amount"),
        help=_("Before tax; what the products cost by the list when left empty."),
        minimum=0,
        filled=True,
    )
    probability: Mapped[Percent] = field(
        label=_("Probability (%)"),
        help=_("That of the stage when left empty. It changes with the stage."),
        minimum=0,
        maximum=100,
        filled=True,
    )
    weighted: Mapped[Money] = field(
        label=_("Weighted amount"),
        help=_("The expected amount by its probability."),
        minimum=0,
        default=Decimal(0),
        readonly=True,
    )
    expected_close: Mapped[date | None] = field(
        label=_("Expected close"), help=_("The day the customer is expected to decide.")
    )
    competitors: Mapped[str | None] = field(label=_("Competitors"))
    need: Mapped[str | None] = field(label=_("Need"))
    solution: Mapped[str | None] = field(
        label=_("Solution"), help=_("What we propose, and why it answers the need.")
    )
    salesperson: Mapped[Employee | None] = belongs_to(Employee, label=_("Salesperson"))
    salesperson_id: Mapped[int | None]
    region: Mapped[Region | None] = belongs_to(Region, label=_("Region"))
    region_id: Mapped[int | None]
    lines: Mapped[list[OpportunityLine]] = has_lines(OpportunityLine)
    opened_on: Mapped[date] = field(label=_("Opened on"), readonly=True)
    stage_since: Mapped[date] = field(label=_("In this stage since"), readonly=True)
    furthest: Mapped[OpportunityState] = field(
        label=_("Furthest stage"),
        help=_("The furthest it has come, also where it was lost later."),
        default=OpportunityState.NEEDS_ANALYSIS,
        readonly=True,
    )
    lost_reason: Mapped[str | None] = field(
        String(500), label=_("Reason why it was lost"), readonly=True
    )


def within(day: Any, *, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """Return the conditions that a day lies in a period; None leaves an end open."""
    limits = [] if since is None else [day >= since]
    return limits if until is None else [*limits, day <= until]


def reached(
    *seen: ColumnElement[bool], since: date | None, until: date | None
) -> Select[OpportunityState, int, Decimal]:
    """Count and add up opportunities by the furthest stage they came to; `until` is included.

    They count for the day they were opened.
    """
    counted = select(
        Opportunity.furthest, func.count(Opportunity.id), func.sum(Opportunity.expected_amount)
    )
    limits = [*seen, *within(Opportunity.opened_on, since=since, until=until)]
    return counted.where(*limits).group_by(Opportunity.furthest)


def followed_up(*seen: ColumnElement[bool], edges: Iterable[date]) -> Select[*tuple[Any, ...]]:
    """Count open opportunities by stage, and how many have been there since before each day.

    Columns: the stage, all, the expected amount, the weighted one, then those before each day.
    """
    before = [func.sum(case((Opportunity.stage_since <= day, 1), else_=0)) for day in edges]
    counted = select(
        Opportunity.state,
        func.count(Opportunity.id),
        func.sum(Opportunity.expected_amount),
        func.sum(Opportunity.weighted),
        *before,
    )
    return counted.where(Opportunity.state.in_(STAGES), *seen).group_by(Opportunity.state)
