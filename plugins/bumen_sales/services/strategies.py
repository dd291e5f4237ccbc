"""How a company means to sell: written down by whoever leads sales, approved by the director."""

from datetime import date, datetime

from bumen import Text, User, next_number
from bumen_sales.errors import StrategyIsIncomplete
from bumen_sales.models.strategies import Strategy
from bumen_sales.texts import _

NUMBERED_STRATEGIES = "sales.strategy"
NEEDED: dict[str, Text] = {
    "channels": _("Please say by which channels is sold."),
    "pricing": _("Please say how prices are made."),
    "promotions": _("Please say which promotions are planned."),
}
"""What an approved strategy must say, and what to say where it does not."""


def draft_strategy(strategy: Strategy, *, by: User | None) -> None:
    """Begin a strategy; it is numbered in its year."""
    strategy.number = next_number(kind=NUMBERED_STRATEGIES, on=date(strategy.year, 1, 1))


def approve_strategy(strategy: Strategy, *, by: User | None, at: datetime) -> None:
    """Make a strategy count. Refuses one that leaves something open. Source: A4.1.3."""
    missing = {name: said for name, said in NEEDED.items() if not getattr(strategy, name)}
    if missing:
        raise StrategyIsIncomplete(missing)
    strategy.move("approve", by=by)
    strategy.approved_at, strategy.approved_by = at, by
