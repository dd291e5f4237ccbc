"""How the documents of logistics are numbered."""

from bumen import Numbering
from bumen_logistics.models import Carrier, DeliveryRequest, Preparation, Shipment, StockCount
from bumen_logistics.services import (
    carriers,
    counts,
    planning,
    preparations,
    requests,
    warehouses,
)
from bumen_logistics.texts import _

ALL = (
    Numbering(
        requests.NUMBERED,
        _("Delivery requests"),
        pattern="DR-{YYYY}-{00000}",
        model=DeliveryRequest,
    ),
    Numbering(
        preparations.NUMBERED, _("Preparations"), pattern="PR-{YYYY}-{00000}", model=Preparation
    ),
    Numbering(counts.NUMBERED, _("Stock counts"), pattern="SC-{YYYY}-{00000}", model=StockCount),
    warehouses.NUMBERED,
    Numbering(planning.NUMBERED, _("Shipments"), pattern="SH-{YYYY}-{00000}", model=Shipment),
    Numbering(carriers.NUMBERED, _("Carriers"), pattern="L{000}", gapless=True, given=Carrier.code),
)
