"""How a company means to sell in a year: channels, prices, promotions, and what research says."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.orm import Mapped

from bumen import Choice, Document, Tone, User, Workflow, account, field, index, transition
from bumen_sales.texts import _


class StrategyState(Choice):
    """Whether a strategy counts."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    APPROVED = "approved", _("Approved"), Tone.GOOD


class Strategy(Document):
    """A strategy is how the company means to sell in a year."""

    __tablename__ = "sales_strategy"
    __table_args__ = (
        index("year", "id"),
        index("title", "id"),
        index("state", "id"),
        index("approved_at", "id"),
    )
    workflow: ClassVar[Workflow] = Workflow(
        transition(
            "approve",
            {StrategyState.DRAFT},
            StrategyState.APPROVED,
            label=_("Approve"),
            confirm=_("An approved strategy cannot be changed any more. Approve it?"),
            clauses=("A4.1.3",),
        ),
    )

    year: Mapped[int] = field(label=_("Year"), minimum=2000, maximum=2199)
    title: Mapped[str] = field(String(200), label=_("Title"))
    channels: Mapped[str | None] = field(
        label=_("Channels"), help=_("By which ways customers are reached, and by whom.")
    )
    pricing: Mapped[str | None] = field(
        label=_("Pricing"), help=_("Prices, discounts, and what they depend on.")
    )
    promotions: Mapped[str | None] = field(
        label=_("Promotions"), help=_("What is done when, so that more is sold.")
    )
    research: Mapped[str | None] = field(
        label=_("Findings of market research"),
        help=_("What research says and what follows from it. Attach the reports as files."),
    )
    state: Mapped[StrategyState] = field(
        label=_("Status"), default=StrategyState.DRAFT, readonly=True
    )
    approved_at: Mapped[datetime | None] = field(label=_("Approved at"), readonly=True)
    approved_by: Mapped[User | None] = account(label=_("Approved by"), readonly=True)
    approved_by_id: Mapped[int | None]
