"""The history of settings: of what administrators decide, beside the records people write."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, literal_column, select

from bumen.documents.history.models import OF_SETTINGS, HistoryEntry


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is wanted of a history of settings: of which kinds, by whom, from when to when.

    `resources` are what the entries are kept under. An entry counts from `since` on, and before
    `until`; `before` is the number of the entry to go on from.
    """

    resources: Collection[str]
    by_id: int | None = None
    record_id: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    before: int | None = None


def settings_history(company_id: int, wanted: Wanted, *, limit: int) -> Select[HistoryEntry]:
    """Select entries about settings of a company, the latest first."""
    query = select(HistoryEntry).where(
        HistoryEntry.company_id == company_id,
        literal_column(OF_SETTINGS),
        HistoryEntry.resource.in_(sorted(wanted.resources)),
    )
    if wanted.by_id is not None:
        query = query.where(HistoryEntry.by_id == wanted.by_id)
    if wanted.record_id is not None:
        query = query.where(HistoryEntry.record_id == wanted.record_id)
    if wanted.since is not None:
        query = query.where(HistoryEntry.at >= wanted.since)
    if wanted.until is not None:
        query = query.where(HistoryEntry.at < wanted.until)
    if wanted.before is not None:
        query = query.where(HistoryEntry.number < wanted.before)
    return query.order_by(HistoryEntry.number.desc()).limit(limit)
