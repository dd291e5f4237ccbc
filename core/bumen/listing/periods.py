"""Spans of time by name: this week, last quarter, the next seven days, November 2026.

Pure reckoning: the day it is and the day weeks start on are told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

FROM_TO = "--"
"""What stands between the two ends of a span, as ISO 8601 has it in addresses."""
PAST = "past"
"""All days before today; for conditions of lists, such as what is late."""
_LONG_AGO = date(1900, 1, 1)
_DAY = timedelta(days=1)
_WRITTEN = re.compile(r"([0-9]{4})(?:-(?:Q([1-4])|([0-9]{2})(?:-([0-9]{2}))?))?")


class Period(StrEnum):
    """A span of time as people name it, seen from today."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    LAST_WEEK = "last_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"
    THIS_QUARTER = "this_quarter"
    LAST_QUARTER = "last_quarter"
    THIS_YEAR = "this_year"
    LAST_YEAR = "last_year"
    NEXT_7_DAYS = "next_7_days"
    NEXT_30_DAYS = "next_30_days"
    LAST_7_DAYS = "last_7_days"
    LAST_30_DAYS = "last_30_days"


@dataclass(frozen=True)
class Days:
    """Days are a span from the first day to the last, both included."""

    first: date
    last: date


def days_of(period: Period, *, today: date, week_starts: int) -> Days:
    """Return the days of a period; `week_starts` on 0 for Monday, up to 6 for Sunday.

    The last and the next seven days both have today among them.
    """
    which, _underscore, what = period.value.partition("_")
    if which in ("today", "yesterday"):
        day = today if which == "today" else today - _DAY
        return Days(day, day)
    if what.endswith("_days"):
        far = timedelta(days=int(what.removesuffix("_days")) - 1)
        return Days(today - far, today) if which == "last" else Days(today, today + far)
    here = _around(today, what, week_starts=week_starts)
    if which == "this":
        return here
    return _around(here.first - _DAY, what, week_starts=week_starts)


def past_days(*, today: date) -> Days:
    """Return all days before today, as far back as anything is written down."""
    return Days(_LONG_AGO, today - _DAY)


def written_days(text: str) -> Days | None:
    """Return the days of a span as it is written, or None when it is none.

    2026, 2026-Q4, 2026-11 and 2026-11-21 are a year, a quarter, a month and a day; two with
    `FROM_TO` between them all from the first to the second.
    """
    first, from_to, last = text.partition(FROM_TO)
    if from_to:
        begins, ends = _written(first), _written(last)
        whole = begins is not None and ends is not None and begins.first <= ends.last
        return Days(begins.first, ends.last) if whole and begins and ends else None
    return _written(text)


def _written(text: str) -> Days | None:
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    year, quarter, month, day = found.groups()
    first_month = int(month) if month else int(quarter or 1) * 3 - 2
    try:
        first = date(int(year), first_month, int(day or 1))
    except ValueError:
        return None
    if day:
        return Days(first, first)
    return Days(first, _end(first, months=1 if month else 3 if quarter else 12))


def _around(day: date, what: str, *, week_starts: int) -> Days:
    """Return the week, month, quarter or year a day lies in."""
    if what == "week":
        first = day - timedelta(days=(day.weekday() - week_starts) % 7)
        return Days(first, first + timedelta(days=6))
    months = {"month": 1, "quarter": 3, "year": 12}[what]
    first = date(day.year, day.month - (day.month - 1) % months, 1)
    return Days(first, _end(first, months=months))


def _end(first: date, *, months: int) -> date:
    """Return the last day of some months that begin on a first."""
    month = first.month + months - 1
    return date(first.year, 12, 31) if month == 12 else date(first.year, month + 1, 1) - _DAY
