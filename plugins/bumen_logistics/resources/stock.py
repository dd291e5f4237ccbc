"""Stock and its moves, as people see them."""

from bumen import Chart, Related, Resource, timed
from bumen_logistics import models
from bumen_logistics.services import book_move, change_minimum, keep_in_stock
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


class Stock(Resource):
    """How much of each product lies where, and how much of it is promised."""

    model = models.Stock
    title = _("Stock")
    columns = ("product", "location", "on_hand", "reserved", "available", "minimum")
    fields = ("product", "location", "minimum")
    filters = (*columns, "below_minimum", "moved_at")
    search = ("product.code", "product.name", "location.code")
    beyond = ("product.category", "location.warehouse", "location.kind")
    totals = ("on_hand", "reserved", "available")
    grouped = ("product", "location", "below_minimum")
    related = (Related(StockMoves, by="stock"),)
    can = frozenset({"create", "change"})
    on_create = staticmethod(keep_in_stock)
    on_change = staticmethod(change_minimum)
    empty = _("Nothing is kept yet. Book a receipt of goods, or say how much should be there.")
