"""A run may be cancelled, retried, and left by a worker that stops: nothing of it is lost."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from time import sleep

import pytest

import chores
from bumen.host import Host
from bumen.jobs import Job, JobRun, RunState, cancel, retry
from bumen.jobs.errors import RunIsNotOver, RunIsOver
from bumen.unit_of_work import CurrentCompany, session
from bumen.worker import work_off
from bumen.worker.executing import work_on
from tests.core.jobs.conftest import Begin, run_called, titles


def test_what_waits_is_cancelled_at_once_and_begins_again_when_it_is_retried(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=1)

    with host.unit_of_work(company=company.code, by="admin"):
        cancel(session().get_one(JobRun, ident))
    assert work_off(host) == 0
    with host.unit_of_work(company=company.code, by="admin"):
        retry(session().get_one(JobRun, ident))
    assert work_off(host) == 1

    assert run_called(host, ident).state is RunState.DONE
    assert titles(host, company) == ["note 0"]


def test_what_is_over_is_neither_cancelled_nor_retried_when_it_went_well(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=1)
    with pytest.raises(RunIsNotOver), host.unit_of_work(company=company.code, by="admin"):
        retry(session().get_one(JobRun, ident))
    work_off(host)

    for deed, refusal in ((cancel, RunIsOver), (retry, RunIsNotOver)):
        with pytest.raises(refusal), host.unit_of_work(company=company.code, by="admin"):
            deed(session().get_one(JobRun, ident))


def test_what_runs_ends_at_its_next_look_and_keeps_nothing_of_the_last_piece(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.PIECES, count=2000, size=2, pause=0.01)
    working = Thread(target=work_on, args=(host, ident), kwargs={"worker": "here"})
    working.start()
    while (run_called(host, ident).remembered or 0) < 4:
        sleep(0.02)

    with host.unit_of_work(company=company.code, by="admin"):
        cancel(session().get_one(JobRun, ident))
    working.join(timeout=60)

    run = run_called(host, ident)
    assert run.state is RunState.CANCELLED
    assert len(titles(host, company)) == run.remembered


def test_what_reaches_outside_is_left_to_people_by_a_worker_that_stops(
    host: Host, company: CurrentCompany, begin: Begin, tmp_path: Path
) -> None:
    ident = begin(chores.CALL, until=str(tmp_path / "never"))

    work_on(host, ident, worker="a", stopping=lambda: True)

    run = run_called(host, ident)
    assert run.state is RunState.INTERRUPTED
    assert run.error["en"] == "The worker stopped in the middle of it."
    assert work_off(host) == 0
    with pytest.raises(ValueError, match="not repeatable"):
        Job("chores.x", title=chores.CALL.title, run=print, repeatable=False, tries=2)


def test_a_worker_that_stops_leaves_its_run_to_others(
    host: Host, company: CurrentCompany, begin: Begin, tmp_path: Path
) -> None:
    ident = begin(chores.WAIT, until=str(tmp_path / "go"))

    work_on(host, ident, worker="a", stopping=lambda: True)
    left = run_called(host, ident)
    (tmp_path / "go").touch()
    work_off(host)

    assert (left.state, left.attempts) == (RunState.WAITING, 0)
    assert run_called(host, ident).state is RunState.DONE
    assert titles(host, company) == ["waited"]
