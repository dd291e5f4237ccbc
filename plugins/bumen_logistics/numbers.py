"""How the documents of logistics are numbered."""

from bumen import Numbering
from bumen_logistics.models import DeliveryRequest, Preparation, StockCount
from bumen_logistics.services import counts, preparations, requests, warehouses
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
)
