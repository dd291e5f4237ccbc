"""Remittances: what carriers hand over of the money they collected at the door."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

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
from bumen_logistics.models.cash import CashOnDelivery
from bumen_logistics.texts import _


class RemittanceState(Choice):
    """What a remittance counts for."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    POSTED = "posted", _("Posted"), Tone.GOOD
    REVERSED = "reversed", _("Reversed"), Tone.BAD


class RemittanceLine(CompanyModel):
    """A remittance line is what a carrier hands over of the money of one shipment."""

    __tablename__ = "logistics_remittance_line"
    __table_args__ = (unique("remittance_id", "cod_id"), index("cod_id"))

    remittance: Mapped["Remittance"] = line_of("logistics_remittance", label=_("Remittance"))
    remittance_id: Mapped[int]
    position: Mapped[int]
    cod: Mapped[CashOnDelivery] = belongs_to(CashOnDelivery, label=_("Cash on delivery"))
    cod_id: Mapped[int]
    amount: Mapped[Money] = field(label=_("Amount"), minimum_exclusive=0)
    difference_reason: Mapped[str | None] = field(
        String(200),
        label=_("Reason for the difference"),
        help=_("Why less is handed over than was collected."),
    )
    receipt_id: Mapped[int | None] = mapped_column()


class Remittance(Document):
    """A remittance is money a carrier hands over to us, and of which shipments it is."""

    __tablename__ = "logistics_remittance"
    __table_args__ = (
        index("state", "id"),
        index("received_on", "id"),
        index("reference", "id"),
        index("total"),
        index("created_by_id", "id"),
        CheckConstraint("difference = received - total", name="adds_up"),
    )
    workflow = Workflow(
        transition(
            "post",
            {RemittanceState.DRAFT},
            RemittanceState.POSTED,
            label=_("Post"),
            confirm=_("The money counts as received then. Post this remittance?"),
            clauses=("E2.6",),
        ),
        transition(
            "reverse",
            {RemittanceState.POSTED},
            RemittanceState.REVERSED,
            label=_("Reverse"),
            arguments=(Argument("reason", String(500), label=_("Reason")),),
            confirm=_("What it has handed over is outstanding again. Reverse this remittance?"),
            clauses=("E2.6",),
        ),
    )

    state: Mapped[RemittanceState] = field(
        label=_("Status"), default=RemittanceState.DRAFT, readonly=True
    )
    carrier: Mapped[Carrier | None] = belongs_to(
        Carrier, label=_("Carrier"), help=_("Left empty for our own transport.")
    )
    carrier_id: Mapped[int | None]
    received_on: Mapped[date] = field(
        label=_("Received on"), help=_("The present day when left empty."), filled=True
    )
    received: Mapped[Money] = field(
        label=_("Received"), help=_("What the lines come to when left empty."), filled=True
    )
    reference: Mapped[str | None] = field(
        String(80), label=_("Bank reference"), help=_("The number of the transfer.")
    )
    explanation: Mapped[str | None] = field(
        String(500),
        label=_("Explanation"),
        help=_("Why what was received differs from what the lines come to."),
    )
    total: Mapped[Money] = field(label=_("Total"), default=Decimal(0), readonly=True)
    difference: Mapped[Money] = field(label=_("Difference"), default=Decimal(0), readonly=True)
    reversed_on: Mapped[date | None] = field(label=_("Reversed on"), readonly=True)
    reversal_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for the reversal"), readonly=True
    )
    lines: Mapped[list[RemittanceLine]] = has_lines(RemittanceLine)


def remittance_to_lock(ident: int) -> Select[Remittance]:
    """Select a remittance so that nobody else works on it."""
    return (
        select(Remittance)
        .where(Remittance.id == ident)
        .with_for_update(of=Remittance)
        .execution_options(populate_existing=True)
    )
