"""What is still to be told after a commit: nothing is lost, nothing is told twice.

An entry is written in the unit of work that published the event, and deleted in the unit of work
of the subscriber that heard it. Whoever fails is told again later, each time a little later. An
entry for a department that is off waits until it is on again.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen.company.models import Company
from bumen.model import Model
from bumen.values import BIG_ID

_LONGEST_WAIT = timedelta(hours=6)


class OutboxEntry(Model):
    """An event that one subscriber has still to hear."""

    __tablename__ = "core_outbox"
    __table_args__ = (Index(None, "company_id", "due_at", "id"),)

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    plugin: Mapped[str] = mapped_column(String(40))
    event: Mapped[str] = mapped_column(String(120))
    handler: Mapped[str] = mapped_column(String(200))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    error: Mapped[str | None]

    def postpone(self, why: str, *, now: datetime) -> None:
        """Try again later, each time after twice as long."""
        self.attempts += 1
        self.error = why[:2000]
        self.due_at = now + min(timedelta(seconds=2**self.attempts), _LONGEST_WAIT)


def waiting(company_id: int, *, plugins: frozenset[str], now: datetime) -> Select[OutboxEntry]:
    """Select what is due for the departments that are on, oldest first, and lock it."""
    return (
        select(OutboxEntry)
        .where(OutboxEntry.company_id == company_id, OutboxEntry.due_at <= now)
        .where(OutboxEntry.plugin.in_(plugins))
        .order_by(OutboxEntry.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def companies_waiting(*, now: datetime) -> Select[str]:
    """Select the codes of the companies for which something is due."""
    due = select(OutboxEntry.company_id).where(OutboxEntry.due_at <= now)
    return select(Company.code).where(Company.active, Company.id.in_(due)).order_by(Company.code)
