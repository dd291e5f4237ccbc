"""What the house remembers of its rounds: what it does again and again for all companies."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Select, String, Update, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bumen.jobs.models import LONGEST_KEY
from bumen.model import Model


class RoundEntry(Model):
    """A round's entry is when something was last done for all companies, and is done next.

    While a worker does it, `next_at` is when another may, should that one have died.
    """

    __tablename__ = "core_round"
    in_history: ClassVar[bool] = False

    name: Mapped[str] = mapped_column(String(LONGEST_KEY), primary_key=True)
    next_at: Mapped[datetime]
    last_at: Mapped[datetime | None]
    failed: Mapped[bool] = mapped_column(default=False)


def round_entries() -> Select[RoundEntry]:
    """Select the entry of every round that was ever done."""
    return select(RoundEntry)


def due_round(name: str, *, at: datetime) -> Update:
    """Change a round as long as it is due."""
    return _changed(name).where(RoundEntry.next_at <= at)


def held_round(name: str, *, until: datetime) -> Update:
    """Change a round as long as it is held until this moment."""
    return _changed(name).where(RoundEntry.next_at == until)


def _changed(name: str) -> Update:
    mine = update(RoundEntry).where(RoundEntry.name == name)
    return mine.execution_options(synchronize_session=False)
