"""What is remembered of contracts: what both sides owe each other, and what is drawn of it."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Select, String, select
from sqlalchemy.orm import Mapped

from bumen import (
    CompanyModel,
    Document,
    Money,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    unique,
)
from bumen_base.models import Customer, Employee, Region
from bumen_sales.models.contract_flow import CONTRACT_FLOW, IN_FORCE, ContractState
from bumen_sales.models.opportunities import Opportunity
from bumen_sales.texts import _


class Instalment(CompanyModel):
    """An instalment is a part of a contract's amount: due on a day, under a condition."""

    __tablename__ = "sales_instalment"

    contract: Mapped["Contract"] = line_of("sales_contract", label=_("Contract"))
    contract_id: Mapped[int]
    position: Mapped[int]
    due_on: Mapped[date] = field(label=_("Due on"))
    amount: Mapped[Money] = field(label=_("Amount"), minimum_exclusive=0)
    condition: Mapped[str | None] = field(
        String(300), label=_("Condition"), help=_("What must have happened: on delivery, say.")
    )


class Contract(Document):
    """A contract is what a customer and the company have bound themselves to for a time."""

    __tablename__ = "sales_contract"
    __table_args__ = (
        unique("number"),
        index("state", "id"),
        index("name", "id"),
        index("amount", "id"),
        index("begins_on", "id"),
        index("ends_on", "id"),
        index("created_by_id", "id"),
        CheckConstraint("ends_on >= begins_on", name="ends_after_it_begins"),
        CheckConstraint("may_exceed OR drawn <= amount", name="drawn_within_amount"),
    )
    named_by = ("number", "name")
    workflow = CONTRACT_FLOW

    state: Mapped[ContractState] = field(
        label=_("Status"), default=ContractState.DRAFT, readonly=True
    )
    name: Mapped[str] = field(
        String(200), label=_("Subject"), help=_("What the contract is about.")
    )
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    opportunity: Mapped[Opportunity | None] = belongs_to(Opportunity, label=_("Opportunity"))
    opportunity_id: Mapped[int | None]
    amount: Mapped[Money] = field(
        label=_("Contract amount"), help=_("Tax included."), minimum_exclusive=0
    )
    begins_on: Mapped[date] = field(
        label=_("Valid from"), help=_("The present day when left empty."), filled=True
    )
    ends_on: Mapped[date] = field(
        label=_("Valid to"), help=_("A year after it begins when left empty."), filled=True
    )
    delivery: Mapped[str | None] = field(
        label=_("Delivery terms"), help=_("What is delivered where, how and by when.")
    )
    payment_terms: Mapped[str | None] = field(label=_("Terms of payment"))
    responsibilities: Mapped[str | None] = field(
        label=_("Responsibilities"), help=_("Rights and duties of both sides, and for breaches.")
    )
    salesperson: Mapped[Employee | None] = belongs_to(Employee, label=_("Salesperson"))
    salesperson_id: Mapped[int | None]
    region: Mapped[Region | None] = belongs_to(Region, label=_("Region"))
    region_id: Mapped[int | None]
    legal: Mapped[Employee | None] = belongs_to(
        Employee,
        label=_("Legal review by"),
        help=_("Who reviews it for the legal side; left empty, nobody does."),
    )
    legal_id: Mapped[int | None]
    may_exceed: Mapped[bool] = field(
        label=_("Orders may exceed it"),
        help=_("Whether more may be drawn than the contract's amount."),
        default=False,
    )
    instalments: Mapped[list[Instalment]] = has_lines(Instalment)
    drawn: Mapped[Money] = field(
        label=_("Drawn by orders"),
        help=_("What confirmed orders against this contract come to, tax included."),
        minimum=0,
        default=Decimal(0),
        readonly=True,
    )
    signed_on: Mapped[date | None] = field(label=_("Date of signature"), readonly=True)
    warned_on: Mapped[date | None] = field(label=_("Reminded of its end on"), readonly=True)
    termination_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for termination"), readonly=True
    )


def contracts_ending(*, until: date) -> Select[Contract]:
    """Select the contracts in force that end by a day, and of which nobody was reminded yet."""
    return (
        select(Contract)
        .where(
            Contract.state.in_(IN_FORCE),
            Contract.ends_on <= until,
            Contract.warned_on.is_(None),
        )
        .order_by(Contract.id)
    )
