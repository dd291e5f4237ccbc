"""`bumen worker` and `bumen serve` that are told to stop end soon, and others go on at once."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from io import BytesIO
from pathlib import Path
from urllib.request import urlopen

import pytest
from sqlalchemy import func, make_url, select

from bumen.host import Host
from bumen.importing import steps
from bumen.jobs import JobRun, RunState
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.workbench import Workbench
from bumen.unit_of_work import session
from bumen.worker import work_off
from bumen.worker.claiming import RUNG_EVERY
from bumen_base.models import Customer
from tests.core.jobs.conftest import run_called
from tests.core.jobs.redis_server import redis_server
from tests.core.jobs.test_killed import until

ROWS = 3_000
PATIENCE = 60
SOONER = RUNG_EVERY.total_seconds() * 0.8
"""Seconds in which only who listens to the queue has heard of what waits."""
SECRET = "4f1c8a07d2b96e35ac70f1d49b2e68c3"


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...] | None:
    """What is installed, as the commands load it."""
    return None


@pytest.fixture
def run(host: Host) -> JobRun:
    """An import of some customers that waits, in the queue that the commands use."""
    file = host.settings.data_dir / "jobs.db"
    return waiting(host, f"sqlite:///{file}" if host.database.is_sqlite else host.database.url)


def waiting(host: Host, queue: str, *, count: int = ROWS) -> JobRun:
    """Let an import of some customers wait in a queue."""
    make_company(host, code="TW01", plugins=["base"])
    make_administrator(host, "admin", company="TW01")
    host.queue.connect(queue)
    rows = (f"C{number:05},Customer {number:05}" for number in range(count))
    content = BytesIO("\n".join(["code,name", *rows]).encode())
    with host.unit_of_work(company="TW01", by="admin"):
        kept = steps.begin_import("base.customers", name="customers.csv", content=content)
        steps.check(kept)
    work_off(host)
    with host.unit_of_work(company="TW01", by="admin") as unit:
        return steps.take(unit.session.get_one(type(kept), kept.id), only_good=True)


@contextmanager
def command(host: Host, *words: str, queue: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """Run a command of the house on the database of a host; killed if it does not end."""
    given = {
        "BUMEN_DATABASE_URL": host.database.url,
        "BUMEN_DATA_DIR": str(host.settings.data_dir),
        "BUMEN_SECRET_KEY": SECRET,
        "BUMEN_JOBS_URL": queue,
    }
    called = [str(Path(sys.executable).with_name("bumen")), *words]
    process = subprocess.Popen(called, env={**os.environ, **given}, cwd=host.settings.data_dir)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def serving() -> list[str]:
    """Return how to serve on a port that is free."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return ["serve", "--workers", "1", "--port", str(free.getsockname()[1])]


@pytest.fixture(params=["redis", "postgresql"])
def named(request: pytest.FixtureRequest, host: Host, workbench: Workbench) -> Iterator[str]:
    """The address of a queue of its own, as people write it."""
    queue = host.queue.address
    with ExitStack() as kept:
        if request.param == "redis":
            address = kept.enter_context(redis_server()).url
        else:
            empty = kept.enter_context(workbench.databases("postgresql").empty())
            url = make_url(empty).set(drivername="postgresql")
            address = url.render_as_string(hide_password=False)
        kept.callback(host.queue.connect, queue)
        yield address


@pytest.mark.slow
def test_a_queue_that_is_named_is_left_to_workers(host: Host, named: str) -> None:
    run = waiting(host, named, count=20)
    with command(host, *serving(), queue=named) as server:
        until(lambda: is_ready(server.args[-1]), seconds=60)
        assert host.queue.beats() == {}
        with command(host, "worker", queue=named):
            until(lambda: run_called(host, run.id).state is RunState.DONE, seconds=SOONER)
            assert run_called(host, run.id).worker in host.queue.beats()


def is_ready(port: str) -> bool:
    """Whether a server answers on a port."""
    try:
        with urlopen(f"http://127.0.0.1:{port}/health") as answer:
            return answer.status == 200
    except OSError:
        return False


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "number"),
    [
        (lambda: ["worker"], signal.SIGTERM),
        (lambda: ["worker"], signal.SIGINT),
        (serving, signal.SIGTERM),
    ],
    ids=["worker", "worker at a keyboard", "serve"],
)
def test_what_is_told_to_stop_gives_back_what_it_does(
    host: Host, run: JobRun, words: Callable[[], list[str]], number: signal.Signals
) -> None:
    with command(host, *words()) as process:
        until(lambda: run_called(host, run.id).remembered is not None)
        process.send_signal(number)
        assert process.wait(timeout=PATIENCE) == 0
    left = run_called(host, run.id)
    assert (left.state, left.lease, left.attempts) == (RunState.WAITING, None, 0)
    assert host.queue.beats() == {}

    work_off(host)

    done = run_called(host, run.id)
    assert (done.state, done.attempts, done.taken_over) == (RunState.DONE, 1, 0)
    with host.unit_of_work(company="TW01", by="admin"):
        counted = select(func.count(), func.count(Customer.code.distinct()))
        assert tuple(session().execute(counted.select_from(Customer)).one()) == (ROWS, ROWS)
