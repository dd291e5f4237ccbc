"""When time is up, counted in the hours people work."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bumen import WorkingDays, WorkingHours
from bumen.documents.working_calendar import (
    HolidaysAreUnknown,
    NoDayIsWorked,
    keep_day,
    keep_week,
    official_days,
    take_over_holidays,
    usual_week,
)
from bumen.documents.working_days import (
    CalendarDay,
    HoursAreUnclear,
    WorkdayCalendar,
    days_from,
    due_at,
    read_hours,
)
from bumen.registry import Candidate
from bumen.unit_of_work import UnitOfWork
from bumen.workflow.working_time import Hours, WorkingTime

TAIPEI = ZoneInfo("Asia/Taipei")
USUAL = WorkingTime(zone=TAIPEI)
FRIDAY = date(2026, 11, 20)
"""The week after it has five working days."""


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return (Candidate("notes", "notes"),)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=TAIPEI)


@pytest.mark.parametrize(
    ("since", "hours", "until"),
    [
        (at(20, 9), 3, at(20, 12)),
        (at(20, 9), 4, at(20, 14)),
        (at(20, 17), 2, at(23, 10)),
        (at(20, 12, 30), 1, at(20, 14)),
        (at(20, 20), 1, at(23, 10)),
        (at(21, 11), 1, at(23, 10)),
        (at(20, 7), 8, at(20, 18)),
        (at(20, 9), 40, at(26, 18)),
    ],
)
def test_working_hours_are_those_in_which_people_work(
    since: datetime, hours: int, until: datetime
) -> None:
    assert USUAL.ends(WorkingHours(hours), since=since) == until


@pytest.mark.parametrize(
    ("since", "days", "until"),
    [
        (at(20, 9), 1, at(23, 18)),
        (at(20, 23, 59), 1, at(23, 18)),
        (at(21, 9), 1, at(23, 18)),
        (at(23, 9), 5, at(30, 18)),
    ],
)
def test_working_days_end_with_the_work_of_the_last_one(
    since: datetime, days: int, until: datetime
) -> None:
    assert USUAL.ends(WorkingDays(days), since=since) == until


def test_a_day_is_that_of_the_place_where_the_company_is() -> None:
    late_on_thursday_in_utc = datetime(2026, 11, 19, 23, tzinfo=UTC)

    ends = USUAL.ends(WorkingDays(1), since=late_on_thursday_in_utc)

    assert ends == at(23, 18)


def test_holidays_do_not_count_and_days_that_make_up_for_them_do() -> None:
    bridged = {date(2026, 11, 23): False, date(2026, 11, 28): True}
    holidays = WorkingTime(zone=TAIPEI, days=bridged)

    assert holidays.ends(WorkingDays(1), since=at(20, 9)) == at(24, 18)
    assert holidays.ends(WorkingDays(1), since=at(27, 9)) == at(28, 18)
    assert holidays.ends(WorkingHours(8), since=at(27, 18)) == at(28, 18)


def test_a_company_that_never_works_has_no_deadline() -> None:
    closed = WorkingTime(zone=TAIPEI, weekdays=frozenset())

    assert closed.ends(WorkingDays(1), since=at(20, 9)) is None
    assert closed.ends(WorkingHours(1), since=at(20, 9)) is None


@given(minutes=st.integers(0, 525_600), amount=st.integers(1, 200))
def test_more_time_ends_later_and_never_outside_working_hours(minutes: int, amount: int) -> None:
    since = datetime(2026, 1, 1, tzinfo=TAIPEI) + timedelta(minutes=minutes)

    ends = USUAL.ends(WorkingHours(amount), since=since)
    later = USUAL.ends(WorkingHours(amount + 1), since=since)
    assert ends is not None
    assert later is not None

    there = ends.astimezone(TAIPEI)
    assert since < ends < later
    assert USUAL.is_worked(there.date())
    assert any(one.begin < there.time() <= one.end for one in USUAL.hours)


def test_hours_are_read_as_people_write_them() -> None:
    read = read_hours("08:30-12:00 13:00-17:30")

    assert read == (Hours(time(8, 30), time(12)), Hours(time(13), time(17, 30)))


@pytest.mark.parametrize("wrong", ["", "9-12", "12:00-09:00", "09:00-12:00 11:00-13:00", "x"])
def test_hours_that_make_no_sense_are_refused(wrong: str) -> None:
    with pytest.raises(HoursAreUnclear):
        read_hours(wrong)


def test_a_deadline_follows_the_calendar_of_the_company(unit: UnitOfWork) -> None:
    unit.session.add(WorkdayCalendar(weekdays="123456", hours="10:00-20:00"))
    unit.session.add(CalendarDay(day=date(2026, 11, 21), works=False, name="Fair"))
    unit.session.flush()

    assert due_at(WorkingDays(1), start=at(20, 9)) == at(23, 20)
    assert due_at(WorkingHours(2), start=at(20, 19)) == at(23, 11)


def test_official_holidays_are_taken_over_once_and_not_over_what_people_wrote(
    unit: UnitOfWork,
) -> None:
    national_day = date(2026, 10, 10)
    keep_day(national_day, works=True, name="Fair")

    taken, again = (take_over_holidays(2026, language="zh_Hant") for _turn in range(2))

    kept = {one.day: one for one in unit.session.scalars(days_from(date(2026, 1, 1)))}
    assert (taken, again) == (len(kept) - 1, 0)
    assert (kept[date(2026, 2, 17)].works, kept[date(2026, 2, 17)].name) == (False, "春節")
    assert kept[national_day].name == "Fair"


def test_the_day_before_new_years_eve_is_not_called_the_eve_nor_is_its_makeup_day() -> None:
    days = official_days("TW", 2026, language="zh_Hant")

    assert days[date(2026, 2, 16)] == (False, "農曆除夕")
    assert days[date(2026, 2, 15)] == (False, "小年夜")
    assert days[date(2026, 2, 20)] == (False, "小年夜（補假）")


def test_of_the_two_days_before_the_new_year_each_is_made_up_for_by_its_own_name() -> None:
    both = official_days("TW", 2033, language="zh_Hant")
    eve = official_days("TW", 2034, language="zh_Hant")

    assert both[date(2033, 2, 3)] == (False, "小年夜（補假）")
    assert both[date(2033, 2, 4)] == (False, "農曆除夕（補假）")
    assert eve[date(2034, 2, 22)] == (False, "農曆除夕（補假）")


def test_days_that_are_exchanged_name_each_other_as_the_calendar_writes_days() -> None:
    days = official_days("CN", 2026, language="en")

    assert days[date(2026, 2, 28)] == (True, "Worked for Feb 23, 2026 off")
    assert days[date(2026, 2, 23)] == (False, "Day off, worked for on Feb 28, 2026")
    chinese = official_days("CN", 2026, language="zh_Hans")
    assert not any("2026-" in name for _works, name in chinese.values())
    assert chinese[date(2026, 2, 28)][1].count("2026/2/23") == 1


def test_holidays_nobody_knows_are_refused(unit: UnitOfWork) -> None:
    with pytest.raises(HolidaysAreUnknown):
        take_over_holidays(1700, language="en")


def test_a_week_without_work_is_refused(unit: UnitOfWork) -> None:
    with pytest.raises(NoDayIsWorked):
        keep_week(weekdays=[], hours="09:00-12:00")
    with pytest.raises(HoursAreUnclear):
        keep_week(weekdays=[1], hours="soon")


def test_a_week_is_kept_once(unit: UnitOfWork) -> None:
    keep_week(weekdays=[1, 2], hours="09:00-12:00")
    kept = keep_week(weekdays=[3, 2, 9], hours="10:00-12:00  13:00-14:00")
    unit.session.flush()

    assert (kept.weekdays, kept.hours) == ("23", "10:00-12:00 13:00-14:00")
    assert usual_week() is kept
