"""What logistics does when something has happened."""

from datetime import timedelta

from bumen import current, session, today
from bumen_logistics.events import (
    DeliveryCancelled,
    ShipmentArrived,
    ShipmentReturned,
    ShipmentShipped,
)
from bumen_logistics.letters import write_that_it_arrived, write_that_it_left
from bumen_logistics.models import Carrier, DeliveryRequest, Shipment
from bumen_logistics.services.carriers import rate_carrier
from bumen_logistics.services.cash import expect_cash
from bumen_logistics.services.planning import cancel_shipments_of

RATED_OVER = timedelta(days=365)
"""How far back a carrier's rating looks."""


def give_up_shipments(event: DeliveryCancelled) -> None:
    """Give up what was planned to ship of a request that was cancelled."""
    request = session().get_one(DeliveryRequest, event.request_id)
    reason = request.cancellation_reason or str(request.state.label)
    cancel_shipments_of(request, by=current().user, reason=reason)


def expect_the_money(event: ShipmentArrived) -> None:
    """Expect what was collected at the door from whoever brought the goods."""
    shipment = session().get_one(Shipment, event.shipment_id)
    expect_cash(shipment, by=current().user, on=today())


def rate_who_shipped(event: ShipmentArrived | ShipmentReturned) -> None:
    """Work out the carrier's rating anew."""
    shipment = session().get_one(Shipment, event.shipment_id)
    if shipment.carrier_id is not None:
        carrier = session().get_one(Carrier, shipment.carrier_id, with_for_update=True)
        rate_carrier(carrier, since=today() - RATED_OVER)


def tell_customer_it_left(event: ShipmentShipped) -> None:
    """Write to the customer that goods have left, and where they can be followed."""
    write_that_it_left(session().get_one(Shipment, event.shipment_id), by=current().user)


def tell_customer_it_arrived(event: ShipmentArrived) -> None:
    """Write to the customer that goods have arrived, and who signed for them."""
    write_that_it_arrived(session().get_one(Shipment, event.shipment_id), by=current().user)
