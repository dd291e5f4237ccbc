"""The period that evidence is asked for: from one day through another, where the company is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import request
from marshmallow import ValidationError

from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.regulations.evidence import Period
from bumen.schema import first_said
from bumen.schema.values import DateValue
from bumen.unit_of_work import company_now, today

_ = translator(__file__, "bumen")

_EARLIEST, _LATEST = date(2, 1, 1), date(9998, 12, 31)


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
    since = _day("since", date(now.year, 1, 1))
    until = _day("until", max(now, since))
    if until < since:
        said = _("The last day lies before the first.")
        raise Malformed(said, fields={"until": [said]})
    return Days(since=since, until=until)


def _day(name: str, default: date) -> date:
    typed = request.args.get(name, "").strip()
    if not typed:
        return default
    try:
        day: date = DateValue().deserialize(typed)
        if not _EARLIEST <= day <= _LATEST:
            raise ValidationError(_("This date is out of range."))
    except ValidationError as wrong:
        said = first_said(wrong)
        raise Malformed(said, fields={name: [said]}) from None
    return day
