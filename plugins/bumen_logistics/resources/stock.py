"""Stock and its moves, as people see them."""

from sqlalchemy import String

from bumen import Action, Argument, Chart, RecordOf, Related, Resource, timed
from bumen_logistics import models
from bumen_logistics.services import (
    book_move,
    bring_in,
    change_minimum,
    keep_in_stock,
    move_away,
    take_out,
)
from bumen_logistics.texts import _


class StockMoves(Resource):
    """Every change of stock: receipts and issues are booked here, all others by documents."""

    model = models.StockMove
    title = _("Stock moves")
    columns = ("at", "kind", "product", "location", "quantity", "on_hand", "source", "reason")
    fields = ("product", "location", "quantity", "reason")
    filters = ("at", "kind", "product", "location", "quantity", "source", "stock")
    search = ("source", "reason", "product.code", "product.name")
    beyond = ("product.category", "location.warehouse")
    views = (Chart(by="at.month"),)
    empty = _("Nothing has moved yet. Book what lies in the warehouse: each product, how much.")
    can = frozenset({"create"})
    on_create = staticmethod(timed(book_move))

    @classmethod
    def sorted(cls) -> tuple[str, ...]:
        """Leave out what no list of moves is ordered by."""
        return tuple(name for name in super().sorted() if name not in {"on_hand", "reason"})


QUANTITY = Argument(
    "quantity", models.StockMove.__table__.c.quantity.type, label=_("Quantity"), minimum=0
)
"""How much somebody moves by hand."""


def reason(*, required: bool) -> Argument:
    """Ask why goods are moved."""
    return Argument("reason", String(200), label=_("Reason"), required=required)


class Stock(Resource):
    """How much of each product lies where, and how much of it is promised."""

    model = models.Stock
    title = _("Stock")
    columns = ("name", "on_hand", "reserved", "available", "minimum")
    fields = ("product", "location", "minimum")
    filters = (*columns, "product", "location", "below_minimum", "moved_at")
    order = "name"
    search = ("product.code", "product.name", "location.code")
    beyond = ("product.category", "location.warehouse", "location.kind")
    totals = ("on_hand", "reserved", "available")
    grouped = ("product", "location", "below_minimum")
    related = (Related(StockMoves, by="stock"),)
    can = frozenset({"create", "change"})
    actions = (
        Action(
            "receive_goods",
            _("Receive goods"),
            timed(bring_in),
            arguments=(QUANTITY, reason(required=False)),
        ),
        Action(
            "transfer",
            _("Move to another location"),
            timed(move_away),
            arguments=(
                QUANTITY,
                Argument("location", RecordOf(models.Location), label=_("Location")),
                reason(required=False),
            ),
        ),
        Action(
            "issue_goods",
            _("Take out"),
            timed(take_out),
            arguments=(QUANTITY, reason(required=True)),
        ),
    )
    on_create = staticmethod(keep_in_stock)
    on_change = staticmethod(change_minimum)
    empty = _("Nothing is kept yet. Book a receipt of goods, or say how much should be there.")
