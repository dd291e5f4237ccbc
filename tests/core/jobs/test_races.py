"""What people decide about background work holds, whatever workers do at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm.exc import StaleDataError

import chores
from bumen.errors import NotFound
from bumen.host import Host
from bumen.i18n import translator
from bumen.jobs import JobRun, RunState, ScheduleEntry, cancel, retry
from bumen.jobs.errors import RunIsNotOver, RunIsOver
from bumen.jobs.planning import entry_of, plan, set_times, unplan
from bumen.unit_of_work import CurrentCompany, UnitOfWork, session
from bumen.worker import work_off
from bumen.worker.claiming import claim, ring_again
from bumen.worker.clock import start_scheduled
from bumen.worker.rounds import ROUNDS, Round, do_rounds
from tests.core.jobs.conftest import Begin, run_called, titles

_ = translator(__file__, "chores")
BEFORE = datetime(2026, 11, 24, 12, tzinfo=UTC)
TOO_LATE = timedelta(minutes=2)


def seen(unit: UnitOfWork, ident: int) -> JobRun:
    """Return a run as somebody has seen it who is about to decide something."""
    run = unit.session.get_one(JobRun, ident)
    unit.commit()
    return run


def test_what_was_done_meanwhile_is_not_cancelled_any_more(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=1)

    with pytest.raises(RunIsOver), host.unit_of_work(company=company.code, by="admin") as unit:
        run = seen(unit, ident)
        work_off(host)
        cancel(run)

    assert run_called(host, ident).state is RunState.DONE
    assert titles(host, company) == ["note 0"]


def test_of_two_who_retry_one_does(host: Host, company: CurrentCompany, begin: Begin) -> None:
    ident = begin(chores.REFUSE)
    work_off(host)

    with pytest.raises(RunIsNotOver), host.unit_of_work(company=company.code, by="admin") as unit:
        run = seen(unit, ident)
        with host.unit_of_work(company=company.code, by="admin") as other:
            retry(seen(other, ident))
        retry(run)

    assert run_called(host, ident).state is RunState.WAITING


def test_of_two_who_cancel_what_runs_both_have_their_way(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=1)
    claim(host, ident, worker="somebody")

    with host.unit_of_work(company=company.code, by="admin") as unit:
        run = seen(unit, ident)
        with host.unit_of_work(company=company.code, by="admin") as other:
            cancel(seen(other, ident))
        first = run_called(host, ident).stop_at
        cancel(run)

    assert first is not None
    assert run_called(host, ident).stop_at == first


def test_times_are_changed_while_the_clock_starts_what_they_say(
    host: Host, company: CurrentCompany
) -> None:
    with time_machine.travel(BEFORE, tick=False) as clock:
        start_scheduled(host)
        clock.shift(timedelta(days=1))
        with host.unit_of_work(company=company.code, by="admin") as unit:
            entry = entry_of(chores.MONTHLY)
            unit.commit()
            start_scheduled(host)
            set_times(entry, "0 7 * * *")

        with host.unit_of_work(company=company.code):
            kept = entry_of(chores.MONTHLY)
    assert (kept.cron, kept.next_at) == ("0 7 * * *", datetime(2026, 11, 25, 23, tzinfo=UTC))
    assert kept.last_at is not None


def test_what_was_planned_no_more_is_not_changed_any_more(
    host: Host, company: CurrentCompany
) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        given = {"count": 1}
        ident = plan(chores.WRITE, cron="0 9 * * *", title=_("Own"), by=unit.user, **given).id

    with pytest.raises(NotFound), host.unit_of_work(company=company.code, by="admin") as unit:
        entry = unit.session.get_one(ScheduleEntry, ident)
        unit.commit()
        with host.unit_of_work(company=company.code, by="admin"):
            unplan(session().get_one(ScheduleEntry, ident))
        set_times(entry, "0 7 * * *")


def test_many_who_look_at_a_schedule_first_make_one_entry(
    host: Host, company: CurrentCompany
) -> None:
    def look(_one: int) -> int:
        with host.unit_of_work(company=company.code, by="admin"):
            return entry_of(chores.MONTHLY).id

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(look, range(4)))) == 1


def test_who_changes_what_has_changed_meanwhile_is_told_so(app: Flask) -> None:
    for path, kind in (("/jobs/1", "text/html"), ("/api/v1/core/jobs/1", "application/json")):
        with app.test_request_context(path):
            answer = app.make_response(app.handle_user_exception(StaleDataError("gone")))
            assert (answer.status_code, answer.mimetype) == (409, kind)


@pytest.mark.usefixtures("company")
def test_a_round_that_takes_longer_than_its_lease_is_done_by_one(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    begun, go = Event(), Event()

    def slowly(_host: Host) -> None:
        done.append("done")
        begun.set()
        go.wait(timeout=10)

    slow = Round(name="core.slow", title=ROUNDS[0].title, do=slowly, every=timedelta(hours=1))
    monkeypatch.setattr("bumen.worker.rounds.ROUNDS", (slow,))
    lease = timedelta(seconds=0.6)
    first = Thread(target=do_rounds, args=(host,), kwargs={"lease": lease})
    first.start()
    assert begun.wait(timeout=10)

    later = [do_rounds(host, lease=lease) for _time in range(8) if not go.wait(timeout=0.2)]
    go.set()
    first.join()

    assert (done, later) == (["done"], [0] * 8)
    assert do_rounds(host, lease=lease) == 0


@pytest.mark.parametrize("is_on", [True, False], ids=["on", "off"])
def test_bells_are_rung_again_by_as_many_statements_for_twenty_as_for_one(
    host: Host, begin: Begin, statements: Any, is_on: bool
) -> None:
    counted = []
    for number in (1, 20):
        for _time in range(number):
            begin(chores.WRITE, count=1)
        if not is_on:
            with host.database.wide_session() as wide, wide.begin():
                for run in wide.scalars(select(JobRun)):
                    run.plugin = "gone"
        with time_machine.travel(datetime.now(UTC) + number * TOO_LATE):
            statements()
            assert len(ring_again(host)) == (sum([1, 20][: len(counted) + 1]) if is_on else 0)
            counted.append(len(statements()))
            assert ring_again(host) == []

    assert counted[0] == counted[1] <= 4
