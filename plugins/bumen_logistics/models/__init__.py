"""What logistics remembers: data, and what must always hold."""

from bumen_logistics.models.counts import CountState, StockCount, StockCountLine
from bumen_logistics.models.preparations import (
    AHEAD,
    Preparation,
    PreparationLine,
    PreparationState,
    late_preparations,
    lines_ahead,
    preparations_of,
)
from bumen_logistics.models.requests import (
    DeliveryRequest,
    RequestLine,
    RequestState,
    request_from,
)
from bumen_logistics.models.stock import (
    MoveKind,
    Reservation,
    Stock,
    StockMove,
    available_in,
    first_move,
    reservations_of,
    stock_at,
    stock_for_delivery,
)
from bumen_logistics.models.warehouses import (
    Location,
    LocationKind,
    Warehouse,
    first_warehouse,
    locations_of,
)

__all__ = [
    "AHEAD",
    "CountState",
    "DeliveryRequest",
    "Location",
    "LocationKind",
    "MoveKind",
    "Preparation",
    "PreparationLine",
    "PreparationState",
    "RequestLine",
    "RequestState",
    "Reservation",
    "Stock",
    "StockCount",
    "StockCountLine",
    "StockMove",
    "Warehouse",
    "available_in",
    "first_move",
    "first_warehouse",
    "late_preparations",
    "lines_ahead",
    "locations_of",
    "preparations_of",
    "request_from",
    "reservations_of",
    "stock_at",
    "stock_for_delivery",
]
