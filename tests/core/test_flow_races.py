"""Many take the same step of one record at once: one does, and the others are told."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from pydantic import SecretStr

from bumen.errors import BusinessError
from bumen.host import Host
from bumen.registry import Candidate
from bumen.settings import Settings
from tests.core.travelling import PLUGINS, Agency
from trips.models import TripState

AT_ONCE = 20


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return PLUGINS


def submit(agency: Agency, trip: int) -> str:
    """Submit a trip and say what became of it."""
    try:
        agency.take(trip, "submit", by="ann")
    except BusinessError as refusal:
        return refusal.code
    return "done"


def submit_from_elsewhere(url: str, folder: str, trip: int, times: int) -> list[str]:
    """Submit a trip from a process of one's own, several times at once."""
    secret = SecretStr("only-for-tests-0123456789-abcdefghijk")
    settings = Settings(data_dir=Path(folder), database_url=url, secret_key=secret)
    host = Host.start(settings, PLUGINS)
    with host.unit_of_work(company="TW01", by="ann") as unit:
        assert unit.company is not None
        company = unit.company
    with ThreadPoolExecutor(times) as people:
        found = list(people.map(lambda _turn: submit(Agency(host, company), trip), range(times)))
    host.database.engine.dispose()
    return found


def assert_one_effect(agency: Agency, trip: int, found: list[str]) -> None:
    """Assert that one of them did it and every other was told why not."""
    told = Counter(found)

    assert told["done"] == 1
    assert set(told) <= {"done", "stale_version", "illegal_transition"}
    assert [one.step for one in agency.movements(trip)] == ["submit"]
    assert agency.kept(trip).state is TripState.SUBMITTED
    assert agency.kept(trip).version == 2


def test_of_twenty_threads_one_takes_the_step(host: Host) -> None:
    agency = Agency.opened(host)
    trip = agency.trip()

    with ThreadPoolExecutor(AT_ONCE) as people:
        found = list(people.map(lambda _turn: submit(agency, trip), range(AT_ONCE)))

    assert len(found) == AT_ONCE
    assert_one_effect(agency, trip, found)


def test_of_two_processes_one_takes_the_step(host: Host, tmp_path: Path) -> None:
    agency = Agency.opened(host)
    trip, url = agency.trip(), host.database.engine.url.render_as_string(hide_password=False)

    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        asked = [
            processes.submit(submit_from_elsewhere, url, str(tmp_path), trip, AT_ONCE // 2)
            for _process in range(2)
        ]
        found = [one for process in asked for one in process.result(timeout=120)]

    assert len(found) == AT_ONCE
    assert_one_effect(agency, trip, found)
