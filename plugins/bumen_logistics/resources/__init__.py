"""What people see and do in logistics."""

from bumen_logistics.resources.carriers import Carriers, FreightRates, Vehicles
from bumen_logistics.resources.cash import Cod, Remittances
from bumen_logistics.resources.counts import StockCounts
from bumen_logistics.resources.freight_statements import FreightStatements
from bumen_logistics.resources.preparations import Preparations
from bumen_logistics.resources.requests import DeliveryRequests
from bumen_logistics.resources.shipments import ShipmentExceptions, Shipments, TrackingEvents
from bumen_logistics.resources.stock import Stock, StockMoves
from bumen_logistics.resources.warehouses import Locations, Warehouses

ALL = (
    DeliveryRequests,
    Preparations,
    Shipments,
    ShipmentExceptions,
    TrackingEvents,
    Cod,
    Remittances,
    FreightStatements,
    Stock,
    StockMoves,
    StockCounts,
    Warehouses,
    Locations,
    Carriers,
    Vehicles,
    FreightRates,
)
"""In the order they stand in the menu."""

__all__ = [
    "ALL",
    "Carriers",
    "Cod",
    "DeliveryRequests",
    "FreightRates",
    "FreightStatements",
    "Locations",
    "Preparations",
    "Remittances",
    "ShipmentExceptions",
    "Shipments",
    "Stock",
    "StockCounts",
    "StockMoves",
    "TrackingEvents",
    "Vehicles",
    "Warehouses",
]
