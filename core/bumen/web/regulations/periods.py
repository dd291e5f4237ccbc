"""The period that evidence is asked for: from one day through another, where the company is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bumen.regulations.evidence import Period
from bumen.unit_of_work import company_now, today
from bumen.web.days import day_asked, refuse_turned_round


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days of a period, both of them inside it."""

    since: date
    until: date

    @property
    def period(self) -> Period:
        """The period as moments."""
        zone = ZoneInfo(company_now().timezone)
        return Period(
            since=datetime.combine(self.since, time.min, zone),
            until=datetime.combine(self.until + timedelta(days=1), time.min, zone),
        )

    @property
    def query(self) -> dict[str, str]:
        """The arguments of an address that ask for it."""
        return {"since": self.since.isoformat(), "until": self.until.isoformat()}

    @property
    def rules_on(self) -> date:
        """The day whose rules count: the last of the period, or today when that lies ahead."""
        return min(self.until, today())


def days_asked() -> Days:
    """Return the days an address asks for: this year up to today, if it does not say."""
    now = today()
    since = day_asked("since") or date(now.year, 1, 1)
    until = day_asked("until") or max(now, since)
    refuse_turned_round(since, until)
    return Days(since=since, until=until)
