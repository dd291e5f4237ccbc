"""What stands on a vehicle already keeps its request from being changed or given up."""

from bumen import session
from bumen_logistics.errors.shipments import GoodsAreLoaded
from bumen_logistics.models.requests import DeliveryRequest
from bumen_logistics.models.shipment_flow import ON_THE_ROAD, ShipmentState
from bumen_logistics.models.shipments import shipments_of_request

_ON_A_VEHICLE = ON_THE_ROAD | {ShipmentState.LOADED}


def refuse_if_loaded(request: DeliveryRequest) -> None:
    """Refuse to touch a locked request while goods of it stand on a vehicle: `GoodsAreLoaded`."""
    with session().no_autoflush:
        loaded = session().scalars(shipments_of_request(request.id, _ON_A_VEHICLE)).first()
    if loaded is not None:
        raise GoodsAreLoaded(loaded)
