"""A job runs once, after what started it was kept, as who started it, wholly or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import chores
from bumen.activation.service import switch
from bumen.errors import Forbidden, NotFound
from bumen.host import Host
from bumen.jobs import JobRun, RunState, retry, start
from bumen.testing.makers import make_user
from bumen.unit_of_work import CurrentCompany, session
from bumen.worker import work_off
from tests.core.jobs.conftest import Begin, log_of, run_called, titles

DAY = date(2026, 11, 22)


def test_a_job_that_is_started_is_done_with_its_result_and_its_log(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=2)

    assert work_off(host) == 1

    run = run_called(host, ident)
    assert (run.state, run.result["en"], run.done, run.of) == (RunState.DONE, "2 notes", 2, 2)
    assert log_of(host, ident) == ["All of them are written."]
    assert titles(host, company) == ["note 0", "note 1"]
    assert work_off(host) == 0


def test_what_is_undone_starts_nothing(host: Host, company: CurrentCompany) -> None:
    with pytest.raises(LookupError), host.unit_of_work(company=company.code, by="admin"):
        start(chores.WRITE, count=1)
        raise LookupError("no")

    assert work_off(host) == 0
    assert host.queue.huey.dequeue() is None


def test_workers_hear_of_a_run_only_after_it_is_kept(host: Host, company: CurrentCompany) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        run = start(chores.WRITE, count=1)
        assert host.queue.huey.dequeue() is None

    assert host.queue.huey.dequeue().args == [run.id]


def test_a_job_runs_as_who_started_it_for_the_company_and_in_the_language_of_then(
    host: Host, company: CurrentCompany, other_company: CurrentCompany, begin: Begin
) -> None:
    make_user(host, "clerk", company=company.code)
    begin(chores.TELL, on=DAY, amount=Decimal("1.50"))
    begin(chores.TELL, by="clerk", on=DAY)
    begin(chores.TELL, by=None, on=DAY)

    work_off(host)

    assert titles(host, company) == [
        "admin TW01 zh_Hant 22.11 1.50 True job",
        "clerk TW01 zh_Hant 22.11 None False job",
        "nobody TW01 zh_Hant 22.11 None True job",
    ]
    assert titles(host, other_company) == []


def test_arguments_that_the_function_does_not_take_are_refused_at_once(begin: Begin) -> None:
    with pytest.raises(TypeError):
        begin(chores.WRITE, number=1)


def test_who_is_not_allowed_what_a_job_needs_cannot_start_it(
    host: Host, company: CurrentCompany
) -> None:
    with pytest.raises(Forbidden), host.unit_of_work(company=company.code) as unit:
        unit.may = lambda _verb, _view: False
        start(chores.ALLOWED, count=1)


def test_who_lost_the_permission_or_the_place_has_nothing_done(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    make_user(host, "clerk", company=company.code)
    make_user(host, "guest")
    forbidden = begin(chores.ALLOWED, by="clerk", count=1)
    gone = begin(chores.WRITE, by="guest", count=1)

    work_off(host)

    assert run_called(host, forbidden).error["en"] == (
        "Whoever started this is not allowed to do it any more."
    )
    assert run_called(host, gone).error["en"] == (
        "Whoever started this does not work in this company any more."
    )
    assert titles(host, company) == []


def test_a_refusal_fails_the_run_in_its_own_words_and_nothing_of_it_is_kept(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.REFUSE)

    work_off(host)

    run = run_called(host, ident)
    assert (run.state, run.error["en"]) == (RunState.FAILED, "There is nothing to do.")
    assert titles(host, company) == []
    assert list(host.departments.files.names()) == []


def test_a_fault_is_tried_again_later_and_its_reason_is_shown_to_nobody(
    host: Host, company: CurrentCompany, begin: Begin, caplog: pytest.LogCaptureFixture
) -> None:
    ident = begin(chores.BREAK)

    work_off(host)
    first = run_called(host, ident)
    with host.unit_of_work(company=company.code, by="admin") as unit:
        unit.session.get_one(type(first), ident).due_at = first.created_at
    work_off(host)

    run = run_called(host, ident)
    assert (first.state, first.due_at > first.created_at) == (RunState.WAITING, True)
    assert (run.state, run.attempts) == (RunState.FAILED, 2)
    assert "secret" not in str(run.error)
    assert "secret" in caplog.text
    assert titles(host, company) == []


def test_a_job_that_only_reads_makes_a_file(host: Host, begin: Begin) -> None:
    begin(chores.WRITE, count=3)
    ident = begin(chores.READ)

    work_off(host)

    run = run_called(host, ident)
    assert (run.file_name, run.media_type, run.size) == ("筆記.txt", "text/plain", 1)
    with host.departments.files.open(run.stored_as) as kept:
        assert kept.read() == b"3"


def test_a_job_that_says_it_only_reads_may_not_write(
    host: Host, company: CurrentCompany, begin: Begin, tmp_path: Path
) -> None:
    (tmp_path / "go").touch()
    left_to_the_end = begin(chores.LIE, count=1)
    written_at_once = begin(chores.SLY, until=str(tmp_path / "go"))
    honest = begin(chores.WRITE, count=1)

    work_off(host)

    assert run_called(host, left_to_the_end).state is RunState.FAILED
    assert run_called(host, written_at_once).state is RunState.FAILED
    assert run_called(host, honest).state is RunState.DONE
    assert titles(host, company) == ["note 0"]


def test_the_file_of_an_earlier_time_goes_when_another_takes_its_place(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.FILES)
    work_off(host)
    assert run_called(host, ident).file_name == "first.txt"

    with host.unit_of_work(company=company.code, by="admin"):
        retry(session().get_one(JobRun, ident))
    work_off(host)

    run = run_called(host, ident)
    assert (run.state, run.file_name) == (RunState.DONE, "second.txt")
    assert list(host.departments.files.names()) == [run.stored_as]


def test_a_department_that_is_off_starts_nothing_and_what_waits_goes_on_when_it_is_on(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=1)
    switch(host, company=company.code, name="chores", enabled=False)

    with pytest.raises(NotFound):
        begin(chores.WRITE, count=1)
    assert work_off(host) == 0
    assert run_called(host, ident).state is RunState.WAITING

    switch(host, company=company.code, name="chores", enabled=True)
    assert work_off(host) == 1
    assert titles(host, company) == ["note 0"]
