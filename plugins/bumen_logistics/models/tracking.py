"""What happened to a shipment on its way: where it was seen, and what went wrong."""

from datetime import date, datetime

from sqlalchemy import Integer, Select, String, case, func, select
from sqlalchemy.orm import Mapped

from bumen import Choice, CompanyModel, Tone, User, account, belongs_to, field, index
from bumen_logistics.models.shipment_flow import ENDED_WELL, ExceptionKind, ShipmentState
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.texts import _


class EventKind(Choice):
    """What is told of a shipment on its way."""

    DEPARTED = "departed", _("Left our warehouse"), Tone.ACTIVE
    UNDERWAY = "underway", _("On the way"), Tone.PLAIN
    AT_DEPOT = "at_depot", _("At a depot"), Tone.PLAIN
    OUT_FOR_DELIVERY = "out_for_delivery", _("Out for delivery"), Tone.ACTIVE
    DELAYED = "delayed", _("Delayed"), Tone.WARNING
    DELIVERED = "delivered", _("Delivered"), Tone.GOOD
    RETURNED = "returned", _("On its way back to us"), Tone.BAD


class EventSource(Choice):
    """Who tells of it."""

    HOUSE = "house", _("Our house")
    CARRIER = "carrier", _("Carrier")


class TrackingEvent(CompanyModel):
    """A tracking event is where a shipment was at a moment, and what happened to it there."""

    __tablename__ = "logistics_tracking_event"
    __table_args__ = (
        index("at", "id"),
        index("kind"),
        index("place"),
        index("note"),
        index("source"),
    )
    named_by = ("place",)

    shipment: Mapped[Shipment] = belongs_to(Shipment, label=_("Shipment"), readonly=True)
    shipment_id: Mapped[int]
    at: Mapped[datetime] = field(label=_("At"), readonly=True)
    kind: Mapped[EventKind] = field(label=_("What"), readonly=True)
    place: Mapped[str | None] = field(String(200), label=_("Where"), readonly=True)
    note: Mapped[str | None] = field(String(500), label=_("Note"), readonly=True)
    source: Mapped[EventSource] = field(
        label=_("Told by"), default=EventSource.HOUSE, readonly=True
    )

    @property
    def note_for_customers(self) -> str | None:
        """What customers read of the note: the carrier's words, never what we say among us."""
        return self.note if self.source is EventSource.CARRIER else None


class ShipmentException(CompanyModel):
    """An exception is what went wrong with a shipment on its way, why, and what was done."""

    __tablename__ = "logistics_shipment_exception"
    __table_args__ = (
        index("kind"),
        index("cause"),
        index("reported_at", "id"),
        index("resolved_at"),
    )
    named_by = ("cause",)

    shipment: Mapped[Shipment] = belongs_to(Shipment, label=_("Shipment"), readonly=True)
    shipment_id: Mapped[int]
    kind: Mapped[ExceptionKind] = field(label=_("Kind of exception"), readonly=True)
    cause: Mapped[str] = field(String(500), label=_("Cause"), readonly=True)
    solution: Mapped[str | None] = field(label=_("Solution"), readonly=True)
    reported_at: Mapped[datetime] = field(label=_("Reported at"), readonly=True)
    reported_by: Mapped[User | None] = account(label=_("Reported by"), readonly=True)
    reported_by_id: Mapped[int | None]
    resolved_at: Mapped[datetime | None] = field(label=_("Resolved at"), readonly=True)


def events_of_shipment(shipment_id: int) -> Select[TrackingEvent]:
    """Select what happened to a shipment on its way, the latest first."""
    return (
        select(TrackingEvent)
        .where(TrackingEvent.shipment_id == shipment_id)
        .order_by(TrackingEvent.at.desc(), TrackingEvent.id.desc())
    )


def open_exceptions(shipment_id: int) -> Select[ShipmentException]:
    """Select what went wrong with a shipment and is not resolved yet."""
    return select(ShipmentException).where(
        ShipmentException.shipment_id == shipment_id, ShipmentException.resolved_at.is_(None)
    )


def record_of_carrier(carrier_id: int, *, since: date) -> Select[int, int]:
    """Count a carrier's shipments of a time that ended, and those that came in time and well."""
    came_well = (
        Shipment.state.in_(ENDED_WELL)
        & ~Shipment.had_exception
        & (Shipment.expected_on.is_(None) | (Shipment.arrived_on <= Shipment.expected_on))
    )
    ended = (*ENDED_WELL, ShipmentState.RETURNED)
    well = func.coalesce(func.sum(case((came_well, 1), else_=0)), 0).cast(Integer)
    return select(func.count(), well).where(
        Shipment.carrier_id == carrier_id,
        Shipment.state.in_(ended),
        Shipment.shipped_on >= since,
    )
