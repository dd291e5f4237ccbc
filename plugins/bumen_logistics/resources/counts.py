"""Stock counts, as people see them."""

from bumen import Lines, Resource, dated, step, timed
from bumen_logistics.models import CountState, StockCount, StockCountLine
from bumen_logistics.services import approve_count, draft_count, revise_count, submit_count
from bumen_logistics.texts import _


class StockCountLines(Lines):
    """What was found, one product a line."""

    model = StockCountLine
    title = _("Counted goods")
    fields = ("product", "counted", "reason")
    shown = ("booked", "difference")


class StockCounts(Resource):
    """What was found when people looked."""

    model = StockCount
    title = _("Stock counts")
    columns = ("number", "location", "counted_on", "state")
    fields = ("location", "counted_on")
    search = ("number", "location.code")
    beyond = ("lines.product",)
    lines = (StockCountLines,)
    open_in = frozenset({CountState.DRAFT})
    empty = _("Nothing has been counted. Choose a location and write down what is there.")
    actions = (
        step(StockCount.workflow, "submit", submit_count),
        step(StockCount.workflow, "return"),
        step(StockCount.workflow, "approve", timed(approve_count)),
    )
    on_create = staticmethod(dated(draft_count))
    on_change = staticmethod(revise_count)
