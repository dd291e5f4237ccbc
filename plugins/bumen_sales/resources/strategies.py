"""How the company means to sell, as people see it."""

from bumen import Resource, Section, step, timed
from bumen_sales.models.strategies import Strategy, StrategyState
from bumen_sales.services.strategies import approve_strategy, draft_strategy
from bumen_sales.texts import _


class Strategies(Resource):
    """How the company means to sell, year by year."""

    model = Strategy
    title = _("Sales strategies")
    columns = ("number", "title", "year", "state", "approved_at", "approved_by")
    fields = ("year", "title", "channels", "pricing", "promotions", "research")
    search = ("number", "title")
    sections = (
        Section(_("How is sold"), ("channels", "pricing", "promotions")),
        Section(_("Market research"), ("research",)),
    )
    open_in = frozenset({StrategyState.DRAFT})
    copies = True
    empty = _("Write down how you mean to sell this year: channels, prices, promotions.")
    clauses = ("A4.1.1",)
    actions = (step(Strategy.workflow, "approve", timed(approve_strategy)),)
    on_create = staticmethod(draft_strategy)
