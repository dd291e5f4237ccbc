"""What several rows of logistics must come to together, whoever wrote them."""

from sqlalchemy import func, select

from bumen import Check
from bumen_logistics.models import Reservation, Stock, StockMove

_MOVED = (
    select(func.coalesce(func.sum(StockMove.quantity), 0))
    .where(StockMove.company_id == Stock.company_id, StockMove.stock_id == Stock.id)
    .scalar_subquery()
)
_KEPT = (
    select(func.coalesce(func.sum(Reservation.quantity), 0))
    .where(Reservation.company_id == Stock.company_id, Reservation.stock_id == Stock.id)
    .scalar_subquery()
)

STOCK_CHECKS = (
    Check(
        table="logistics_stock",
        sentence="What is on hand is what the moves add up to.",
        broken=select(Stock.id).where(Stock.on_hand != _MOVED),
    ),
    Check(
        table="logistics_stock",
        sentence="What is reserved is what the reservations add up to.",
        broken=select(Stock.id).where(Stock.reserved != _KEPT),
    ),
)
CHECKS = (*STOCK_CHECKS,)
