"""What is remembered of visits: how they were prepared, who was met, what comes next."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Date, String
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped

from bumen import (
    Argument,
    Choice,
    CompanyModel,
    Document,
    Text,
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
from bumen_base.models import Contact, Customer, Employee, Region
from bumen_sales.models.opportunities import Opportunity
from bumen_sales.texts import _


class VisitState(Choice):
    """How far a visit has come."""

    PLANNED = "planned", _("Planned"), Tone.PLAIN
    PREPARED = "prepared", _("Prepared"), Tone.ACTIVE
    DONE = "done", _("Done"), Tone.GOOD
    CANCELLED = "cancelled", _("Cancelled"), Tone.BAD


PREPARATION: dict[str, Text] = {
    "need": _("Need"),
    "background": _("Background"),
    "buying_process": _("Buying process"),
    "material": _("Material"),
    "demonstration": _("Demonstration"),
}
"""What must be prepared before a visit. Source: A4.2.2."""


def _missing(visit: "Visit") -> Text | None:
    """Say which boxes of the check list are still open."""
    missing = [str(label) for name, label in PREPARATION.items() if not getattr(visit, name)]
    if not missing:
        return None
    return _("Not prepared yet: %(missing)s.", missing=", ".join(missing))


class VisitContact(CompanyModel):
    """A visit contact is a person at the customer who is to be met."""

    __tablename__ = "sales_visit_contact"

    visit: Mapped["Visit"] = line_of("sales_visit", label=_("Visit"))
    visit_id: Mapped[int]
    position: Mapped[int]
    contact: Mapped[Contact | None] = belongs_to(Contact, label=_("Contact"))
    contact_id: Mapped[int | None]
    name: Mapped[str | None] = field(
        String(100), label=_("Somebody new"), help=_("Who is no contact of the customer yet.")
    )


class Visit(Document):
    """A visit is a call on a customer: planned, prepared, made and written down."""

    __tablename__ = "sales_visit"
    __table_args__ = (
        unique("number"),
        index("state", "id"),
        index("planned_at", "id"),
        index("goal", "id"),
        index("next_step_on", "id"),
        index("created_by_id", "id"),
    )
    workflow: ClassVar[Workflow] = Workflow(
        transition(
            "prepare",
            {VisitState.PLANNED},
            VisitState.PREPARED,
            label=_("Mark as prepared"),
            guard=_missing,
            clauses=("A4.2.2",),
        ),
        transition(
            "record",
            {VisitState.PREPARED},
            VisitState.DONE,
            label=_("Record the visit"),
            arguments=(
                Argument("met", String(500), label=_("Who was met")),
                Argument("learnt", LongText(), label=_("What was learnt")),
                Argument("result", String(500), label=_("Result"), required=False),
                Argument("next_step", String(200), label=_("Next step"), required=False),
                Argument("next_step_on", Date(), label=_("Next step on"), required=False),
            ),
            clauses=("A4.2.3",),
        ),
        transition(
            "cancel",
            {VisitState.PLANNED, VisitState.PREPARED},
            VisitState.CANCELLED,
            label=_("Cancel visit"),
            arguments=(Argument("reason", String(500), label=_("Reason")),),
        ),
    )

    state: Mapped[VisitState] = field(label=_("Status"), default=VisitState.PLANNED, readonly=True)
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    opportunity: Mapped[Opportunity | None] = belongs_to(Opportunity, label=_("Opportunity"))
    opportunity_id: Mapped[int | None]
    planned_at: Mapped[datetime] = field(label=_("Planned for"))
    goal: Mapped[str] = field(
        String(300), label=_("Goal"), help=_("What is to be reached with this visit.")
    )
    salesperson: Mapped[Employee | None] = belongs_to(Employee, label=_("Salesperson"))
    salesperson_id: Mapped[int | None]
    region: Mapped[Region | None] = belongs_to(Region, label=_("Region"))
    region_id: Mapped[int | None]
    contacts: Mapped[list[VisitContact]] = has_lines(VisitContact)
    need: Mapped[bool] = field(label=PREPARATION["need"], default=False)
    need_note: Mapped[str | None] = field(
        label=_("Note on the need"), help=_("What the customer needs, as far as it is known.")
    )
    background: Mapped[bool] = field(label=PREPARATION["background"], default=False)
    background_note: Mapped[str | None] = field(
        label=_("Note on the background"), help=_("Who they are, and what they bought before.")
    )
    buying_process: Mapped[bool] = field(label=PREPARATION["buying_process"], default=False)
    buying_process_note: Mapped[str | None] = field(
        label=_("Note on the buying process"), help=_("Who decides, by which steps, and when.")
    )
    material: Mapped[bool] = field(label=PREPARATION["material"], default=False)
    material_note: Mapped[str | None] = field(
        label=_("Note on the material"), help=_("Catalogues, samples and papers to take along.")
    )
    demonstration: Mapped[bool] = field(label=PREPARATION["demonstration"], default=False)
    demonstration_note: Mapped[str | None] = field(
        label=_("Note on the demonstration"), help=_("What will be shown, and by whom.")
    )
    met: Mapped[str | None] = field(String(500), label=_("Who was met"), readonly=True)
    learnt: Mapped[str | None] = field(label=_("What was learnt"), readonly=True)
    result: Mapped[str | None] = field(String(500), label=_("Result"), readonly=True)
    next_step: Mapped[str | None] = field(String(200), label=_("Next step"), readonly=True)
    next_step_on: Mapped[date | None] = field(label=_("Next step on"), readonly=True)
    cancellation_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for cancellation"), readonly=True
    )
