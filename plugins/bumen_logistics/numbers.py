"""How the documents of logistics are numbered."""

from bumen import Numbering
from bumen_logistics.models import (
    Carrier,
    CashOnDelivery,
    DeliveryRequest,
    FreightStatement,
    Preparation,
    Remittance,
    Shipment,
    StockCount,
)
from bumen_logistics.services import (
    carriers,
    cash,
    counts,
    freight_statements,
    planning,
    preparations,
    remittances,
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
    Numbering(
        cash.NUMBERED, _("Cash on delivery"), pattern="CD-{YYYY}-{00000}", model=CashOnDelivery
    ),
    Numbering(
        remittances.NUMBERED, _("Remittances"), pattern="RE-{YYYY}-{00000}", model=Remittance
    ),
    Numbering(
        freight_statements.NUMBERED,
        _("Freight statements"),
        pattern="FS-{YYYY}-{00000}",
        model=FreightStatement,
    ),
    Numbering(carriers.NUMBERED, _("Carriers"), pattern="L{000}", gapless=True, given=Carrier.code),
)
