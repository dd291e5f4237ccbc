"""Cash on delivery: what carriers collect at the door, and what of it they have handed over."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Date,
    Select,
    String,
    Update,
    case,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bumen import (
    Argument,
    Choice,
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
from bumen_logistics.models.carriers import Carrier
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.texts import _


class CashState(Choice):
    """Where the money of a delivery is."""

    DUE = "due", _("Due"), Tone.PLAIN
    COLLECTED = "collected", _("Collected"), Tone.ACTIVE
    REMITTED = "remitted", _("Remitted"), Tone.GOOD
    WRITTEN_OFF = "written_off", _("Written off"), Tone.BAD


CASH_AHEAD = frozenset({CashState.DUE, CashState.COLLECTED})
"""While money of a delivery may still come."""


class CashOnDelivery(Document):
    """A cash on delivery is the money a carrier collects for one shipment, and owes us then."""

    __tablename__ = "logistics_cod"
    __table_args__ = (
        unique("shipment_id"),
        index("state", "due_on", "id"),
        index("due_on", "id"),
        index("source_id"),
        index("source_number"),
        index("due"),
        index("outstanding"),
        index("collected_on", "id"),
        index("created_by_id", "id"),
        CheckConstraint("outstanding = collected - remitted", name="adds_up"),
        CheckConstraint("remitted <= collected", name="not_remitted_beyond"),
        CheckConstraint("collected <= due", name="not_collected_beyond"),
    )
    workflow = Workflow(
        transition(
            "record_collection",
            {CashState.DUE, CashState.COLLECTED},
            CashState.COLLECTED,
            label=_("Record collection"),
            arguments=(
                Argument(
                    "amount",
                    Money,
                    label=_("Collected"),
                    help=_("All that is still to be collected when left empty."),
                    required=False,
                ),
                Argument(
                    "collected_on",
                    Date(),
                    label=_("Collected on"),
                    help=_("The present day when left empty."),
                    required=False,
                ),
            ),
            clauses=("E2.6",),
        ),
        transition(
            "remit",
            {CashState.COLLECTED},
            CashState.REMITTED,
            label=_("Remitted"),
            clauses=("E2.6",),
        ),
        transition(
            "take_back",
            {CashState.COLLECTED, CashState.REMITTED, CashState.WRITTEN_OFF},
            CashState.COLLECTED,
            label=_("Taken back"),
            clauses=("E2.6",),
        ),
        transition(
            "write_off",
            CASH_AHEAD,
            CashState.WRITTEN_OFF,
            label=_("Write off"),
            arguments=(Argument("reason", String(500), label=_("Reason")),),
            confirm=_("What is missing is given up. Write it off?"),
        ),
    )

    state: Mapped[CashState] = field(label=_("Status"), default=CashState.DUE, readonly=True)
    shipment: Mapped[Shipment] = belongs_to(Shipment, label=_("Shipment"), readonly=True)
    shipment_id: Mapped[int]
    carrier: Mapped[Carrier | None] = belongs_to(
        Carrier, label=_("Carrier"), help=_("Left empty for our own transport."), readonly=True
    )
    carrier_id: Mapped[int | None]
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"), readonly=True)
    customer_id: Mapped[int]
    source_number: Mapped[str | None] = field(String(40), label=_("Order"), readonly=True)
    due: Mapped[Money] = field(
        label=_("To collect"), help=_("What is collected at the door."), readonly=True, minimum=0
    )
    collected: Mapped[Money] = field(
        label=_("Collected"), default=Decimal(0), readonly=True, minimum=0
    )
    remitted: Mapped[Money] = field(
        label=_("Remitted"),
        help=_("What the carrier has handed over to us."),
        default=Decimal(0),
        readonly=True,
        minimum=0,
    )
    outstanding: Mapped[Money] = field(
        label=_("Outstanding"),
        help=_("What was collected and not handed over."),
        default=Decimal(0),
        readonly=True,
    )
    arrived_on: Mapped[date] = field(label=_("Arrived on"), readonly=True)
    due_on: Mapped[date] = field(
        label=_("Due on"), help=_("The day the carrier hands it over at the latest.")
    )
    collected_on: Mapped[date | None] = field(label=_("Collected on"), readonly=True)
    remitted_on: Mapped[date | None] = field(label=_("Remitted on"), readonly=True)
    reminded_on: Mapped[date | None] = field(label=_("Reminded on"), readonly=True)
    write_off_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for writing it off"), readonly=True
    )
    source_id: Mapped[int | None] = mapped_column()


def cash_of(shipment_id: int) -> Select[CashOnDelivery]:
    """Select the money collected for a shipment."""
    return select(CashOnDelivery).where(CashOnDelivery.shipment_id == shipment_id)


def remitted_for(source_id: int) -> Select[Decimal | None]:
    """Sum what carriers have handed over for the goods of one source, an order."""
    return select(func.sum(CashOnDelivery.remitted)).where(CashOnDelivery.source_id == source_id)


def cash_to_lock(idents: Iterable[int]) -> Select[CashOnDelivery]:
    """Select the money of some deliveries so that nobody else works on it, by their ids."""
    return (
        select(CashOnDelivery)
        .where(CashOnDelivery.id.in_(sorted(idents)))
        .order_by(CashOnDelivery.id)
        .with_for_update(of=CashOnDelivery)
        .execution_options(populate_existing=True)
    )


def handed_over(cash: CashOnDelivery, amount: Decimal) -> Update:
    """Hand over a part of what was collected, if so much of it is still with the carrier."""
    there = (CashOnDelivery.state == CashState.COLLECTED, CashOnDelivery.outstanding >= amount)
    values: dict[str, Any] = {
        "remitted": CashOnDelivery.remitted + amount,
        "outstanding": CashOnDelivery.outstanding - amount,
        "version": CashOnDelivery.version + 1,
    }
    statement = update(CashOnDelivery).where(CashOnDelivery.id == cash.id, *there).values(values)
    return statement.execution_options(synchronize_session=False)


def taken_back(cash: CashOnDelivery, amount: Decimal) -> Update:
    """Let a part of what was handed over be with the carrier again."""
    values: dict[str, Any] = {
        "remitted": CashOnDelivery.remitted - amount,
        "outstanding": CashOnDelivery.outstanding + amount,
        "version": CashOnDelivery.version + 1,
    }
    statement = update(CashOnDelivery).where(CashOnDelivery.id == cash.id).values(values)
    return statement.execution_options(synchronize_session=False)


def cash_with(carrier_id: int | None) -> Select[CashOnDelivery]:
    """Select what a carrier has collected and not handed over, the oldest first."""
    return (
        select(CashOnDelivery)
        .where(
            CashOnDelivery.state == CashState.COLLECTED,
            CashOnDelivery.outstanding > 0,
            CashOnDelivery.carrier_id.is_not_distinct_from(carrier_id),
        )
        .order_by(CashOnDelivery.due_on, CashOnDelivery.id)
    )


def overdue_cash(on: date, *, not_reminded_since: date | None = None) -> Select[CashOnDelivery]:
    """Select what carriers should have handed over before a day, by carrier, the oldest first."""
    late = (CashOnDelivery.state.in_(CASH_AHEAD), CashOnDelivery.due_on < on)
    found = select(CashOnDelivery).where(*late)
    if not_reminded_since is not None:
        reminded = CashOnDelivery.reminded_on
        found = found.where(or_(reminded.is_(None), reminded < not_reminded_since))
    return found.order_by(CashOnDelivery.carrier_id, CashOnDelivery.due_on, CashOnDelivery.id)


def collected_at_the_door(source_ids: Iterable[int]) -> Select[Any, Decimal]:
    """Sum what carriers have collected and not handed over, by what it is of (ids)."""
    return (
        select(CashOnDelivery.source_id, func.sum(CashOnDelivery.outstanding))
        .where(
            CashOnDelivery.source_id.in_(list(source_ids)),
            CashOnDelivery.state == CashState.COLLECTED,
            CashOnDelivery.outstanding > 0,
        )
        .group_by(CashOnDelivery.source_id)
    )


def cash_by_age(on: date, *seen: Any) -> Any:
    """Sum by carrier what is still to come: not due yet, late by a month, by two, by more."""
    open_ = CashOnDelivery.due - CashOnDelivery.remitted
    month = timedelta(days=30)
    days = CashOnDelivery.due_on
    ages = (
        days >= on,
        (days < on) & (days >= on - month),
        (days < on - month) & (days >= on - 2 * month),
        days < on - 2 * month,
    )
    sums = [func.sum(case((age, open_), else_=0)) for age in ages]
    return (
        select(CashOnDelivery.carrier_id, func.count(), func.sum(open_), *sums)
        .where(CashOnDelivery.state.in_(CASH_AHEAD), *seen)
        .group_by(CashOnDelivery.carrier_id)
        .order_by(func.sum(open_).desc())
    )
