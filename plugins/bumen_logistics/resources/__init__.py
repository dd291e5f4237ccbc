"""What people see and do in logistics."""

from bumen_logistics.resources.counts import StockCounts
from bumen_logistics.resources.preparations import Preparations
from bumen_logistics.resources.requests import DeliveryRequests
from bumen_logistics.resources.stock import Stock, StockMoves
from bumen_logistics.resources.warehouses import Locations, Warehouses

ALL = (
    DeliveryRequests,
    Preparations,
    Stock,
    StockMoves,
    StockCounts,
    Warehouses,
    Locations,
)
"""In the order they stand in the menu."""

__all__ = [
    "ALL",
    "DeliveryRequests",
    "Locations",
    "Preparations",
    "Stock",
    "StockCounts",
    "StockMoves",
    "Warehouses",
]
