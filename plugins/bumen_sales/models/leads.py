"""What is remembered of leads: who may become a customer, and what came of looking at them."""

from datetime import date
from typing import ClassVar

from sqlalchemy import ColumnElement, Select, String, func, select
from sqlalchemy.orm import Mapped

from bumen import (
    Argument,
    Choice,
    Document,
    Tone,
    Workflow,
    belongs_to,
    field,
    index,
    transition,
    unique,
)
from bumen_base.models import Customer, CustomerSource, Employee, Region
from bumen_base.models.patterns import EMAIL, PHONE
from bumen_sales.texts import _


class LeadSource(Choice):
    """Where a lead comes from."""

    RESEARCH = CustomerSource.RESEARCH.value, CustomerSource.RESEARCH.label
    EXHIBITION = CustomerSource.EXHIBITION.value, CustomerSource.EXHIBITION.label
    WEB = CustomerSource.WEB.value, CustomerSource.WEB.label
    REFERRAL = CustomerSource.REFERRAL.value, CustomerSource.REFERRAL.label
    CAMPAIGN = CustomerSource.CAMPAIGN.value, CustomerSource.CAMPAIGN.label


class LeadState(Choice):
    """How far a lead has come."""

    NEW = "new", _("New"), Tone.PLAIN
    QUALIFIED = "qualified", _("Qualified"), Tone.ACTIVE
    CONVERTED = "converted", _("Converted"), Tone.GOOD
    REJECTED = "rejected", _("Rejected"), Tone.BAD


class Lead(Document):
    """A lead is somebody who may become a customer, as long as nobody knows yet."""

    __tablename__ = "sales_lead"
    __table_args__ = (
        unique("number"),
        index("state", "id"),
        index("name", "id"),
        index("company", "id"),
        index("source", "id"),
        index("received_on", "id"),
        index("created_by_id", "id"),
    )
    named_by = ("number", "company", "name")
    workflow: ClassVar[Workflow] = Workflow(
        transition(
            "qualify",
            {LeadState.NEW},
            LeadState.QUALIFIED,
            label=_("Qualify"),
            arguments=(Argument("reason", String(500), label=_("Reason"), required=False),),
            clauses=("A4.2.1",),
        ),
        transition(
            "reject",
            {LeadState.NEW, LeadState.QUALIFIED},
            LeadState.REJECTED,
            label=_("Reject"),
            arguments=(Argument("reason", String(500), label=_("Reason")),),
            clauses=("A4.2.1",),
        ),
        transition(
            "convert",
            {LeadState.QUALIFIED},
            LeadState.CONVERTED,
            label=_("Convert"),
            confirm=_("This makes a customer with a contact, and an opportunity. Convert?"),
        ),
    )

    state: Mapped[LeadState] = field(label=_("Status"), default=LeadState.NEW, readonly=True)
    name: Mapped[str] = field(String(100), label=_("Full name"), help=_("Whom to talk to."))
    company: Mapped[str | None] = field(
        String(200), label=_("Company"), help=_("Left empty, the lead is a single person.")
    )
    phone: Mapped[str | None] = field(String(40), label=_("Phone"), pattern=PHONE)
    email: Mapped[str | None] = field(String(320), label=_("E-mail"), pattern=EMAIL)
    source: Mapped[LeadSource] = field(label=_("Source"))
    source_note: Mapped[str | None] = field(
        String(200),
        label=_("More about the source"),
        help=_("Which exhibition, which campaign, who recommended us."),
    )
    need: Mapped[str | None] = field(label=_("Need"), help=_("What they are looking for."))
    received_on: Mapped[date] = field(
        label=_("Received on"), help=_("The present day when left empty."), filled=True
    )
    region: Mapped[Region | None] = belongs_to(Region, label=_("Region"))
    region_id: Mapped[int | None]
    owner: Mapped[Employee | None] = belongs_to(
        Employee, label=_("Owner"), help=_("Who looks after it; you when left empty.")
    )
    owner_id: Mapped[int | None]
    customer: Mapped[Customer | None] = belongs_to(
        Customer,
        label=_("Customer"),
        help=_("A customer we have already; left empty, converting makes a new one."),
    )
    customer_id: Mapped[int | None]
    screened_on: Mapped[date | None] = field(label=_("Screened on"), readonly=True)
    screening_reason: Mapped[str | None] = field(
        String(500), label=_("Reason of the screening"), readonly=True
    )


def counted_leads(*limits: ColumnElement[bool]) -> Select[LeadState, int]:
    """Count leads by their state."""
    return select(Lead.state, func.count(Lead.id)).where(*limits).group_by(Lead.state)
