"""Goods are kept for who was promised them: reserved, released, taken away."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from bumen import User, session
from bumen_base.models import ProductKind
from bumen_logistics.errors import NotEnoughStock
from bumen_logistics.errors.stock import Shortage
from bumen_logistics.models import (
    MoveKind,
    RequestLine,
    Reservation,
    Stock,
    StockMove,
    Warehouse,
    reservations_of,
    stock_for_delivery,
)
from bumen_logistics.services.stock import NONE, change_stock, write_move


def reserve(
    quantities: Mapping[RequestLine, Decimal],
    warehouse: Warehouse,
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Keep goods of a warehouse for lines of requests, all of them or none.

    The rows are locked first, by (location, product). Refuses what is not available and names each
    product: `NotEnoughStock`. What is in quarantine is never kept for anybody.
    """
    wanted = {line: much for line, much in _goods(quantities).items() if much > 0}
    products = {line.product_id for line in wanted}
    rows = list(
        session().scalars(
            stock_for_delivery(warehouse.id, products)
            .with_for_update(of=Stock)
            .execution_options(populate_existing=True)
        )
    )
    for stock, line, taken in _shares(wanted, rows):
        change_stock(stock, reserved=taken, at=at)
        _note(stock, line, taken)


def release_reservations(lines: Iterable[RequestLine], *, by: User | None, at: datetime) -> None:
    """Let go of all that is kept for lines of requests."""
    for kept in _locked(lines):
        change_stock(kept.stock, reserved=-kept.quantity, at=at)
        kept.quantity = NONE


def release_some(
    quantities: Mapping[RequestLine, Decimal], *, by: User | None, at: datetime
) -> None:
    """Let go of so much of what is kept for lines of requests, at most of all that is."""
    left = {line.id: quantity for line, quantity in quantities.items()}
    for kept in _locked(quantities):
        freed = min(left[kept.request_line_id], kept.quantity)
        if freed > 0:
            change_stock(kept.stock, reserved=-freed, at=at)
            kept.quantity -= freed
            left[kept.request_line_id] -= freed


def issue_reserved(
    quantities: Mapping[RequestLine, Decimal],
    *,
    by: User | None,
    at: datetime,
    source: str,
) -> list[StockMove]:
    """Take goods away that are kept for lines of requests, all of them or none.

    Refuses more than is kept for a line: `NotEnoughStock`; services are kept nowhere. `source` is
    the number of the document they leave with.
    """
    quantities = _goods(quantities)
    left = {line.id: quantity for line, quantity in quantities.items() if quantity > 0}
    moves = []
    for kept in _locked(quantities):
        taken = min(left.get(kept.request_line_id, NONE), kept.quantity)
        if taken > 0:
            change_stock(kept.stock, on_hand=-taken, reserved=-taken, at=at)
            kept.quantity -= taken
            left[kept.request_line_id] -= taken
            moves.append(write_move(kept.stock, -taken, kind=MoveKind.ISSUE, at=at, source=source))
    _refuse_unless_all(quantities, left)
    return moves


def reserved_for(lines: Iterable[RequestLine]) -> dict[int, Decimal]:
    """Return how much is kept for each of some lines, by the line's id."""
    found = session().scalars(reservations_of([line.id for line in lines]))
    kept: dict[int, Decimal] = {}
    for one in found:
        kept[one.request_line_id] = kept.get(one.request_line_id, NONE) + one.quantity
    return kept


def _goods(quantities: Mapping[RequestLine, Decimal]) -> Mapping[RequestLine, Decimal]:
    return {
        line: quantity
        for line, quantity in quantities.items()
        if line.product.kind is ProductKind.GOODS
    }


def _locked(lines: Iterable[RequestLine]) -> list[Reservation]:
    """Return what is kept for lines, with its stock rows locked in their order."""
    query = reservations_of([line.id for line in lines])
    found = list(session().scalars(query))
    ids = [one.stock_id for one in found]
    locked = select(Stock).where(Stock.id.in_(ids)).order_by(Stock.location_id, Stock.product_id)
    session().scalars(locked.with_for_update().execution_options(populate_existing=True)).all()
    return list(session().scalars(query.execution_options(populate_existing=True)))


def _shares(
    wanted: Mapping[RequestLine, Decimal], rows: Iterable[Stock]
) -> list[tuple[Stock, RequestLine, Decimal]]:
    """Share out what is available among the lines; refuses when it is not enough."""
    rest = {stock: stock.available for stock in rows}
    shares, short = [], []
    for line, quantity in wanted.items():
        left = quantity
        for stock in (one for one in rest if one.product_id == line.product_id):
            taken = min(left, rest[stock])
            if taken > 0:
                rest[stock] -= taken
                left -= taken
                shares.append((stock, line, taken))
        if left > 0:
            short.append(_shortage(line, quantity, quantity - left))
    if short:
        raise NotEnoughStock(short)
    return sorted(shares, key=lambda one: (one[0].location_id, one[0].product_id))


def _shortage(line: RequestLine, wanted: Decimal, available: Decimal) -> Shortage:
    place = f"lines.{line.position}.quantity"
    return Shortage(product=line.product, wanted=wanted, available=available, place=place)


def _refuse_unless_all(
    quantities: Mapping[RequestLine, Decimal], left: Mapping[int, Decimal]
) -> None:
    short = [
        _shortage(line, wanted, wanted - left[line.id])
        for line, wanted in quantities.items()
        if left.get(line.id, NONE) > 0
    ]
    if short:
        raise NotEnoughStock(short)


def _note(stock: Stock, line: RequestLine, quantity: Decimal) -> None:
    query = select(Reservation).where(
        Reservation.request_line_id == line.id, Reservation.stock_id == stock.id
    )
    kept = session().scalar(query)
    if kept is None:
        kept = Reservation(stock=stock, request_line=line, quantity=NONE)
        session().add(kept)
    kept.quantity += quantity
