"""What has happened in logistics."""

from dataclasses import dataclass
from datetime import date

from bumen import Event
from bumen_logistics.texts import _


@dataclass(frozen=True)
class DeliveryRequested(Event):
    """Goods are to be brought to somebody."""

    label = _("Delivery requested")

    request_id: int


@dataclass(frozen=True)
class DeliveryCancelled(Event):
    """Goods are not to be brought to anybody after all."""

    label = _("Delivery cancelled")

    request_id: int


@dataclass(frozen=True)
class PreparationProgressed(Event):
    """Somebody has reported how far a preparation is."""

    label = _("Preparation reported")

    preparation_id: int
    what: str


@dataclass(frozen=True)
class PreparationDelayed(Event):
    """Something has come in the way of a preparation, which is promised for another day."""

    label = _("Preparation delayed")

    preparation_id: int
    promised_on: date
    cause: str


@dataclass(frozen=True)
class GoodsReady(Event):
    """All goods of a request are ready and reserved."""

    label = _("Goods ready")

    request_id: int


@dataclass(frozen=True)
class GoodsNotReady(Event):
    """Goods that were ready are not any more."""

    label = _("Goods not ready after all")

    request_id: int


@dataclass(frozen=True)
class StockRanLow(Event):
    """Less of a product is available at a location than should be."""

    label = _("Stock below minimum")

    stock_id: int


@dataclass(frozen=True)
class VehicleArranged(Event):
    """Somebody has been found who takes the goods of a shipment."""

    label = _("Vehicle arranged")

    shipment_id: int


@dataclass(frozen=True)
class ShipmentCancelled(Event):
    """A shipment that was planned will not go."""

    label = _("Shipment cancelled")

    shipment_id: int


@dataclass(frozen=True)
class ShipmentShipped(Event):
    """The goods of a shipment have left the house."""

    label = _("Shipment shipped")

    shipment_id: int


@dataclass(frozen=True)
class ShipmentArrived(Event):
    """The goods of a shipment have been signed for."""

    label = _("Shipment arrived")

    shipment_id: int


@dataclass(frozen=True)
class ShipmentReturned(Event):
    """The goods of a shipment have come back."""

    label = _("Shipment returned")

    shipment_id: int


@dataclass(frozen=True)
class CashRemitted(Event):
    """A carrier has handed over money that it collected at the door."""

    label = _("Cash on delivery remitted")

    cod_id: int
    remittance_id: int
    line_id: int


@dataclass(frozen=True)
class CashTakenBack(Event):
    """Money that a carrier was said to have handed over is with the carrier after all."""

    label = _("Cash on delivery taken back")

    cod_id: int
    remittance_id: int
    line_id: int


@dataclass(frozen=True)
class FreightPaid(Event):
    """The freight of a carrier's shipments has been paid."""

    label = _("Freight paid")

    statement_id: int
