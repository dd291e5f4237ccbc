"""What was cancelled is not done, however a worker comes to leave it; no claim is out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import event, update

import chores
from bumen.host import Host
from bumen.jobs import JobRun, RunState, cancel
from bumen.jobs.run import Told
from bumen.unit_of_work import CurrentCompany, moment, session
from bumen.worker import work_off
from bumen.worker.claiming import claim, take_over_from_the_dead
from bumen.worker.executing import work_on
from tests.core.jobs.conftest import Begin, run_called, titles
from tests.core.jobs.test_killed import until

A_WHILE = 2.0
"""Seconds in which another worker would have done some pieces if nothing kept it from them."""


def cancelled(host: Host, company: CurrentCompany, ident: int) -> bool:
    """Cancel a run, as somebody does on its page; True."""
    with host.unit_of_work(company=company.code, by="admin"):
        cancel(session().get_one(JobRun, ident))
    return True


def assert_over(host: Host, ident: int) -> None:
    """A run is over and stays so, and nobody shows any more how far it is."""
    run = run_called(host, ident)
    assert (run.state, run.lease) == (RunState.CANCELLED, None)
    assert run.ended_at is not None
    assert host.queue.told([ident]) == {}
    assert work_off(host) == 0


def test_what_fails_after_it_was_cancelled_is_not_tried_again(
    host: Host, company: CurrentCompany, begin: Begin, tmp_path: Path
) -> None:
    go = tmp_path / "go"
    ident = begin(chores.BREAK, until=str(go))
    working = Thread(target=work_on, args=(host, ident), kwargs={"worker": "a"})
    working.start()
    until(lambda: bool(host.queue.told([ident])))

    cancelled(host, company, ident)
    go.touch()
    working.join(timeout=60)

    assert_over(host, ident)
    assert "number" in run_called(host, ident).error["en"]


def test_what_a_worker_gives_back_after_it_was_cancelled_is_not_begun_again(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.BREAK)

    work_on(host, ident, worker="a", stopping=lambda: cancelled(host, company, ident))

    assert_over(host, ident)
    assert run_called(host, ident).error is None


@pytest.mark.parametrize("job", [chores.PIECES, chores.CALL], ids=["resumable", "reaches outside"])
def test_what_is_cancelled_while_it_is_taken_from_a_worker_is_not_begun_again(
    host: Host, company: CurrentCompany, begin: Begin, job: Any
) -> None:
    given = {"until": "never"} if job is chores.CALL else {"count": 8, "size": 4}
    ident = begin(job, **given)
    claim(host, ident, worker="alive")
    host.queue.beat("alive", at=moment())
    host.queue.tell(ident, Told(done=4, of=8, words=None))

    waiting = take_over_from_the_dead(host, left_by=lambda run: cancelled(host, company, run.id))

    assert waiting == []
    assert_over(host, ident)


def test_what_a_dead_worker_told_of_how_far_it_was_is_forgotten(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    for job, given in ((chores.CALL, {"until": "never"}), (chores.WRITE, {"count": 1})):
        ident = begin(job, **given)
        claim(host, ident, worker="dead")
        host.queue.tell(ident, Told(done=1, of=2, words=None))

        take_over_from_the_dead(host)

        assert host.queue.told([ident]) == {}


@contextmanager
def just_before(host: Host, number: int, words: str, deed: Callable[[], object]) -> Iterator[None]:
    """Let another thread do something right before a statement with these words, once."""
    seen = 0

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        nonlocal seen
        seen += statement.startswith(words)
        if seen == number and statement.startswith(words):
            seen += 1
            other = Thread(target=deed)
            others.append(other)
            other.start()
            other.join(timeout=A_WHILE)

    others: list[Thread] = []
    event.listen(host.database.engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        event.remove(host.database.engine, "before_cursor_execute", note)
        for other in others:
            other.join(timeout=60)


def test_a_claim_goes_on_from_where_the_last_worker_got(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.PIECES, count=40, size=4)
    answers = iter([False])

    def do_some() -> None:
        work_on(host, ident, worker="quick", stopping=lambda: next(answers, True))

    with just_before(host, 1, "UPDATE core_job_run", do_some):
        claimed = claim(host, ident, worker="slow")

    assert claimed is not None
    assert claimed.remembered == run_called(host, ident).remembered
    assert len(titles(host, company)) == (claimed.remembered or 0)


def test_what_is_given_back_while_somebody_cancels_it_is_cancelled(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    if host.database.is_sqlite:
        pytest.skip("Nobody else writes while somebody cancels.")
    ident = begin(chores.WRITE, count=1)
    claim(host, ident, worker="a")

    def given_back() -> None:
        with host.database.wide_session() as wide, wide.begin():
            left = {"state": RunState.WAITING, "lease": None}
            wide.execute(update(JobRun).where(JobRun.id == ident).values(left))

    with just_before(host, 2, "UPDATE core_job_run", given_back):
        cancelled(host, company, ident)

    assert_over(host, ident)
