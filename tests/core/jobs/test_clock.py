"""The clock asks little: what is not due is looked at once for all that share their times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import event, func, select

import chores
from bumen.documents.working_calendar import keep_day
from bumen.host import Host
from bumen.i18n import translator
from bumen.jobs import JobRun, Schedule, ScheduleEntry
from bumen.jobs.planning import entry_of, plan
from bumen.unit_of_work import CurrentCompany, session
from bumen.worker.clock import start_scheduled

_ = translator(__file__, "chores")
MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
MORNINGS = ("0 8 * * W", "0 8 * * 1", "0 8 1 * *")
EIGHT_ON_TUESDAY = datetime(2026, 11, 24, tzinfo=UTC)
A_BIT = timedelta(seconds=2)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[time_machine.Coordinates]:
    """The time, which stands still on the evening of a Monday; the house plans nothing."""
    monkeypatch.setattr("bumen.host_jobs.HOST_SCHEDULES", ())
    with time_machine.travel(MONDAY, tick=False) as coordinates:
        yield coordinates


@pytest.fixture
def read() -> Iterator[list[ScheduleEntry]]:
    """The entries that were read whole."""
    found: list[ScheduleEntry] = []

    def note(entry: ScheduleEntry, _context: Any) -> None:
        found.append(entry)

    event.listen(ScheduleEntry, "load", note)
    yield found
    event.remove(ScheduleEntry, "load", note)


def planned(host: Host, company: CurrentCompany, *crons: str) -> None:
    """Have notes written at these times."""
    given: dict[str, Any] = {"count": 1}
    with host.unit_of_work(company=company.code, by="admin") as unit:
        for cron in crons:
            plan(chores.WRITE, cron=cron, title=_("Own"), by=unit.user, **given)


def next_times(host: Host, company: CurrentCompany, cron: str) -> list[datetime | None]:
    """Return when what has these times starts next."""
    with host.unit_of_work(company=company.code):
        mine = select(ScheduleEntry.next_at).where(ScheduleEntry.cron == cron)
        return list(session().scalars(mine))


def test_three_hundred_that_are_not_due_cost_as_much_as_three(
    host: Host,
    company: CurrentCompany,
    clock: time_machine.Coordinates,
    statements: Any,
    read: list[ScheduleEntry],
) -> None:
    counted = []
    for number in (1, 99):
        planned(host, company, *MORNINGS * number)
        start_scheduled(host)
        statements()
        read.clear()
        assert start_scheduled(host) == 0
        counted.append((len(statements()), len(read)))

    assert counted[0] == counted[1] == (counted[0][0], 0)
    assert counted[0][0] <= 8


def test_what_starts_at_other_times_by_now_is_put_right_at_once_however_many_they_are(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates, statements: Any
) -> None:
    planned(host, company, *MORNINGS, *["0 8 * * W"] * 30)
    start_scheduled(host)
    with host.unit_of_work(company=company.code):
        keep_day(EIGHT_ON_TUESDAY.date(), works=False, name="Holiday")
    statements()

    start_scheduled(host)

    assert len([one for one in statements() if one.startswith("UPDATE")]) == 1
    a_day_later = EIGHT_ON_TUESDAY + timedelta(days=1)
    assert set(next_times(host, company, "0 8 * * W")) == {a_day_later}
    assert next_times(host, company, "0 8 1 * *") == [datetime(2026, 12, 1, tzinfo=UTC)]


@pytest.mark.parametrize("cron", ["0 9 26 * *", "0 9 24,25 * *"], ids=["others", "more often"])
def test_times_that_a_department_declares_anew_hold_where_nobody_has_set_others(
    host: Host,
    company: CurrentCompany,
    clock: time_machine.Coordinates,
    monkeypatch: pytest.MonkeyPatch,
    cron: str,
) -> None:
    start_scheduled(host)
    anew = Schedule("chores.monthly", chores.WRITE, cron=cron, title=_("Anew"))
    installed = host.registry.plugins["chores"].plugin
    monkeypatch.setitem(vars(installed), "schedules", (anew,))

    start_scheduled(host)

    first = int(cron.split()[2].partition(",")[0])
    with host.unit_of_work(company=company.code):
        assert entry_of(anew).next_at == datetime(2026, 11, first, 1, tzinfo=UTC)


@pytest.mark.parametrize("cron", MORNINGS)
def test_a_worker_whose_clock_is_behind_begins_nothing_again(
    host: Host, company: CurrentCompany, clock: time_machine.Coordinates, cron: str
) -> None:
    planned(host, company, cron)
    [due] = next_times(host, company, cron)
    assert due is not None
    clock.move_to(due)
    assert start_scheduled(host) == 1
    after = next_times(host, company, cron)

    clock.move_to(due - A_BIT)
    assert start_scheduled(host) == 0
    clock.move_to(due + A_BIT)
    assert start_scheduled(host) == 0

    assert next_times(host, company, cron) == after
    with host.unit_of_work(company=company.code):
        assert session().scalar(select(func.count(JobRun.id))) == 1
