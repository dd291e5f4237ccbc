"""What logistics refuses, one class a refusal."""

from bumen_logistics.errors.counts import CountedTwice, CountIsEmpty, DifferencesNeedReasons
from bumen_logistics.errors.preparations import (
    CauseIsMissing,
    DateHasPassed,
    LinesAreFixed,
    PreparedBeyond,
)
from bumen_logistics.errors.requests import (
    GoodsHaveLeft,
    NothingIsWanted,
    NothingToPickUp,
    NothingToPrepare,
    NoWarehouse,
    ReasonIsMissing,
    RequestIsEmpty,
    RequestIsIncomplete,
    ShippedBeyond,
)
from bumen_logistics.errors.stock import (
    IssueNeedsReason,
    NotEnoughStock,
    NothingMoves,
    SameLocation,
    ServicesAreNotKept,
    StockIsFixed,
)

__all__ = [
    "CauseIsMissing",
    "CountIsEmpty",
    "CountedTwice",
    "DateHasPassed",
    "DifferencesNeedReasons",
    "GoodsHaveLeft",
    "IssueNeedsReason",
    "LinesAreFixed",
    "NoWarehouse",
    "NotEnoughStock",
    "NothingIsWanted",
    "NothingMoves",
    "NothingToPickUp",
    "NothingToPrepare",
    "PreparedBeyond",
    "ReasonIsMissing",
    "RequestIsEmpty",
    "RequestIsIncomplete",
    "SameLocation",
    "ServicesAreNotKept",
    "ShippedBeyond",
    "StockIsFixed",
]
