"""What the host remembers of every change: entries that are only added, and how many there are."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    func,
    select,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from bumen.i18n import translator
from bumen.model import Model
from bumen.values import Choice, Tone

_ = translator(__file__, "bumen")

AT_ONCE = 20
"""So many entries are read at once."""
OF_SETTINGS = "resource LIKE 'core%'"
"""What is true of entries that are not about a department's records."""


class HistoryKind(Choice):
    """What became of a record."""

    MADE = "made", _("Created"), Tone.GOOD
    CHANGED = "changed", _("Changed"), Tone.PLAIN
    DONE = "done", _("Done"), Tone.ACTIVE
    DELETED = "deleted", _("Deleted"), Tone.BAD


class HistoryEntry(Model):
    """A history entry is what one unit of work did to one record: never changed, never deleted.

    `number` counts the company's entries without a gap. `action` and `opinion` say which action of
    the resource was done and why; `by_name` is what the person was called. `hash` seals the entry
    together with all before it.
    """

    __tablename__ = "core_history"
    __table_args__ = (
        Index("ix_core_history_record", "company_id", "resource", "record_id", "number"),
        Index(
            "ix_core_history_settings",
            "company_id",
            "number",
            sqlite_where=text(OF_SETTINGS),
            postgresql_where=text(OF_SETTINGS),
        ),
    )

    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id"), primary_key=True)
    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    resource: Mapped[str] = mapped_column(String(120))
    record_id: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(Text)
    kind: Mapped[HistoryKind]
    action: Mapped[str | None] = mapped_column(String(80))
    opinion: Mapped[str | None] = mapped_column(Text)
    way: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Integer)
    by_name: Mapped[str] = mapped_column(Text)
    changes: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str] = mapped_column(String(64))


class HistoryHead(Model):
    """A history head is how many entries a company has and the seal of the last, signed.

    `doubted` is the entry before which the signature was found not to fit; `key` tells by which
    secret it was signed.
    """

    __tablename__ = "core_history_head"

    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id"), primary_key=True)
    count: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))
    doubted: Mapped[int | None] = mapped_column(BigInteger)
    key: Mapped[str] = mapped_column(String(16))
    signature: Mapped[str] = mapped_column(String(64))


def history_of(
    company_id: int, *, resource: str, record_id: int, before: int | None = None, limit: int
) -> Select[HistoryEntry]:
    """Select the entries of a record, the latest first; `before` is the number to go on from.

    Databases may give the id of a deleted record to a new one: its history begins where it was
    made.
    """
    theirs = (
        HistoryEntry.company_id == company_id,
        HistoryEntry.resource == resource,
        HistoryEntry.record_id == record_id,
    )
    begun = (
        select(func.coalesce(func.max(HistoryEntry.number), 0))
        .where(*theirs, HistoryEntry.kind == HistoryKind.MADE)
        .scalar_subquery()
    )
    query = select(HistoryEntry).where(*theirs, HistoryEntry.number >= begun)
    if before is not None:
        query = query.where(HistoryEntry.number < before)
    return query.order_by(HistoryEntry.number.desc()).limit(limit)
