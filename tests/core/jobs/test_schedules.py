"""What starts by itself does so once, by the clocks of each company, and as people have set it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import select

import chores
from bumen.activation.service import switch
from bumen.host import Host
from bumen.i18n import translator
from bumen.jobs import JobRun, Schedule
from bumen.jobs.errors import TimesAreUnreadable
from bumen.jobs.planning import entry_of, plan, set_times, switch_entry, unplan
from bumen.jobs.times import following
from bumen.testing.makers import make_company, make_user
from bumen.unit_of_work import CurrentCompany, session
from bumen.worker import work_off
from bumen.worker.clock import start_scheduled
from bumen.workflow.working_time import WorkingTime
from tests.core.jobs.conftest import titles

_ = translator(__file__, "chores")
BEFORE = datetime(2026, 11, 24, 12, tzinfo=UTC)
NINE_IN_TAIPEI = datetime(2026, 11, 25, 1, tzinfo=UTC)
MONTHLY = chores.MONTHLY


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Coordinates]:
    """The time, which stands still on the day before the monthly notes; nothing else is planned."""
    monkeypatch.setattr("bumen.host_jobs.HOST_SCHEDULES", ())
    with time_machine.travel(BEFORE, tick=False) as coordinates:
        yield coordinates


def runs(host: Host) -> list[tuple[str | None, datetime | None]]:
    """Return what started by itself, and for when."""
    with host.database.wide_session() as wide:
        query = select(JobRun.schedule, JobRun.scheduled_for).order_by(JobRun.id)
        return [tuple(row) for row in wide.execute(query)]


def test_a_schedule_starts_its_job_once_at_its_time_where_the_company_is(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates
) -> None:
    assert start_scheduled(host) == 0
    clock.move_to(NINE_IN_TAIPEI - timedelta(seconds=1))
    assert start_scheduled(host) == 0

    clock.move_to(NINE_IN_TAIPEI)
    assert [start_scheduled(host), start_scheduled(host)] == [1, 0]
    work_off(host)

    assert runs(host) == [("chores.monthly", NINE_IN_TAIPEI)]
    assert titles(host, company) == ["monthly 0"]


def test_each_company_has_its_own_clocks(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates
) -> None:
    make_company(host, code="US01", plugins=["notes", "chores"], country="US", currency="USD")
    start_scheduled(host)

    clock.move_to(NINE_IN_TAIPEI)
    assert start_scheduled(host) == 1
    clock.move_to(datetime(2026, 11, 25, 15, tzinfo=UTC))
    assert start_scheduled(host) == 1


def test_of_many_workers_one_starts_it(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates
) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _one: start_scheduled(host), range(4)))
        clock.move_to(NINE_IN_TAIPEI)
        started = list(pool.map(lambda _one: start_scheduled(host), range(4)))

    assert sorted(started) == [0, 0, 0, 1]
    assert len(runs(host)) == 1


def test_what_was_missed_is_made_up_for_once(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates
) -> None:
    start_scheduled(host)

    clock.move_to(NINE_IN_TAIPEI + timedelta(days=95))
    assert [start_scheduled(host), start_scheduled(host)] == [1, 0]

    with host.unit_of_work(company=company.code):
        assert entry_of(MONTHLY).next_at == datetime(2027, 3, 25, 1, tzinfo=UTC)


def test_nothing_starts_of_a_department_that_is_off_nor_is_it_made_up_for(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates
) -> None:
    start_scheduled(host)
    switch(host, company=company.code, name="chores", enabled=False)
    clock.move_to(NINE_IN_TAIPEI)
    assert start_scheduled(host) == 0
    switch(host, company=company.code, name="chores", enabled=True)

    assert start_scheduled(host) == 0
    clock.move_to(NINE_IN_TAIPEI + timedelta(days=30))
    assert start_scheduled(host) == 1


def test_people_change_its_times_and_switch_it_off(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        set_times(entry_of(MONTHLY), "0 7 25 * *", declared=MONTHLY.cron)
    clock.move_to(NINE_IN_TAIPEI - timedelta(hours=2))
    assert start_scheduled(host) == 1

    with host.unit_of_work(company=company.code, by="admin"):
        switch_entry(entry_of(MONTHLY), enabled=False, cron=MONTHLY.cron)
    clock.move_to(NINE_IN_TAIPEI + timedelta(days=65))
    assert start_scheduled(host) == 0
    with host.unit_of_work(company=company.code, by="admin"):
        switch_entry(entry_of(MONTHLY), enabled=True, cron=MONTHLY.cron)
    assert start_scheduled(host) == 0


@pytest.mark.parametrize("cron", ["", "x", "0 9 25 *", "61 9 * * *", "0 9 30 2 *", "* * * * * *"])
def test_times_that_cannot_be_read_are_refused(
    host: Host, company: CurrentCompany, cron: str
) -> None:
    with pytest.raises(TimesAreUnreadable), host.unit_of_work(company=company.code, by="admin"):
        set_times(entry_of(MONTHLY), cron)
    with pytest.raises(ValueError, match="is no time"):
        Schedule("chores.odd", chores.WRITE, cron=cron, title=_("Odd"))


def test_what_somebody_planned_runs_as_that_person_until_it_is_planned_no_more(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates
) -> None:
    make_user(host, "clerk", company=company.code)
    with host.unit_of_work(company=company.code, by="clerk") as unit:
        given: dict[str, Any] = {"on": BEFORE.date()}
        own = plan(chores.TELL, cron="0 9 * * *", title=_("Daily"), by=unit.user, **given)
    start_scheduled(host)
    clock.move_to(NINE_IN_TAIPEI + timedelta(days=-1, hours=24))
    start_scheduled(host)
    work_off(host)
    with host.unit_of_work(company=company.code, by="clerk"):
        unplan(session().get_one(type(own), own.id))
    clock.shift(timedelta(days=1))

    assert start_scheduled(host) == 0
    assert titles(host, company)[0] == "clerk TW01 zh_Hant 24.11 None False job"


def times(zone: str, cron: str) -> list[datetime]:
    """Return when something starts around both changes of the clocks of 2026, one after another."""
    found = []
    for begin, end in (
        (date(2026, 3, 5), date(2026, 4, 2)),
        (date(2026, 10, 22), date(2026, 11, 4)),
    ):
        at = datetime.combine(begin, time(), UTC)
        while at.date() < end:
            at = following(cron, calendar=WorkingTime(zone=ZoneInfo(zone)), after=at)
            found.append(at)
    return found


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/Berlin"])
@pytest.mark.parametrize(
    "cron", ["30 2 * * *", "30 1 * * *", "0 0 * * *", "15 * * * *", "0 3 * * 0"]
)
def test_whenever_a_worker_looks_the_next_time_is_the_same(zone: str, cron: str) -> None:
    every, clocks = times(zone, cron), WorkingTime(zone=ZoneInfo(zone))
    daily = "*" not in cron.split()[1] and cron.endswith("* *")

    assert len(every) == len(set(every))
    for last, coming in pairwise(every):
        for minute in range(0, int((coming - last) / timedelta(minutes=1)), 7):
            asked = last + timedelta(minutes=minute)
            if coming - last < timedelta(days=8):
                assert following(cron, calendar=clocks, after=asked) == coming
    if daily:
        days = Counter(one.astimezone(ZoneInfo(zone)).date() for one in every)
        assert set(days.values()) == {1}


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-03-08T06:00+00:00", "2026-03-08T07:00+00:00"),
        ("2026-11-01T05:00+00:00", "2026-11-01T05:30+00:00"),
        ("2026-11-01T05:30+00:00", "2026-11-02T06:30+00:00"),
    ],
    ids=["jumped over", "the first of two", "not the second of two"],
)
def test_clocks_that_are_put_forward_or_back_lose_and_repeat_nothing(
    after: str, expected: str
) -> None:
    cron = "30 2 * * *" if "03-08" in after else "30 1 * * *"
    clocks = WorkingTime(zone=ZoneInfo("America/New_York"))

    found = following(cron, calendar=clocks, after=datetime.fromisoformat(after))

    assert found == datetime.fromisoformat(expected)
