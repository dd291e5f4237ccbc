"""The days a calendar is asked for, how records lie on them, and moving one to another day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

from bumen.errors import Malformed
from bumen.formats import Formats, formats_here, read_moment
from bumen.i18n import translator
from bumen.model.describe import Described, Kind, fields_of
from bumen.views import Calendar

_ = translator(__file__, "bumen")

LONGEST = 400
"""The most days that are asked for at once."""
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_YEARS = range(1000, 9000)


@dataclass(frozen=True, kw_only=True)
class Span:
    """A span is some days on end: from the first on, before the last."""

    start: date
    end: date

    @classmethod
    def asked_for(cls, start: str, end: str) -> Span:
        """Return the span an address asks for; `Malformed` when it is none, or too long."""
        first, last = _day("start", start), _day("end", end)
        if not 0 < (last - first).days <= LONGEST:
            message = _("A calendar shows 1 to %(most)s days at once.", most=LONGEST)
            raise Malformed(message, fields={"end": [message]})
        return cls(start=first, end=last)

    @classmethod
    def month_of(cls, day: date) -> Span:
        """Return the month a day lies in."""
        first = day.replace(day=1)
        return cls(start=first, end=(first + 31 * _DAY).replace(day=1))


def touching(model: type[Any], calendar: Calendar, span: Span) -> tuple[ColumnElement[bool], ...]:
    """Return what is true of the records that lie on a span, wholly or in part."""
    known, on = fields_of(model), getattr(model, calendar.on)
    start, end = _bounds(known[calendar.on], span)
    if not calendar.until:
        return (on >= start, on < end)
    until, least = getattr(model, calendar.until), _bounds(known[calendar.until], span)[0]
    return (on < end, or_(until >= least, and_(until.is_(None), on >= start)))


def lying(calendar: Calendar, record: Any, formats: Formats) -> tuple[str, str]:
    """Write where a record begins and ends: moments by the clocks of the company.

    A day ends where the next begins; a moment that lasts no time is given an hour.
    """
    described = fields_of(type(record))[calendar.on]
    on = getattr(record, calendar.on)
    until = _until(calendar, record, described, formats)
    last = until if until is not None and until > on else on
    if described.kind is Kind.DATE:
        return on.isoformat(), _after(last).isoformat()
    last = last if last > on else on + _HOUR
    return _by_clock(on, formats), _by_clock(last, formats)


def moved_to(calendar: Calendar, record: Any, start: str) -> dict[str, Any]:
    """Return what changes when a record begins at another time: what it lasts stays as it is.

    `start` is a day, or a moment by the clocks of the company; a moment that is moved to a day
    keeps its hour.
    """
    known = fields_of(type(record))
    described, was = known[calendar.on], getattr(record, calendar.on)
    if was is None:
        return {described.key: _moment(start) if described.kind is Kind.MOMENT else start}
    begins = _begins(described, was, start)
    values = {described.key: begins.isoformat()}
    if calendar.until and (until := getattr(record, calendar.until)) is not None:
        try:
            values[known[calendar.until].key] = (until + (begins - was)).isoformat()
        except OverflowError:
            raise _no_day("start") from None
    return values


def _begins(described: Described, was: Any, start: str) -> Any:
    if described.kind is Kind.DATE:
        return _day("start", start[:10])
    if len(start) == len("2026-11-21"):
        there = was.astimezone(formats_here().zone)
        return datetime.combine(_day("start", start), there.timetz())
    return datetime.fromisoformat(_moment(start))


def _moment(text: str) -> str:
    _day("start", text[:10])
    found = read_moment(text, formats_here())
    if found == text:
        raise _no_day("start")
    return found


def _until(calendar: Calendar, record: Any, on: Described, formats: Formats) -> Any:
    """Return until when a record lasts, in the kind of value it begins with."""
    until = getattr(record, calendar.until) if calendar.until else None
    if on.kind is Kind.DATE and isinstance(until, datetime):
        return until.astimezone(formats.zone).date()
    if on.kind is Kind.MOMENT and until is not None and not isinstance(until, datetime):
        return datetime.combine(_after(until), time(), tzinfo=formats.zone)
    return until


def _bounds(described: Described, span: Span) -> tuple[Any, Any]:
    """Return where a span begins and ends: days, or the moments they begin where the company is."""
    if described.kind is Kind.DATE:
        return span.start, span.end
    zone = formats_here().zone
    start, end = (datetime.combine(day, time(), tzinfo=zone) for day in (span.start, span.end))
    return start, end


def _after(day: date) -> date:
    """Return the next day; the last there is has none."""
    return day if day == date.max else day + _DAY


def _by_clock(moment: datetime, formats: Formats) -> str:
    there = moment.astimezone(formats.zone)
    return there.replace(tzinfo=None, microsecond=0).isoformat()


def _day(name: str, text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise _no_day(name) from None
    if found.isoformat() != text or found.year not in _YEARS:
        raise _no_day(name)
    return found


def _no_day(name: str) -> Malformed:
    message = _("This must be a day such as 2026-11-21.")
    return Malformed(message, fields={name: [message]})
