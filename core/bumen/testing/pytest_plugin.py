"""The fixtures plugin authors test with: a host on both databases, companies, a unit of work.

Every test gets a database of its own, copied from one that was migrated once. Which plugins are
loaded says the ini option `bumen_plugins`, or a fixture of that name.

Tests run on both databases. Those of files that match the ini option `bumen_in_turn` run on one
each, half of them on either, which the name of the test decides; the mark `every_database` or the
option `--every-database` runs them on both. It is meant for screens, where the rules behind them
are tested on both.
"""

from collections.abc import Iterator
from contextlib import closing
from fnmatch import fnmatch
from functools import partial
from zlib import crc32

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bumen.candidates import Candidate
from bumen.host import Host
from bumen.registry import Registry
from bumen.testing.databases import place_of_a_run
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import Login, signed_in
from bumen.testing.workbench import Candidates, Make, Workbench
from bumen.unit_of_work import CurrentCompany, UnitOfWork

pytest.register_assert_rewrite("bumen.testing.conformance", "bumen.testing.conformance_web")

BACKENDS = ("sqlite", "postgresql")
ADMINISTRATOR = "admin"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let people choose databases, and projects the plugins their tests load."""
    group = parser.getgroup("bumen")
    group.addoption("--backend", choices=BACKENDS, help="Test on this database only.")
    group.addoption(
        "--every-database", action="store_true", help="Run on both what else takes turns."
    )
    group.addoption(
        "--every-kill", action="store_true", help="Kill servers at every place, not at some."
    )
    parser.addini(
        "bumen_plugins",
        type="linelist",
        help="Plugins to load instead of the installed ones, one a line: name, or name = package.",
    )
    parser.addini(
        "bumen_in_turn",
        type="linelist",
        help="Patterns of files, one a line, whose tests run on one database each, in turn.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known that takes a test out of turns."""
    config.addinivalue_line("markers", "every_database: runs on both, whatever its file does.")


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> Iterator[None]:
    """Leave out the tests of the database that was not chosen, or whose turn it is not.

    Those marked as slow come first: nobody waits in the end for one that began last.
    """
    if chosen := config.getoption("--backend"):
        other = {item for item in items if _backend_of(item) not in (None, chosen)}
    elif config.getoption("--every-database"):
        other = set()
    else:
        other = out_of_turn(items, config.getini("bumen_in_turn"))
    if other:
        config.hook.pytest_deselected(items=list(other))
        items[:] = [item for item in items if item not in other]
    yield
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def out_of_turn(items: list[pytest.Item], patterns: list[str]) -> set[pytest.Item]:
    """Return what is left to the other database, of the files that match a pattern."""
    twice: dict[str, dict[str, pytest.Item]] = {}
    for item in items:
        file, backend = item.nodeid.partition("::")[0], _backend_of(item)
        if item.get_closest_marker("every_database") or not backend:
            continue
        if any(fnmatch(file, pattern) for pattern in patterns):
            twice.setdefault(item.nodeid.replace(backend, "", 1), {})[backend] = item
    return {
        on[BACKENDS[crc32(name.encode()) % len(BACKENDS)]]
        for name, on in twice.items()
        if len(on) == len(BACKENDS)
    }


@pytest.fixture(scope="session")
def bumen_plugins(pytestconfig: pytest.Config) -> Candidates:
    """The plugins to load; None stands for all that are installed. Override it where needed."""
    lines = [line.partition("=") for line in pytestconfig.getini("bumen_plugins")]
    candidates = [Candidate(name.strip(), (package or name).strip()) for name, _, package in lines]
    return tuple(candidates) or None


@pytest.fixture(scope="session")
def at_hand() -> dict[str, Make]:
    """What is made once and copied for every test whose fixtures have one of these names.

    A fixture of such a name returns `workbench.at_hand(make, host)`; add yours by overriding this.
    """
    return {"company_at_hand": _make_company, "other_company_at_hand": _make_other}


@pytest.fixture(scope="session")
def workbench() -> Iterator[Workbench]:
    """What is made once and used by many tests: hosts, applications, migrated databases."""
    with place_of_a_run() as folder, closing(Workbench(folder)) as workbench:
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
def host(
    request: pytest.FixtureRequest,
    workbench: Workbench,
    bumen_plugins: Candidates,
    backend: str,
    at_hand: dict[str, Make],
) -> Iterator[Host]:
    """A host with the plugins under test, on a migrated database without companies."""
    makers = tuple(make for name, make in at_hand.items() if name in request.fixturenames)
    with workbench.host(bumen_plugins, backend=backend, makers=makers) as lent:
        yield lent


@pytest.fixture
def company_at_hand(host: Host, workbench: Workbench) -> CurrentCompany:
    """The company TW01, made once and there from the beginning; `company` is it."""
    return workbench.at_hand(_make_company, host)


@pytest.fixture
def other_company_at_hand(host: Host, workbench: Workbench) -> CurrentCompany:
    """The company CN01, made once and there from the beginning; `other_company` is it."""
    return workbench.at_hand(_make_other, host)


@pytest.fixture
def company(company_at_hand: CurrentCompany) -> CurrentCompany:
    """The company TW01 with the plugins under test on, and its administrator `admin`."""
    return company_at_hand


@pytest.fixture
def other_company(other_company_at_hand: CurrentCompany) -> CurrentCompany:
    """The company CN01 with the plugins under test on, where nobody of TW01 has a place."""
    return other_company_at_hand


def _make_company(host: Host) -> CurrentCompany:
    made = make_company(host, code="TW01", plugins=host.registry.plugins)
    make_administrator(host, ADMINISTRATOR, company=made.code)
    return made


def _make_other(host: Host) -> CurrentCompany:
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


@pytest.fixture
def reader(company: CurrentCompany, login: Login) -> FlaskClient:
    """The browser of the company's administrator, who reads English."""
    return login(ADMINISTRATOR, company=company.code, language="en")


def _backend_of(item: pytest.Item) -> str | None:
    called = getattr(item, "callspec", None)
    backend: str | None = called.params.get("backend") if called else None
    return backend
