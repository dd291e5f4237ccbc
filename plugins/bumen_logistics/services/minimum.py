"""How much should always be there, and moves that people book themselves."""

from datetime import datetime
from decimal import Decimal

from bumen import User
from bumen_base.models import ProductKind
from bumen_logistics.errors import (
    IssueNeedsReason,
    NothingMoves,
    ServicesAreNotKept,
    StockIsFixed,
)
from bumen_logistics.models import Location, MoveKind, Stock, StockMove
from bumen_logistics.services.changes import was_written
from bumen_logistics.services.stock import (
    change_stock,
    issue_goods,
    name_of,
    receive_goods,
    stock_of,
    transfer_goods,
)


def keep_in_stock(stock: Stock, *, by: User | None) -> None:
    """Begin to keep a product at a location, with nothing on hand yet; refuses services."""
    if stock.product.kind is ProductKind.SERVICE:
        raise ServicesAreNotKept(stock.product)
    stock.name = name_of(stock.product, stock.location)
    stock.below_minimum = (stock.minimum or 0) > 0


def change_minimum(stock: Stock, *, by: User | None) -> None:
    """Change how much should always be there; product and location stay what they are."""
    if was_written(stock, "product", "location"):
        raise StockIsFixed
    stock.below_minimum = stock.available < stock.minimum


def book_move(move: StockMove, *, by: User | None, at: datetime) -> None:
    """Book what somebody wrote down: a receipt of so much, or an issue of so much with a reason.

    Opening stock is brought in this way. Refuses more than is available.
    """
    if not move.quantity:
        raise NothingMoves
    if move.quantity < 0 and not (move.reason or "").strip():
        raise IssueNeedsReason
    stock = stock_of(move.product, move.location)
    change_stock(stock, on_hand=move.quantity, at=at)
    move.kind = MoveKind.RECEIPT if move.quantity > 0 else MoveKind.ISSUE
    move.stock, move.on_hand, move.at = stock, stock.on_hand, at


def bring_in(
    stock: Stock, *, by: User | None, at: datetime, quantity: Decimal, reason: str | None = None
) -> None:
    """Receive more of what lies here."""
    receive_goods(stock.product, stock.location, quantity, by=by, at=at, reason=reason)


def take_out(
    stock: Stock, *, by: User | None, at: datetime, quantity: Decimal, reason: str
) -> None:
    """Take out some of what lies here and is not reserved, saying why."""
    issue_goods(stock.product, stock.location, quantity, by=by, at=at, reason=reason.strip())


def move_away(
    stock: Stock,
    *,
    by: User | None,
    at: datetime,
    quantity: Decimal,
    location: Location,
    reason: str | None = None,
) -> None:
    """Move some of what lies here, and is not reserved, to another location."""
    transfer_goods(
        stock.product,
        quantity,
        start=stock.location,
        end=location,
        by=by,
        at=at,
        reason=reason,
    )
