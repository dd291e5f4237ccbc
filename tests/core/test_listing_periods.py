"""Spans of time by name, across the borders of weeks, months, quarters and years."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bumen.company.standards import first_weekday
from bumen.listing import Days, Period, written_days
from bumen.listing.periods import days_of

MONDAY, SUNDAY = 0, 6
NEW_YEAR = date(2027, 1, 1)
"""A Friday, so that its week lies in two years."""

AT_NEW_YEAR = {
    "today": ("2027-01-01", "2027-01-01"),
    "yesterday": ("2026-12-31", "2026-12-31"),
    "this_week": ("2026-12-28", "2027-01-03"),
    "last_week": ("2026-12-21", "2026-12-27"),
    "this_month": ("2027-01-01", "2027-01-31"),
    "last_month": ("2026-12-01", "2026-12-31"),
    "this_quarter": ("2027-01-01", "2027-03-31"),
    "last_quarter": ("2026-10-01", "2026-12-31"),
    "this_year": ("2027-01-01", "2027-12-31"),
    "last_year": ("2026-01-01", "2026-12-31"),
    "next_7_days": ("2027-01-01", "2027-01-07"),
    "next_30_days": ("2027-01-01", "2027-01-30"),
    "last_7_days": ("2026-12-26", "2027-01-01"),
    "last_30_days": ("2026-12-03", "2027-01-01"),
}


def days(first: str, last: str) -> Days:
    """Return the days from one to another."""
    return Days(date.fromisoformat(first), date.fromisoformat(last))


def test_every_period_is_known_at_the_turn_of_a_year() -> None:
    found = {one.value: days_of(one, today=NEW_YEAR, week_starts=MONDAY) for one in Period}

    assert found == {name: days(*span) for name, span in AT_NEW_YEAR.items()}


@pytest.mark.parametrize(
    ("today", "week_starts", "this", "last"),
    [
        ("2027-01-01", SUNDAY, ("2026-12-27", "2027-01-02"), ("2026-12-20", "2026-12-26")),
        ("2026-11-22", SUNDAY, ("2026-11-22", "2026-11-28"), ("2026-11-15", "2026-11-21")),
        ("2026-11-22", MONDAY, ("2026-11-16", "2026-11-22"), ("2026-11-09", "2026-11-15")),
        ("2026-11-23", SUNDAY, ("2026-11-22", "2026-11-28"), ("2026-11-15", "2026-11-21")),
        ("2026-11-23", MONDAY, ("2026-11-23", "2026-11-29"), ("2026-11-16", "2026-11-22")),
    ],
)
def test_a_week_begins_on_the_countrys_day(
    today: str, week_starts: int, this: tuple[str, str], last: tuple[str, str]
) -> None:
    here = date.fromisoformat(today)

    assert days_of(Period.THIS_WEEK, today=here, week_starts=week_starts) == days(*this)
    assert days_of(Period.LAST_WEEK, today=here, week_starts=week_starts) == days(*last)


@pytest.mark.parametrize(
    ("country", "day"),
    [("TW", SUNDAY), ("HK", SUNDAY), ("MO", SUNDAY), ("CN", MONDAY), ("DE", MONDAY), ("XX", 0)],
)
def test_countries_begin_their_weeks_on_different_days(country: str, day: int) -> None:
    assert first_weekday(country) == day


def test_the_month_before_march_is_as_long_as_february_was() -> None:
    def last_month(today: date) -> Days:
        return days_of(Period.LAST_MONTH, today=today, week_starts=MONDAY)

    assert last_month(date(2028, 3, 31)) == days("2028-02-01", "2028-02-29")
    assert last_month(date(2027, 3, 31)) == days("2027-02-01", "2027-02-28")


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("2026", ("2026-01-01", "2026-12-31")),
        ("2026-Q1", ("2026-01-01", "2026-03-31")),
        ("2026-Q4", ("2026-10-01", "2026-12-31")),
        ("2028-02", ("2028-02-01", "2028-02-29")),
        ("2026-12", ("2026-12-01", "2026-12-31")),
        ("2026-11-21", ("2026-11-21", "2026-11-21")),
        ("9999", ("9999-01-01", "9999-12-31")),
        ("0001-Q1", ("0001-01-01", "0001-03-31")),
    ],
)
def test_a_span_is_read_as_it_is_written(written: str, span: tuple[str, str]) -> None:
    assert written_days(written) == days(*span)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "26",
        "0000",
        "2026-13",
        "2026-00",
        "2026-Q5",
        "2026-Q0",
        "2026-02-30",
        "2026-11-00",
        "2026-1",
        "２０２６",
    ],
)
def test_what_is_no_span_is_none(written: str) -> None:
    assert written_days(written) is None


@given(st.dates(date(1900, 1, 1), date(9000, 1, 1)), st.integers(0, 6))
def test_todays_spans_have_today_in_them_and_follow_the_last_ones(
    today: date, week_starts: int
) -> None:
    for what in ("week", "month", "quarter", "year"):
        this = days_of(Period(f"this_{what}"), today=today, week_starts=week_starts)
        last = days_of(Period(f"last_{what}"), today=today, week_starts=week_starts)

        assert last.first <= last.last < this.first <= today <= this.last
        assert (this.first - last.last).days == 1
