"""A shipment on its way: what happens to it, what goes wrong, and how that is put right."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from bumen import User, session
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.errors.shipments import (
    EventBeforeDeparture,
    NotOnTheRoad,
    ShipmentIsNotTheirs,
)
from bumen_logistics.models.carriers import Carrier
from bumen_logistics.models.shipment_flow import ON_THE_ROAD, ExceptionKind
from bumen_logistics.models.shipments import Shipment, shipments_of_carrier
from bumen_logistics.models.tracking import (
    EventKind,
    EventSource,
    ShipmentException,
    TrackingEvent,
    open_exceptions,
)
from bumen_logistics.services.locking import lock_shipment

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far the clock of whoever tells of an event may be ahead of ours."""


def track(
    shipment: Shipment,
    *,
    by: User | None,
    at: datetime,
    kind: EventKind = EventKind.UNDERWAY,
    happened_at: datetime | None = None,
    place: str | None = None,
    note: str | None = None,
    source: EventSource = EventSource.HOUSE,
) -> None:
    """Keep where a shipment was seen on its way, now or a while ago. Source: E2.5.

    Refuses a shipment that has not left or has ended, and a moment before it left or to come.
    """
    lock_shipment(shipment)
    if shipment.state not in ON_THE_ROAD:
        raise NotOnTheRoad(shipment)
    seen_at = happened_at or at
    left_at = shipment.shipped_at or at
    if not left_at <= seen_at <= at + CLOCKS_DIFFER:
        raise EventBeforeDeparture
    note_event(shipment, kind, at=seen_at, place=place, note=note, source=source)


def track_by_carrier(
    carrier: Carrier,
    *,
    at: datetime,
    shipment: str,
    kind: EventKind,
    place: str | None = None,
    note: str | None = None,
    happened_at: datetime | None = None,
) -> Mapping[str, Any]:
    """Keep what a carrier tells of a shipment of its own, by its number or waybill.

    Refuses a shipment that the carrier does not have, and what `track` refuses.
    """
    found = session().scalars(shipments_of_carrier(carrier.id, shipment.strip())).first()
    if found is None:
        raise ShipmentIsNotTheirs(shipment)
    track(
        found,
        by=None,
        at=at,
        kind=kind,
        happened_at=happened_at,
        place=place,
        note=note,
        source=EventSource.CARRIER,
    )
    return {"shipment": found.number, "state": found.state.value}


def note_event(
    shipment: Shipment,
    kind: EventKind,
    *,
    at: datetime,
    place: str | None = None,
    note: str | None = None,
    source: EventSource = EventSource.HOUSE,
) -> TrackingEvent:
    """Write down what happens to a shipment by a step of its own."""
    event = TrackingEvent(
        shipment=shipment, kind=kind, at=at, place=place, note=note, source=source
    )
    session().add(event)
    return event


def report_trouble(
    shipment: Shipment,
    *,
    by: User | None,
    at: datetime,
    kind: ExceptionKind,
    cause: str,
    solution: str | None = None,
) -> None:
    """Write down what went wrong on the way, why, and what is to be done. Source: E3.x."""
    if not cause.strip():
        raise ReasonIsMissing
    lock_shipment(shipment)
    shipment.move("report_exception", by=by, opinion=cause.strip())
    shipment.had_exception = True
    session().add(
        ShipmentException(
            shipment=shipment,
            kind=kind,
            cause=cause.strip(),
            solution=solution,
            reported_at=at,
            reported_by_id=by.id if by else None,
        )
    )
    note_event(shipment, EventKind.DELAYED, at=at)


def resume_shipment(
    shipment: Shipment,
    *,
    by: User | None,
    at: datetime,
    solution: str,
    expected_on: date | None = None,
) -> None:
    """Let a shipment go on, with what was done about the exception and perhaps a new day."""
    if not solution.strip():
        raise ReasonIsMissing
    lock_shipment(shipment)
    shipment.move("resume", by=by, opinion=solution.strip())
    for one in session().scalars(open_exceptions(shipment.id)):
        one.solution, one.resolved_at = solution.strip(), at
    shipment.expected_on = expected_on or shipment.expected_on
    note_event(shipment, EventKind.UNDERWAY, at=at)
