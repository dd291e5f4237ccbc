"""What the tests of approvals share: an office where petitions are written."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from bumen.database import Database
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.workbench import Workbench
from tests.core.approvals.office import ABOVE, Office, open_office


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The petitions alone."""
    return (Candidate("petitions", "petitions"),)


@pytest.fixture
def office(host: Host) -> Office:
    """An office with people who write petitions, and some who decide about them."""
    return open_office(host)


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
