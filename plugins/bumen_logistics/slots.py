"""What logistics shows on pages of shipments."""

from collections.abc import Mapping
from typing import Any

from bumen import Slot, session
from bumen_logistics.models import Shipment, events_of_shipment
from bumen_logistics.outside import TRACKING
from bumen_logistics.resources import DeliveryRequests, Shipments
from bumen_logistics.texts import _

_MOST_EVENTS = 100


def way_of(record: Shipment) -> Mapping[str, Any]:
    """Return where a shipment was, and where its customer reads that."""
    events = session().scalars(events_of_shipment(record.id).limit(_MOST_EVENTS)).all()
    return {"events": events, "address": TRACKING.address_of(record)}


def to_whom(record: Shipment) -> Mapping[str, Any]:
    """Return the request that says to whom the goods go, and where."""
    return {"request": record.request}


OF_SHIPMENTS = (
    Slot(
        "record.top:logistics.shipments",
        title=_("To whom"),
        template="logistics/to_whom.html",
        values=to_whom,
        permission=DeliveryRequests.permission(),
        shows=("customer", "consignee", "phone", "address"),
    ),
    Slot(
        "record.tab:logistics.shipments",
        title=_("On the way"),
        template="logistics/way.html",
        values=way_of,
        permission=Shipments.permission(),
    ),
)
