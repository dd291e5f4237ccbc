"""What an address wants of the history of settings: which kind, whose deeds, which days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import request

from bumen.documents.history import HistoryEntry
from bumen.documents.history.models import AT_ONCE
from bumen.documents.history.settings import Wanted, settings_history
from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.unit_of_work import company_now, session
from bumen.web.days import day_asked, refuse_turned_round
from bumen.web.people.addresses import is_account
from bumen.web.settings_history.kinds import KINDS
from bumen.web.talk import before_asked

_ = translator(__file__, "bumen")

VIEW = "core.History"
DAYS = ("since", "until")
_KNOWN = {"kind", "by", *DAYS, "before", "size", "_l_"}


@dataclass(frozen=True, kw_only=True)
class AskedHistory:
    """What is asked of the history of settings, as it was typed."""

    kind: str = ""
    by: int | None = None
    since: date | None = None
    until: date | None = None
    before: int | None = None

    @property
    def wanted(self) -> Wanted:
        """What is wanted, for the query."""
        kinds = [KINDS[self.kind]] if self.kind else KINDS.values()
        last = None if self.until is None else self.until + timedelta(days=1)
        return Wanted(
            resources=[key for kind in kinds for key in kind.resources],
            by_id=self.by,
            since=_begin_of(self.since),
            until=_begin_of(last),
            before=self.before,
        )

    @property
    def query(self) -> dict[str, str]:
        """The arguments of an address that ask for the same from the beginning."""
        told = {"kind": self.kind, "by": self.by, "since": self.since, "until": self.until}
        return {name: str(value) for name, value in told.items() if value}


@dataclass(frozen=True, kw_only=True)
class SettingsPage:
    """Some entries, the latest first; `next` is what to go on before, None at the end."""

    entries: Sequence[HistoryEntry]
    next: int | None


def asked_history() -> AskedHistory:
    """Read what an address asks for; `Malformed` for what cannot be asked."""
    asked = asked_of_any_day()
    since, until = day_asked("since"), day_asked("until")
    refuse_turned_round(since, until)
    return replace(asked, since=since, until=until)


def asked_of_any_day() -> AskedHistory:
    """Read what an address asks for, whatever days it names; `Malformed` as above."""
    for name in request.args:
        if name not in _KNOWN:
            _refuse(name)
    kind, by = request.args.get("kind", ""), request.args.get("by", "")
    if kind and kind not in KINDS:
        _refuse("kind")
    if by and not is_account(by):
        _refuse("by")
    return AskedHistory(kind=kind, by=int(by) if by else None, before=before_asked())


def page_of_settings(asked: AskedHistory, *, size: int = AT_ONCE) -> SettingsPage:
    """Return a page of the history, with one statement."""
    query = settings_history(company_now().id, asked.wanted, limit=size + 1)
    found = session().scalars(query).all()
    entries = found[:size]
    return SettingsPage(entries=entries, next=entries[-1].number if len(found) > size else None)


def _begin_of(day: date | None) -> datetime | None:
    zone = ZoneInfo(company_now().timezone)
    return None if day is None else datetime.combine(day, time.min, zone)


def _refuse(name: str) -> None:
    said = _("This value is not allowed.")
    raise Malformed(said, fields={name: [said]})
