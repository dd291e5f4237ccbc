"""What the tests of approvals share: an office where petitions are written."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bumen.database import Database
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.workbench import Make, Workbench
from tests.core.approvals.office import ABOVE, Office, open_office, seat_people


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The petitions alone."""
    return (Candidate("petitions", "petitions"),)


@pytest.fixture(scope="session")
def at_hand(at_hand: dict[str, Make]) -> dict[str, Make]:
    """The people of the office are seated once."""
    return {**at_hand, "people_at_hand": seat_people}


@pytest.fixture
def people_at_hand(host: Host, workbench: Workbench) -> dict[str, int]:
    """The ids of the people of the office, by their names."""
    return workbench.at_hand(seat_people, host)


@pytest.fixture
def office(host: Host, people_at_hand: dict[str, int]) -> Office:
    """An office with people who write petitions, and some who decide about them."""
    return Office(host, dict(people_at_hand))


@pytest.fixture(scope="module")
def offices(
    workbench: Workbench, bumen_plugins: tuple[Candidate, ...]
) -> Iterator[tuple[Office, ...]]:
    """An office on each database, with the same people."""
    resting = workbench.resting_host(bumen_plugins)
    with ExitStack() as stack:
        made = []
        for backend in ("sqlite", "postgresql"):
            template = workbench._template(resting, backend)
            url = stack.enter_context(workbench.databases(backend).copy(template))
            database = Database(url)
            stack.callback(database.engine.dispose)
            host = Host(resting.settings, database, resting.registry)
            office = open_office(host)
            for name, superior in ABOVE.items():
                office.place(name, superior=superior)
            made.append(office)
        yield tuple(made)
