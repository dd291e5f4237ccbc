"""What logistics shows and is told without anybody signing in: customers look, carriers call."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import String

from bumen import Argument, PublicPage, SignedCall, session
from bumen_logistics.models import (
    ENDED_WELL,
    Carrier,
    Shipment,
    ShipmentState,
    TrackingEvent,
    events_of_shipment,
)
from bumen_logistics.services import track_by_carrier
from bumen_logistics.texts import _

_MOST_EVENTS = 100


def whereabouts(shipment: Shipment) -> Mapping[str, Any] | None:
    """Return what a customer may know of a shipment; nothing of one that was given up."""
    if shipment.state is ShipmentState.CANCELLED:
        return None
    events = session().scalars(events_of_shipment(shipment.id).limit(_MOST_EVENTS)).all()
    return {
        "number": shipment.number,
        "state": shipment.state,
        "tone": shipment.state.tone,
        "expected_on": None if shipment.state in ENDED_WELL else shipment.expected_on,
        "arrived_on": shipment.arrived_on,
        "events": events,
        "for_customers": True,
    }


def seen(column: str, name: str | None = None, *, required: bool = False) -> Argument:
    """Ask for what a tracking event tells, as the event itself has it."""
    there = TrackingEvent.__table__.c[column]
    label = there.info["about"].label
    return Argument(name or column, there.type, label=label, required=required)


TRACKING = PublicPage(
    path="/track/<token>",
    title=_("Where your goods are"),
    model=Shipment,
    token="tracking_token",  # noqa: S106  # the name of the attribute that keeps it
    template="logistics/track.html",
    values=whereabouts,
)
TOLD_BY_CARRIER = SignedCall(
    name="tracking",
    title=_("A carrier tells where a shipment is"),
    model=Carrier,
    secret="secret",  # noqa: S106  # the name of the attribute that keeps it
    service=track_by_carrier,
    arguments=(
        Argument("shipment", String(80), label=_("Number of the shipment or waybill")),
        seen("kind", required=True),
        seen("place"),
        seen("note"),
        seen("at", "happened_at"),
    ),
)
PUBLIC, CALLS = (TRACKING,), (TOLD_BY_CARRIER,)
