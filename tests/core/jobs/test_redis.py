"""The queue on Redis: it rings at once, shows progress, tells the dead, and may itself be lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

import chores
from bumen.host import Host
from bumen.jobs import RunState
from bumen.jobs.queue import FAULTS
from bumen.jobs.run import Told
from bumen.settings import Settings
from bumen.unit_of_work import CurrentCompany, moment
from bumen.worker import claiming
from bumen.worker.claiming import take_over_from_the_dead
from tests.core.jobs.conftest import Begin, run_called, titles
from tests.core.jobs.redis_server import RedisServer, redis_server
from tests.core.jobs.test_killed import killed_once, others, others_end, until


@pytest.fixture
def redis(host: Host) -> Iterator[RedisServer]:
    """A Redis of its own, which is the queue of the host."""
    queue = host.queue.address
    with redis_server() as server:
        host.queue.connect(server.url)
        yield server
        host.queue.connect(queue)


def test_its_address_is_a_setting() -> None:
    pytest.importorskip("redis")
    url = "redis://queue.example.com:6379/3"

    assert Settings(_env_file=None, jobs_url=url).jobs_at == url


def test_a_worker_hears_at_once_of_what_waits(
    host: Host, company: CurrentCompany, redis: RedisServer, begin: Begin
) -> None:
    with others(host):
        idents = [begin(chores.WRITE, count=1, title=str(number)) for number in range(5)]
        until(lambda: all(run_called(host, one).state is RunState.DONE for one in idents))

    assert titles(host, company) == [f"{number} 0" for number in range(5)]
    assert [run_called(host, one).attempts for one in idents] == [1] * 5
    assert host.queue.beats() == {}


def test_what_is_undone_is_not_rung(host: Host, redis: RedisServer, begin: Begin) -> None:
    with pytest.raises(TypeError):
        begin(chores.WRITE, number=1)

    assert host.queue.huey.dequeue() is None


def test_progress_is_seen_while_it_runs_and_forgotten(host: Host, redis: RedisServer) -> None:
    told = Told(done=3, of=4, words={"en": "Nearly there.", "zh_Hant": "快好了。"})

    host.queue.tell(7, told)
    assert host.queue.told([7, 8]) == {7: told}
    host.queue.forget(7)
    assert host.queue.told([7, 8]) == {}


def test_of_a_worker_that_is_killed_another_takes_over_once(
    host: Host, company: CurrentCompany, redis: RedisServer, begin: Begin
) -> None:
    ident = begin(chores.PIECES, count=60, size=4, pause=0.02)
    killed_once(host, lambda: (run_called(host, ident).remembered or 0) >= 8)

    others_end(host, ident)

    assert titles(host, company) == [f"piece {number:04}" for number in range(60)]
    assert (run_called(host, ident).attempts, run_called(host, ident).taken_over) == (2, 1)


def test_a_redis_that_is_lost_loses_no_work(
    host: Host,
    company: CurrentCompany,
    redis: RedisServer,
    begin: Begin,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(claiming, "RUNG_EVERY", timedelta(seconds=1))
    heard = begin(chores.WRITE, count=1, title="rung")
    redis.stop()
    silent = begin(chores.WRITE, count=1, title="not rung")
    assert host.queue.told([heard]) == {}

    with others(host):
        redis.start()
        until(lambda: run_called(host, silent).state is RunState.DONE)
        until(lambda: run_called(host, heard).state is RunState.DONE)

    assert titles(host, company) == ["not rung 0", "rung 0"]


def test_nobody_is_taken_for_dead_because_redis_was_away(
    host: Host, redis: RedisServer, begin: Begin
) -> None:
    ident = begin(chores.WRITE, count=1)
    claiming.claim(host, ident, worker="alive")
    host.queue.beat("alive", at=moment())
    assert take_over_from_the_dead(host) == []
    redis.stop()

    with pytest.raises(FAULTS):
        take_over_from_the_dead(host)
    redis.start()
    host.queue.beat("another", at=moment())

    assert take_over_from_the_dead(host) == []
    assert run_called(host, ident).state is RunState.RUNNING
    with time_machine.travel(moment() + 2 * claiming.LEASE):
        assert take_over_from_the_dead(host) == [ident]
