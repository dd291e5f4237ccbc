"""What starts on working days does so on those of each company: holidays out, make-up days in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

import chores
from bumen.documents.working_calendar import drop_day, keep_day, keep_week, take_over_holidays
from bumen.host import Host
from bumen.i18n import translator
from bumen.jobs import JobRun, ScheduleEntry
from bumen.jobs.errors import TimesAreUnreadable
from bumen.jobs.planning import entry_of, plan, set_times
from bumen.jobs.rhythm import Every, Rhythm
from bumen.jobs.times import following, is_cron
from bumen.testing.makers import make_company, make_user
from bumen.unit_of_work import CurrentCompany, session
from bumen.worker.clock import start_scheduled
from bumen.workflow.working_time import WorkingTime
from tests.core.jobs.test_pages import PLANS, admin

__all__ = ["admin"]

_ = translator(__file__, "chores")

FRIDAY = datetime(2026, 2, 13, 12, tzinfo=UTC)
"""In the evening before the days around the new year of 2026."""
WORKED = "0 8 * * W"
TAIPEI = ZoneInfo("Asia/Taipei")
SPOKEN = {"TW": "zh_Hant", "CN": "zh_Hans"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Coordinates]:
    """The time, which stands still on that Friday; the house plans nothing of its own."""
    monkeypatch.setattr("bumen.host_jobs.HOST_SCHEDULES", ())
    with time_machine.travel(FRIDAY, tick=False) as coordinates:
        yield coordinates


def eight(day: date) -> datetime:
    """Return eight o'clock of a day in Taipei, Shanghai and Singapore."""
    return datetime.combine(day, time(8), TAIPEI)


def company_in(host: Host, country: str) -> str:
    """Make a company that works on the official days of its country."""
    code = f"{country}09"
    make_company(host, code=code, plugins=["notes", "chores"], country=country)
    with host.unit_of_work(company=code):
        if country in SPOKEN:
            take_over_holidays(2026, language=SPOKEN[country])
    return code


def planned(host: Host, code: str) -> int:
    """Have something start on every working day of a company."""
    who = f"clerk.{code}".lower()
    make_user(host, who, company=code)
    with host.unit_of_work(company=code, by=who) as unit:
        given: dict[str, Any] = {"count": 1}
        return plan(chores.WRITE, cron=WORKED, title=_("Daily"), by=unit.user, **given).id


def next_of(host: Host, ident: int) -> datetime | None:
    """Return when a schedule starts next."""
    with host.database.wide_session() as wide:
        return wide.get_one(ScheduleEntry, ident).next_at


@pytest.mark.parametrize(
    ("country", "days"),
    [
        ("CN", [date(2026, 2, 14), date(2026, 2, 24), date(2026, 2, 25)]),
        ("TW", [date(2026, 2, 23), date(2026, 2, 24), date(2026, 2, 25)]),
        ("SG", [date(2026, 2, 16), date(2026, 2, 17), date(2026, 2, 18)]),
    ],
    ids=["mainland", "Taiwan", "without a calendar"],
)
def test_each_company_starts_on_the_days_it_works(
    host: Host, clock: time_machine.Coordinates, country: str, days: list[date]
) -> None:
    ident = planned(host, company_in(host, country))

    for day in days:
        assert next_of(host, ident) == eight(day)
        clock.move_to(eight(day) - timedelta(seconds=1))
        assert mine_started(host, ident) == 0
        clock.move_to(eight(day))
        assert mine_started(host, ident) == 1


def mine_started(host: Host, ident: int) -> int:
    """Look at the clock; return how often a schedule was started by that."""
    before = runs_of(host, ident)
    start_scheduled(host)
    return runs_of(host, ident) - before


def runs_of(host: Host, ident: int) -> int:
    """Return how often a schedule was started."""
    with host.database.wide_session() as wide:
        name = wide.get_one(ScheduleEntry, ident).name
        return len(wide.scalars(select(JobRun.id).where(JobRun.schedule == name)).all())


def test_a_calendar_that_changes_moves_what_is_planned_forward_and_back(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates
) -> None:
    ident = planned(host, company.code)
    assert next_of(host, ident) == eight(date(2026, 2, 16))

    with host.unit_of_work(company=company.code):
        keep_day(date(2026, 2, 16), works=False, name="Holiday")
    start_scheduled(host)
    assert next_of(host, ident) == eight(date(2026, 2, 17))

    with host.unit_of_work(company=company.code):
        made_up = keep_day(date(2026, 2, 14), works=True, name="Made up")
    start_scheduled(host)
    assert next_of(host, ident) == eight(date(2026, 2, 14))

    with host.unit_of_work(company=company.code):
        drop_day(made_up.id)
        keep_week(weekdays=[3, 4], hours="09:00-18:00")
    start_scheduled(host)
    assert next_of(host, ident) == eight(date(2026, 2, 18))


def test_the_calendars_of_all_companies_are_read_at_once(
    host: Host, clock: time_machine.Coordinates, statements: Any
) -> None:
    for country in ("CN", "TW", "SG"):
        planned(host, company_in(host, country))
    start_scheduled(host)

    statements()
    start_scheduled(host)

    sent = statements()
    assert len([one for one in sent if "core_calendar_day" in one]) == 1
    assert len([one for one in sent if "core_workday_calendar" in one]) == 1


def test_no_calendar_is_read_where_nothing_asks_for_worked_days(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates, statements: Any
) -> None:
    start_scheduled(host)
    statements()
    start_scheduled(host)

    assert [one for one in statements() if "calendar" in one] == []


def test_a_schedule_of_a_department_may_be_set_to_working_days(
    host: Host, clock: time_machine.Coordinates
) -> None:
    code = company_in(host, "TW")
    with host.unit_of_work(company=code):
        set_times(entry_of(chores.MONTHLY), WORKED, declared=chores.MONTHLY.cron)
        assert session().scalars(select(ScheduleEntry.next_at)).one() == eight(date(2026, 2, 23))


@pytest.mark.parametrize("cron", ["0 8 * W *", "W 8 * * *", "0 8 * * WW", "0 8 * * W,1", "0 8 W"])
def test_working_days_stand_for_the_day_of_the_week_and_nothing_else(
    host: Host, company: CurrentCompany, cron: str
) -> None:
    assert not is_cron(cron)
    with pytest.raises(TimesAreUnreadable), host.unit_of_work(company=company.code):
        set_times(entry_of(chores.MONTHLY), cron)


def test_a_company_that_rests_on_all_such_days_is_not_looked_for_without_an_end() -> None:
    rests = WorkingTime(zone=TAIPEI, weekdays=frozenset())

    assert following(WORKED, calendar=rests, after=FRIDAY) == eight(date(2026, 2, 14))


def test_working_days_are_chosen_on_screen_and_told_in_words(admin: FlaskClient) -> None:
    assert Rhythm.of(WORKED).every is Every.WORKDAY
    assert Rhythm.of("0 8 * * 1-5").every is Every.WEEKDAY
    page = admin.get("/schedules/chores.monthly").text
    assert '<option value="workday"' in page
    assert "/flows/working-time/" in page

    sent = {"every": "workday", "at": "08:00", "day": "1", "weekday": "1", "enabled": "y"}
    listed = admin.post("/schedules/chores.monthly", data=sent, follow_redirects=True).text

    told = admin.get(f"{PLANS}/chores.monthly").json["result"]
    assert "Every working day at 08:00" in listed
    assert (told["cron"], told["times"]) == (WORKED, "Every working day at 08:00")
