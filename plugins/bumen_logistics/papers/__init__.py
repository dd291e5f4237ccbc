"""What logistics prints of shipments: what to load, and what the customer signs for."""

from bumen import Printout
from bumen_logistics.models.shipment_flow import ShipmentState
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.texts import _

ALSO = (
    "request.number",
    "request.consignee",
    "request.phone",
    "request.address",
    "request.packing_requirement",
    "warehouse.name",
    "warehouse.address",
    "carrier.name",
    "carrier.phone",
    "vehicle.plate",
)
"""What is printed of whom a shipment is for, where it is loaded and who takes it."""
NEEDS = ("number", "request", "lines.product", "lines.unit")


def is_loaded_or_beyond(shipment: Shipment) -> bool:
    """Whether there is anything to sign for: once goods stand on the vehicle."""
    waiting = (
        ShipmentState.DRAFT,
        ShipmentState.ARRANGED,
        ShipmentState.SLIP_TAKEN,
        ShipmentState.CANCELLED,
    )
    return shipment.state not in waiting


def is_going(shipment: Shipment) -> bool:
    """Whether there is anything to load: not of what was given up."""
    return shipment.state is not ShipmentState.CANCELLED


OF_SHIPMENTS = (
    Printout(
        "loading_list",
        _("Loading list"),
        template="loading_list.html",
        also=ALSO,
        needs=(*NEEDS, "lines.ordered"),
        when=is_going,
    ),
    Printout(
        "delivery_note",
        _("Delivery note"),
        template="delivery_note.html",
        also=ALSO,
        needs=(*NEEDS, "lines.counted"),
        when=is_loaded_or_beyond,
    ),
)
