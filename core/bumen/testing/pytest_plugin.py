"""The fixtures plugin authors test with: a host on both databases, companies, a unit of work.

Every test gets a database of its own, copied from one that was migrated once. Which plugins are
loaded says the ini option `bumen_plugins`, or a fixture of that name.
"""

from collections.abc import Iterator
from contextlib import closing
from functools import partial

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bumen.host import Host
from bumen.registry import Candidate, Registry
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import Login, signed_in
from bumen.testing.workbench import Candidates, Workbench
from bumen.unit_of_work import CurrentCompany, UnitOfWork

pytest.register_assert_rewrite("bumen.testing.conformance", "bumen.testing.conformance_web")

BACKENDS = ("sqlite", "postgresql")
ADMINISTRATOR = "admin"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let people choose databases, and projects the plugins their tests load."""
    group = parser.getgroup("bumen")
    group.addoption("--backend", choices=BACKENDS, help="Test on this database only.")
    parser.addini(
        "bumen_plugins",
        type="linelist",
        help="Plugins to load instead of the installed ones, one a line: name, or name = package.",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of the database that was not chosen."""
    chosen = config.getoption("--backend")
    other = [item for item in items if chosen and _backend_of(item) not in (None, chosen)]
    if other:
        config.hook.pytest_deselected(items=other)
        items[:] = [item for item in items if item not in other]


@pytest.fixture(scope="session")
def bumen_plugins(pytestconfig: pytest.Config) -> Candidates:
    """The plugins to load; None stands for all that are installed. Override it where needed."""
    lines = [line.partition("=") for line in pytestconfig.getini("bumen_plugins")]
    candidates = [Candidate(name.strip(), (package or name).strip()) for name, _, package in lines]
    return tuple(candidates) or None


@pytest.fixture(scope="session")
def workbench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """What is made once and used by many tests: hosts, applications, migrated databases."""
    with closing(Workbench(tmp_path_factory.mktemp("bumen"))) as workbench:
        yield workbench


@pytest.fixture(scope="session", params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database: whoever asks for it, or for a host, is tested on each."""
    chosen: str = request.param
    return chosen


@pytest.fixture
def empty_database(workbench: Workbench, backend: str) -> Iterator[str]:
    """The address of a database without tables."""
    with workbench.databases(backend).empty() as url:
        yield url


@pytest.fixture
def registry(workbench: Workbench, bumen_plugins: Candidates) -> Registry:
    """The plugins under test, for tests that need no database."""
    return workbench.resting_host(bumen_plugins).registry


@pytest.fixture
def host(workbench: Workbench, bumen_plugins: Candidates, backend: str) -> Iterator[Host]:
    """A host with the plugins under test, on a migrated database without companies."""
    with workbench.host(bumen_plugins, backend=backend) as lent:
        yield lent


@pytest.fixture
def company(host: Host) -> CurrentCompany:
    """The company TW01 with the plugins under test on, and its administrator `admin`."""
    made = make_company(host, code="TW01", plugins=host.registry.plugins)
    make_administrator(host, ADMINISTRATOR, company=made.code)
    return made


@pytest.fixture
def other_company(host: Host) -> CurrentCompany:
    """The company CN01 with the plugins under test on, where nobody of TW01 has a place."""
    return make_company(
        host,
        code="CN01",
        plugins=host.registry.plugins,
        country="CN",
        currency="CNY",
        locale="zh_Hans",
    )


@pytest.fixture
def unit(host: Host, company: CurrentCompany) -> Iterator[UnitOfWork]:
    """An open unit of work of `admin` in TW01, undone afterwards; open no other beside it."""
    with host.unit_of_work(company=company.code, by=ADMINISTRATOR) as working:
        yield working
        working.rollback()


@pytest.fixture
def app(workbench: Workbench, host: Host) -> Flask:
    """The application of the host."""
    return workbench.app(host)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """The browser or program of somebody who has not signed in."""
    return app.test_client()


@pytest.fixture
def login(app: Flask, host: Host) -> Login:
    """A function that returns the browser of a person who has signed in: `login("admin")`."""
    return partial(signed_in, app, host)


def _backend_of(item: pytest.Item) -> str | None:
    called = getattr(item, "callspec", None)
    backend: str | None = called.params.get("backend") if called else None
    return backend
