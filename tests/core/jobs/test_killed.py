"""What a killed worker did is taken over by another: once, with nothing lost and nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

import chores
from bumen.host import Host
from bumen.jobs import RunState
from bumen.jobs.errors import LeaseWasLost
from bumen.unit_of_work import CurrentCompany
from bumen.worker import Worker, work_off
from bumen.worker.claiming import claim, take_over_from_the_dead
from bumen.worker.executing import _do, _run_of
from tests.core.jobs.conftest import Begin, log_of, run_called, titles
from tests.core.jobs.victim import DIES

SOON = timedelta(seconds=1)
EXAMPLES = Path(__file__).parents[2] / "examples"


@contextmanager
def victim(host: Host, *more: str, dies: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """Let a worker work in a process of its own; afterwards it is killed, if it still lives."""
    folder = str(host.settings.data_dir)
    called = [sys.executable, "-m", "tests.core.jobs.victim", host.database.url]
    path = os.pathsep.join([str(EXAMPLES), str(EXAMPLES.parents[1])])
    death = {DIES: dies} if dies else {}
    process = subprocess.Popen(
        [*called, host.queue.address, folder, *more],
        env={**os.environ, **death, "PYTHONPATH": path},
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def others(host: Host, *, count: int = 2) -> Iterator[None]:
    """Let workers of this process work, who soon notice that another has died."""
    workers = [Worker(host, lease=SOON, every=0.1) for _one in range(count)]
    for worker in workers:
        worker.start()
    try:
        yield
    finally:
        for worker in workers:
            worker.stop()


def killed_once(host: Host, holds: Callable[[], bool], *more: str, seconds: float = 60.0) -> None:
    """Let a worker work until something holds, and kill it there."""
    with victim(host, *more) as process:
        until(holds, seconds=seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()


def killed_after(host: Host, method: str, done: int) -> None:
    """Let a worker work, and be killed right after a run has told, or kept, that so much is done.

    Nobody has to look on at the right moment, as fast as the machine may be.
    """
    with victim(host, dies=f"{method}:{done}") as process:
        assert process.wait(timeout=120) == -signal.SIGKILL


def others_end(host: Host, ident: int, state: RunState = RunState.DONE) -> None:
    """Let others work until a run has come to its end."""
    with others(host):
        until(lambda: run_called(host, ident).state is state)


def until(holds: Callable[[], bool], *, seconds: float = 60.0) -> None:
    """Wait until something holds."""
    deadline = monotonic() + seconds
    while not holds():
        assert monotonic() < deadline, "It never came to hold."
        sleep(0.05)


def test_a_resumable_job_goes_on_after_its_last_piece(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.PIECES, count=60, size=4, pause=0.02)
    killed_once(host, lambda: (run_called(host, ident).remembered or 0) >= 8)
    kept = len(titles(host, company))

    others_end(host, ident)

    run = run_called(host, ident)
    assert 8 <= kept < 60
    assert titles(host, company) == [f"piece {number:04}" for number in range(60)]
    assert (run.attempts, run.taken_over) == (2, 1)
    assert log_of(host, ident) == ["The worker stopped in the middle of it."]


def test_any_other_job_is_done_anew_and_counts_once(
    host: Host, company: CurrentCompany, begin: Begin, tmp_path: Path
) -> None:
    ident = begin(chores.WAIT, until=str(tmp_path / "go"))
    killed_once(host, lambda: run_called(host, ident).state is RunState.RUNNING)
    (tmp_path / "go").touch()

    others_end(host, ident)

    assert titles(host, company) == ["waited"]


def test_a_job_that_reaches_outside_is_not_begun_again_by_itself(
    host: Host, company: CurrentCompany, begin: Begin, tmp_path: Path
) -> None:
    ident = begin(chores.CALL, until=str(tmp_path / "never"))
    killed_once(host, lambda: run_called(host, ident).state is RunState.RUNNING)

    others_end(host, ident, RunState.INTERRUPTED)

    assert run_called(host, ident).error["en"] == "The worker stopped in the middle of it."
    assert titles(host, company) == []


def test_of_many_workers_one_takes_a_run(host: Host, begin: Begin) -> None:
    ident = begin(chores.WRITE, count=1)

    with ThreadPoolExecutor(4) as pool:
        claims = list(pool.map(lambda name: claim(host, ident, worker=name), "abcd"))

    assert [claimed is not None for claimed in claims].count(True) == 1


def test_of_many_workers_one_takes_over(host: Host, begin: Begin) -> None:
    ident = begin(chores.WRITE, count=1)
    claim(host, ident, worker="dead")

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _one: take_over_from_the_dead(host), range(4)))

    assert sorted(map(len, taken)) == [0, 0, 0, 1]
    assert run_called(host, ident).taken_over == 1


def test_a_worker_that_wakes_up_after_it_was_taken_for_dead_keeps_nothing(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=1)
    asleep = claim(host, ident, worker="asleep")
    assert asleep is not None
    take_over_from_the_dead(host)
    work_off(host)

    with pytest.raises(LeaseWasLost):
        _do(host, asleep, _run_of(host, asleep, lambda: False))

    assert titles(host, company) == ["note 0"]


def test_a_job_that_kills_its_workers_does_not_kill_all_of_them(host: Host, begin: Begin) -> None:
    ident = begin(chores.WRITE, count=1)

    for _time in range(10):
        if claim(host, ident, worker="dead") is None:
            break
        take_over_from_the_dead(host)

    run = run_called(host, ident)
    assert (run.state, run.attempts) == (RunState.INTERRUPTED, 4)
