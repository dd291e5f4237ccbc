"""What lies where: stock, every move that changed it, and for whom it is reserved."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, Select, String, func, select
from sqlalchemy.orm import Mapped, selectinload

from bumen import Choice, CompanyModel, Quantity, Tone, belongs_to, field, index, unique
from bumen_base.models import Product
from bumen_logistics.models.requests import RequestLine
from bumen_logistics.models.warehouses import Location, LocationKind
from bumen_logistics.texts import _

NONE = Decimal(0)


class Stock(CompanyModel):
    """A stock is how much of one product lies at one location, and how much of it is promised.

    `on_hand`, `reserved` and `available` are changed by `services.stock` alone, each by one
    conditional UPDATE; a form of somebody who edits the minimum never writes them.
    """

    __tablename__ = "logistics_stock"
    __table_args__ = (
        unique("product_id", "location_id"),
        index("name", "id"),
        index("on_hand", "id"),
        index("reserved", "id"),
        index("available", "id"),
        index("minimum", "id"),
        index("below_minimum", "id"),
        index("moved_at", "id"),
        CheckConstraint("reserved >= 0 AND reserved <= on_hand", name="never_negative"),
        CheckConstraint("available = on_hand - reserved", name="available_is_the_rest"),
    )
    named_by = ("name",)
    in_history = False

    name: Mapped[str] = field(
        String(300), label=_("Name"), help=_("Which product lies where."), readonly=True
    )
    product: Mapped[Product] = belongs_to(Product, label=_("Product"))
    product_id: Mapped[int]
    location: Mapped[Location] = belongs_to(Location, label=_("Location"))
    location_id: Mapped[int]
    on_hand: Mapped[Quantity] = field(label=_("On hand"), default=NONE, readonly=True)
    reserved: Mapped[Quantity] = field(label=_("Reserved"), default=NONE, readonly=True)
    available: Mapped[Quantity] = field(
        label=_("Available"), help=_("On hand and not reserved."), default=NONE, readonly=True
    )
    minimum: Mapped[Quantity] = field(
        label=_("Minimum"),
        help=_("When less than this is available, the warehouse keeper is told."),
        default=NONE,
        minimum=0,
    )
    below_minimum: Mapped[bool] = field(label=_("Below minimum"), default=False, readonly=True)
    moved_at: Mapped[datetime | None] = field(label=_("Last moved"), readonly=True)


class MoveKind(Choice):
    """Why a quantity on hand changed."""

    RECEIPT = "receipt", _("Receipt"), Tone.GOOD
    ISSUE = "issue", _("Issue"), Tone.ACTIVE
    TRANSFER = "transfer", _("Transfer"), Tone.PLAIN
    COUNT = "count", _("Count"), Tone.WARNING
    RETURN = "return", _("Return"), Tone.WARNING


class StockMove(CompanyModel):
    """A stock move is one change of what is on hand: what, where, how much, when, why, by whom.

    It is never changed and never deleted: what was wrong is put right by another move.
    """

    __tablename__ = "logistics_stock_move"
    __table_args__ = (
        index("at", "id"),
        index("kind", "id"),
        index("quantity", "id"),
        index("source", "id"),
        index("created_by_id", "id"),
        CheckConstraint("quantity <> 0", name="moves_something"),
    )
    in_history = False

    at: Mapped[datetime] = field(label=_("When"), readonly=True)
    kind: Mapped[MoveKind] = field(label=_("Kind"), default=MoveKind.RECEIPT, readonly=True)
    product: Mapped[Product] = belongs_to(Product, label=_("Product"))
    product_id: Mapped[int]
    location: Mapped[Location] = belongs_to(Location, label=_("Location"))
    location_id: Mapped[int]
    quantity: Mapped[Quantity] = field(
        label=_("Quantity"), help=_("What comes in is positive, what goes out is negative.")
    )
    reason: Mapped[str | None] = field(
        String(200), label=_("Reason"), help=_("Must be given for what goes out.")
    )
    source: Mapped[str | None] = field(
        String(80), label=_("Document"), help=_("The number of the document it belongs to.")
    )
    on_hand: Mapped[Quantity] = field(label=_("On hand afterwards"), minimum=0, readonly=True)
    stock: Mapped[Stock] = belongs_to(Stock, label=_("Stock"), readonly=True)
    stock_id: Mapped[int]


class Reservation(CompanyModel):
    """A reservation is how much of a stock is kept for one line of a delivery request."""

    __tablename__ = "logistics_reservation"
    __table_args__ = (unique("request_line_id", "stock_id"),)
    in_history = False

    stock: Mapped[Stock] = belongs_to(Stock, label=_("Stock"))
    stock_id: Mapped[int]
    request_line: Mapped[RequestLine] = belongs_to(RequestLine, label=_("Line of the request"))
    request_line_id: Mapped[int]
    quantity: Mapped[Quantity] = field(label=_("Quantity"), minimum=0, readonly=True)


def stock_at(product_id: int, location_id: int) -> Select[Stock]:
    """Select the stock of a product at a location."""
    return select(Stock).where(Stock.product_id == product_id, Stock.location_id == location_id)


def stock_for_delivery(warehouse_id: int, product_ids: Iterable[int]) -> Select[Stock]:
    """Select the stock of products that a warehouse may deliver, in the order rows are locked."""
    return (
        select(Stock)
        .join(Location, Location.id == Stock.location_id)
        .where(
            Location.warehouse_id == warehouse_id,
            Location.kind == LocationKind.STOCK,
            Stock.product_id.in_(list(product_ids)),
        )
        .order_by(Stock.location_id, Stock.product_id)
    )


def available_in(warehouse_id: int, product_ids: Iterable[int]) -> Select[int, Decimal]:
    """Select how much of each of some products (ids) a warehouse can still promise."""
    return (
        select(Stock.product_id, func.sum(Stock.available))
        .join(Location, Location.id == Stock.location_id)
        .where(
            Location.warehouse_id == warehouse_id,
            Location.kind == LocationKind.STOCK,
            Stock.product_id.in_(list(product_ids)),
        )
        .group_by(Stock.product_id)
    )


def reservations_of(line_ids: Iterable[int]) -> Select[Reservation]:
    """Select what is reserved for lines of requests (ids), in the order stock rows are locked."""
    return (
        select(Reservation)
        .join(Stock, Stock.id == Reservation.stock_id)
        .where(Reservation.request_line_id.in_(list(line_ids)), Reservation.quantity > 0)
        .order_by(Stock.location_id, Stock.product_id)
    )


def receipts_by_age(
    since: Sequence[datetime], *seen: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """Select stock that is on hand with what came in since each of some moments, latest first,
    and before the moment ahead of it.
    """
    ends = (None, *since)
    columns = [
        func.sum(StockMove.quantity).filter(
            StockMove.quantity > 0,
            StockMove.at >= begin,
            *([] if end is None else [StockMove.at < end]),
        )
        for begin, end in zip(since, ends, strict=False)
    ]
    return (
        select(Stock, *columns)
        .outerjoin(StockMove, StockMove.stock_id == Stock.id)
        .where(Stock.on_hand > 0, *seen)
        .group_by(Stock.id)
        .order_by(Stock.location_id, Stock.product_id)
        .options(selectinload(Stock.product), selectinload(Stock.location))
    )


def first_move() -> Select[int]:
    """Select the id of any move there is."""
    return select(StockMove.id).limit(1)
