"""With which days a period is compared. Pure reckoning: the day it is is told."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bumen.listing import Days, Span

_MONTHS = {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}
_DAY = timedelta(days=1)
_FIRST_MONTH, _LAST_MONTH = 12, 12 * date.max.year + 11
MOST_FILLED = 120
"""So many spans of time without a record are shown between those that have some."""


class Compared(StrEnum):
    """With what a period is compared: the one before it, or the same a year ago."""

    PREVIOUS = "previous"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A shift is how far back one looks: so many months, or so many days."""

    months: int = 0
    days: int = 0

    def back(self, day: date) -> date:
        """Return the day that lies so far before; the last of a month that is shorter."""
        return _days_on(_months_on(day, -self.months), -self.days)

    def moves(self, span: Span) -> bool:
        """Whether spans as a whole are compared with spans; else they are, day by day."""
        return span is Span.DAY or not (self.days or self.months % _MONTHS[span])

    def forth(self, span: Span, text: str) -> str:
        """Return with which span of time one that lies so far back is compared."""
        if span is Span.DAY:
            there = _months_on(date.fromisoformat(text), self.months)
            return _days_on(there, self.days).isoformat()
        return _spelled(span, _place(span, text) + self.months // _MONTHS[span])


def compared_with(days: Days, how: Compared, *, today: date) -> tuple[Days, Shift]:
    """Return with which days a period is compared, and how far back they lie.

    A period that has begun and is not over is compared as far as it has come: the first 22 days
    of a month with the first 22 of the one before.
    """
    months = _whole_months(days)
    shift = Shift(months=12)
    if how is Compared.PREVIOUS:
        length = (days.last - days.first).days + 1
        shift = Shift(months=months) if months else Shift(days=length)
    if days.first <= today < days.last:
        return Days(shift.back(days.first), shift.back(today)), shift
    if not months:
        return Days(shift.back(days.first), shift.back(days.last)), shift
    return Days(shift.back(days.first), _days_on(shift.back(days.last + _DAY), -1)), shift


def percent_changed(now: Decimal | None, then: Decimal | None) -> Decimal | None:
    """Return by how many percent something has grown; None where there was nothing."""
    if now is None or not then:
        return None
    return ((now - then) * 100 / abs(then)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def span_of(span: Span, day: str) -> str:
    """Return in which span of time a day lies, as spans are written: 2026-11-22 in 2026-Q4."""
    return day if span is Span.DAY else _spelled(span, _place(Span.MONTH, day[:7]) // _MONTHS[span])


def first_of_month(day: date, *, months_back: int = 0) -> date:
    """Return the first day of a month, or of one that lies so many before."""
    return _months_on(day.replace(day=1), -months_back)


def last_of_month(day: date) -> date:
    """Return the last day of a month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def spans_between(span: Span, values: Sequence[str]) -> list[str]:
    """Return the spans from the first to the last, unless too many of them are empty; no days."""
    if not values or span is Span.DAY:
        return []
    first, last = _place(span, min(values)), _place(span, max(values))
    if last - first - len(values) >= MOST_FILLED:
        return []
    return [_spelled(span, place) for place in range(first, last + 1)]


def _whole_months(days: Days) -> int:
    """Return of how many whole months a period is made; 0 where it is not."""
    if days.first.day != 1 or days.last == date.max or (days.last + _DAY).day != 1:
        return 0
    years = days.last.year - days.first.year
    return years * 12 + days.last.month - days.first.month + 1


def _months_on(day: date, months: int) -> date:
    """Return the day so many months later, the last of a month that is shorter."""
    place = min(max(day.year * 12 + day.month - 1 + months, _FIRST_MONTH), _LAST_MONTH)
    year, month = divmod(place, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days_on(day: date, days: int) -> date:
    """Return the day so many days later, as far as there are days."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _place(span: Span, text: str) -> int:
    """Return how many spans lie between the year 0 and one: 2026-11, 2026-Q4, 2026."""
    year, _dash, part = text.partition("-")
    return int(year) * (12 // _MONTHS[span]) + (int(part.lstrip("Q")) - 1 if part else 0)


def _spelled(span: Span, place: int) -> str:
    year, part = divmod(place, 12 // _MONTHS[span])
    if span is Span.YEAR:
        return f"{year:04}"
    return f"{year:04}-Q{part + 1}" if span is Span.QUARTER else f"{year:04}-{part + 1:02}"
