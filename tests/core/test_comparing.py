"""With which days a period is compared: as far as it has come, whole months with whole months."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bumen.listing import Days, Span
from bumen.reports.comparing import Compared, Shift, compared_with, span_of, spans_between

TODAY = date(2026, 11, 22)
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def day(text: str) -> date:
    """Read a day."""
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("period", "previous", "year"),
    [
        # over: the whole month, quarter, year before, and the same a year ago
        ("2026-10-01 2026-10-31", "2026-09-01 2026-09-30", "2025-10-01 2025-10-31"),
        ("2026-07-01 2026-09-30", "2026-04-01 2026-06-30", "2025-07-01 2025-09-30"),
        ("2025-01-01 2025-12-31", "2024-01-01 2024-12-31", "2024-01-01 2024-12-31"),
        ("2026-03-01 2026-03-31", "2026-02-01 2026-02-28", "2025-03-01 2025-03-31"),
        ("2024-02-01 2024-02-29", "2024-01-01 2024-01-31", "2023-02-01 2023-02-28"),
        # begun: as far as it has come
        ("2026-11-01 2026-11-30", "2026-10-01 2026-10-22", "2025-11-01 2025-11-22"),
        ("2026-10-01 2026-12-31", "2026-07-01 2026-08-22", "2025-10-01 2025-11-22"),
        ("2026-01-01 2026-12-31", "2025-01-01 2025-11-22", "2025-01-01 2025-11-22"),
        # no whole months: as many days before
        ("2026-11-16 2026-11-22", "2026-11-09 2026-11-15", "2025-11-16 2025-11-22"),
        ("2026-11-22 2026-11-22", "2026-11-21 2026-11-21", "2025-11-22 2025-11-22"),
    ],
)
def test_a_period_is_compared_with_the_one_before_and_a_year_ago(
    period: str, previous: str, year: str
) -> None:
    days = Days(*map(day, period.split()))

    for how, then in ((Compared.PREVIOUS, previous), (Compared.YEAR, year)):
        found = compared_with(days, how, today=TODAY)[0]
        assert f"{found.first} {found.last}" == then


@given(DAYS, st.integers(0, 400), st.sampled_from(list(Compared)))
def test_what_is_compared_lies_before_and_is_no_longer(
    first: date, length: int, how: Compared
) -> None:
    days = Days(first, first + timedelta(days=length))
    then = compared_with(days, how, today=TODAY)[0]

    assert then.first <= then.last
    assert then.first < days.first
    if how is Compared.PREVIOUS:
        assert then.last < days.first


@given(DAYS, st.integers(1, 36))
def test_a_month_that_lies_back_is_put_beside_its_own(first: date, months: int) -> None:
    shift = Shift(months=months)
    there = shift.forth(Span.MONTH, f"{shift.back(first.replace(day=1)):%Y-%m}")

    assert there == f"{first:%Y-%m}"


def test_quarters_and_years_move_by_whole_ones_only() -> None:
    assert Shift(months=3).forth(Span.QUARTER, "2025-Q4") == "2026-Q1"
    assert Shift(months=12).forth(Span.YEAR, "2025") == "2026"
    assert not Shift(days=7).moves(Span.MONTH)
    assert not Shift(months=1).moves(Span.QUARTER)
    assert Shift(months=6).moves(Span.QUARTER)
    assert Shift(days=7).forth(Span.DAY, "2026-11-09") == "2026-11-16"


@pytest.mark.parametrize("period", ["9999-01-01 9999-12-31", "0001-01-01 0001-12-31"])
@pytest.mark.parametrize("how", list(Compared))
def test_there_is_no_fault_where_days_end(period: str, how: Compared) -> None:
    then, shift = compared_with(Days(*map(day, period.split())), how, today=TODAY)

    assert date.min <= then.first <= then.last
    assert shift.forth(Span.DAY, "9999-12-31") == "9999-12-31"


def test_a_day_lies_in_its_month_quarter_and_year() -> None:
    found = [
        span_of(span, "2026-11-22") for span in (Span.DAY, Span.MONTH, Span.QUARTER, Span.YEAR)
    ]

    assert found == ["2026-11-22", "2026-11", "2026-Q4", "2026"]


def test_months_without_records_are_shown_between_those_that_have_some() -> None:
    assert spans_between(Span.MONTH, ["2026-02", "2025-11"]) == [
        "2025-11",
        "2025-12",
        "2026-01",
        "2026-02",
    ]
    assert spans_between(Span.DAY, ["2026-02-01", "2026-02-09"]) == []
    assert spans_between(Span.MONTH, ["0001-01", "2026-01"]) == []
