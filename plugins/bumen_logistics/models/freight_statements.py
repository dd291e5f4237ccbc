"""Freight statements: what a carrier bills for its shipments, beside what its rates say."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Date, Select, String, select
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
    unique,
)
from bumen_logistics.models.carriers import Carrier
from bumen_logistics.models.requests import REASON
from bumen_logistics.models.shipment_flow import ShipmentState
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.texts import _

BILLED_IN = frozenset({ShipmentState.ARRIVED, ShipmentState.SETTLED, ShipmentState.RETURNED})
"""The states in which a shipment has cost its freight."""


class StatementState(Choice):
    """How far a freight statement has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    CHECKED = "checked", _("Checked"), Tone.ACTIVE
    APPROVED = "approved", _("Approved"), Tone.ACTIVE
    PAID = "paid", _("Paid"), Tone.GOOD


class FreightLine(CompanyModel):
    """A freight line is one shipment: its freight by the rate, and what the carrier bills."""

    __tablename__ = "logistics_freight_line"
    __table_args__ = (
        unique("shipment_id"),
        CheckConstraint("difference = billed - reckoned", name="adds_up"),
    )

    freight_statement: Mapped["FreightStatement"] = line_of(
        "logistics_freight_statement", label=_("Freight statement")
    )
    freight_statement_id: Mapped[int]
    position: Mapped[int]
    shipment: Mapped[Shipment] = belongs_to(Shipment, label=_("Shipment"))
    shipment_id: Mapped[int]
    reckoned: Mapped[Money] = field(
        label=_("By the rate"), default=Decimal(0), minimum=0, readonly=True
    )
    billed: Mapped[Money] = field(
        label=_("Billed"),
        help=_("What the rate says when left empty."),
        minimum=0,
        filled=True,
    )
    difference: Mapped[Money] = field(label=_("Difference"), default=Decimal(0), readonly=True)
    difference_reason: Mapped[str | None] = field(
        String(200),
        label=_("Reason for the difference"),
        help=_("Why the carrier bills something else than its rate says."),
    )


class FreightStatement(Document):
    """A freight statement is what a carrier bills for the shipments of a time."""

    __tablename__ = "logistics_freight_statement"
    __table_args__ = (
        index("state", "id"),
        index("from_day", "id"),
        index("until_day", "id"),
        index("paid_on", "id"),
        index("billed"),
        index("difference"),
        index("created_by_id", "id"),
        CheckConstraint("difference = billed - reckoned", name="adds_up"),
        CheckConstraint("until_day >= from_day", name="ends_after_it_begins"),
    )
    workflow = Workflow(
        transition(
            "check",
            {StatementState.DRAFT},
            StatementState.CHECKED,
            label=_("Checked"),
            confirm=_("Does the carrier's bill agree with the lines?"),
            clauses=("E3.7",),
        ),
        transition(
            "return",
            {StatementState.CHECKED, StatementState.APPROVED},
            StatementState.DRAFT,
            label=_("Return"),
            arguments=(REASON,),
        ),
        transition(
            "approve",
            {StatementState.CHECKED},
            StatementState.APPROVED,
            label=_("Approve"),
            clauses=("E3.7",),
        ),
        transition(
            "pay",
            {StatementState.APPROVED},
            StatementState.PAID,
            label=_("Mark as paid"),
            arguments=(
                Argument(
                    "note",
                    String(500),
                    label=_("Note"),
                    help=_("How it was paid: the number of the transfer or voucher."),
                ),
                Argument(
                    "paid_on",
                    Date(),
                    label=_("Paid on"),
                    help=_("The present day when left empty."),
                    required=False,
                ),
            ),
            clauses=("E3.7",),
        ),
    )

    state: Mapped[StatementState] = field(
        label=_("Status"), default=StatementState.DRAFT, readonly=True
    )
    carrier: Mapped[Carrier] = belongs_to(Carrier, label=_("Carrier"))
    carrier_id: Mapped[int]
    from_day: Mapped[date] = field(label=_("From"))
    until_day: Mapped[date] = field(label=_("Until"))
    bill_number: Mapped[str | None] = field(
        String(80), label=_("Bill number"), help=_("The number of the carrier's bill.")
    )
    reckoned: Mapped[Money] = field(label=_("By the rates"), default=Decimal(0), readonly=True)
    billed: Mapped[Money] = field(label=_("Billed"), default=Decimal(0), readonly=True)
    difference: Mapped[Money] = field(label=_("Difference"), default=Decimal(0), readonly=True)
    return_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for the return"), readonly=True
    )
    payment_note: Mapped[str | None] = field(String(500), label=_("How it was paid"), readonly=True)
    paid_on: Mapped[date | None] = field(label=_("Paid on"), readonly=True)
    lines: Mapped[list[FreightLine]] = has_lines(FreightLine)


def statement_to_lock(ident: int) -> Select[FreightStatement]:
    """Select a freight statement so that nobody else works on it."""
    return (
        select(FreightStatement)
        .where(FreightStatement.id == ident)
        .with_for_update(of=FreightStatement)
        .execution_options(populate_existing=True)
    )


def shipments_to_bill(carrier_id: int, *, since: date, until: date) -> Select[Shipment]:
    """Select a carrier's shipments that left in a time and stand in no statement yet."""
    return (
        select(Shipment)
        .where(
            Shipment.carrier_id == carrier_id,
            Shipment.shipped_on.between(since, until),
            Shipment.state.in_(BILLED_IN),
            Shipment.id.not_in(select(FreightLine.shipment_id)),
        )
        .order_by(Shipment.shipped_on, Shipment.id)
    )


def statements_of(shipment_id: int) -> Select[FreightStatement]:
    """Select the statement a shipment stands in."""
    return (
        select(FreightStatement)
        .join(FreightLine, FreightLine.freight_statement_id == FreightStatement.id)
        .where(FreightLine.shipment_id == shipment_id)
    )
