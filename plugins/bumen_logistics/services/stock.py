"""Stock changes by moves and by nothing else, each one conditional UPDATE: never below zero."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import case, update
from sqlalchemy.exc import IntegrityError

from bumen import User, publish, session
from bumen_base.models import Product, ProductKind
from bumen_logistics.errors import (
    IssueNeedsReason,
    NotEnoughStock,
    NothingMoves,
    SameLocation,
    ServicesAreNotKept,
)
from bumen_logistics.errors.stock import Shortage
from bumen_logistics.events import StockRanLow
from bumen_logistics.models import Location, MoveKind, Stock, StockMove, stock_at

NONE = Decimal(0)


def receive_goods(
    product: Product,
    location: Location,
    quantity: Decimal,
    *,
    by: User | None,
    at: datetime,
    reason: str | None = None,
    source: str | None = None,
    kind: MoveKind = MoveKind.RECEIPT,
) -> StockMove:
    """Put goods into stock; refuses nothing (`NothingMoves`) and services."""
    stock = stock_of(product, location)
    change_stock(stock, on_hand=_some(quantity), at=at)
    return write_move(stock, quantity, kind=kind, at=at, reason=reason, source=source)


def issue_goods(
    product: Product,
    location: Location,
    quantity: Decimal,
    *,
    by: User | None,
    at: datetime,
    reason: str | None = None,
    source: str | None = None,
    kind: MoveKind = MoveKind.ISSUE,
) -> StockMove:
    """Take goods out of what is not reserved; refuses more than is available, and no reason.

    What belongs to a document (`source`) needs no other reason.
    """
    _refuse_unexplained(reason, source)
    stock = stock_of(product, location)
    change_stock(stock, on_hand=-_some(quantity), at=at)
    return write_move(stock, -quantity, kind=kind, at=at, reason=reason, source=source)


def transfer_goods(
    product: Product,
    quantity: Decimal,
    *,
    start: Location,
    end: Location,
    by: User | None,
    at: datetime,
    reason: str | None = None,
    source: str | None = None,
) -> tuple[StockMove, StockMove]:
    """Move goods from one location to another: two moves, or none.

    The rows are locked by the ids of their locations, whichever way the goods go.
    """
    if start is end:
        raise SameLocation
    ways = {start.id: (start, -_some(quantity)), end.id: (end, quantity)}
    moves = {}
    for ident in sorted(ways):
        place, change = ways[ident]
        stock = stock_of(product, place)
        change_stock(stock, on_hand=change, at=at)
        moves[ident] = write_move(
            stock, change, kind=MoveKind.TRANSFER, at=at, reason=reason, source=source
        )
    return moves[start.id], moves[end.id]


def correct_stock(
    product: Product,
    location: Location,
    difference: Decimal,
    *,
    by: User | None,
    at: datetime,
    reason: str | None = None,
    source: str | None = None,
) -> StockMove:
    """Put right what was counted otherwise; refuses to go below what is reserved."""
    _refuse_unexplained(reason, source)
    if not difference:
        raise NothingMoves
    stock = stock_of(product, location)
    change_stock(stock, on_hand=difference, at=at)
    return write_move(stock, difference, kind=MoveKind.COUNT, at=at, reason=reason, source=source)


def stock_of(product: Product, location: Location) -> Stock:
    """Return the stock of a product at a location, made when it is the first time.

    Two who make it at once make it once.
    """
    if product.kind is ProductKind.SERVICE:
        raise ServicesAreNotKept(product)
    query = stock_at(product.id, location.id)
    with session().no_autoflush:
        found: Stock | None = session().scalar(query)
    if found is not None:
        return found
    try:
        with session().begin_nested():
            made = Stock(name=name_of(product, location), product=product, location=location)
            session().add(made)
            session().flush()
    except IntegrityError:
        return session().scalars(query).one()
    return made


def change_stock(
    stock: Stock,
    *,
    at: datetime,
    on_hand: Decimal = NONE,
    reserved: Decimal = NONE,
) -> None:
    """Change what is on hand and reserved by so much, or refuse: `NotEnoughStock`.

    The condition stands in the UPDATE itself, so that of two who take the last piece one is told.
    """
    was_below = stock.below_minimum
    changed = session().scalar(_change(stock.id, on_hand=on_hand, reserved=reserved, at=at))
    session().refresh(stock)
    if changed is None:
        wanted = reserved - on_hand
        raise NotEnoughStock(
            [Shortage(product=stock.product, wanted=wanted, available=stock.available)]
        )
    if stock.below_minimum and not was_below:
        publish(StockRanLow(stock.id))


def name_of(product: Product, location: Location) -> str:
    """Return what the stock of a product at a location is called."""
    return f"{product}, {location}"[:300]


def _change(ident: int, *, on_hand: Decimal, reserved: Decimal, at: datetime) -> Any:
    """Return the statement that changes a stock, and tells its id unless it would overdraw it."""
    more = on_hand - reserved
    return (
        update(Stock)
        .where(
            Stock.id == ident,
            Stock.available + more >= NONE,
            Stock.reserved + reserved >= NONE,
        )
        .values(
            on_hand=Stock.on_hand + on_hand,
            reserved=Stock.reserved + reserved,
            available=Stock.available + more,
            below_minimum=case((Stock.available + more < Stock.minimum, True), else_=False),
            moved_at=at,
        )
        .returning(Stock.id)
        .execution_options(synchronize_session=False)
    )


def _refuse_unexplained(reason: str | None, source: str | None) -> None:
    """Refuse what belongs to no document and has no reason, or one of blanks."""
    if not (source or (reason or "").strip()):
        raise IssueNeedsReason


def _some(quantity: Decimal) -> Decimal:
    if quantity <= 0:
        raise NothingMoves
    return quantity


def write_move(
    stock: Stock,
    quantity: Decimal,
    *,
    kind: MoveKind,
    at: datetime,
    reason: str | None = None,
    source: str | None = None,
) -> StockMove:
    """Write down a move that `change_stock` has made."""
    move = StockMove(
        kind=kind,
        product=stock.product,
        location=stock.location,
        stock=stock,
        quantity=quantity,
        on_hand=stock.on_hand,
        at=at,
        reason=reason,
        source=source,
    )
    session().add(move)
    return move
