"""Every test has a database of its own, made in a moment from one that was migrated once."""

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Connection, NullPool, create_engine, func, inspect, select, text
from sqlalchemy.exc import OperationalError

from bumen.company.models import Company
from bumen.database import Database
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.databases import Databases, PostgresqlDatabases
from bumen.testing.makers import make_company
from bumen.testing.workbench import Workbench
from bumen.unit_of_work import CurrentCompany, UnitOfWork


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return (Candidate("notes", "notes"),)


@pytest.fixture
def databases(workbench: Workbench, backend: str) -> Databases:
    return workbench.databases(backend)


@pytest.fixture
def fingerprint(databases: Databases) -> Iterator[str]:
    fingerprint = f"test_{uuid4().hex[:12]}"
    yield fingerprint
    if isinstance(databases, PostgresqlDatabases):
        with databases.engine.connect() as connection:
            connection.exec_driver_sql(f"DROP DATABASE IF EXISTS bumen_template_{fingerprint}")


@pytest.mark.parametrize("time_of_test", [1, 2])
def test_what_one_test_writes_no_other_test_reads(host: Host, time_of_test: int) -> None:
    with host.unit_of_work() as unit:
        companies = unit.session.scalar(select(func.count()).select_from(Company))

    make_company(host)

    assert companies == 0


NOWHERE = {
    "sqlite": "sqlite:////proc/kitchen.db",
    "postgresql": "postgresql+psycopg://cook:4711@127.0.0.1:1/kitchen",
}


def test_nothing_is_left_of_the_address_a_database_had_before(host: Host, backend: str) -> None:
    database = Database(NOWHERE[backend])
    with pytest.raises(OperationalError):
        database.engine.connect()

    database.connect(host.database.url)

    with database.engine.connect() as connection:
        assert "notes_note" in inspect(connection).get_table_names()
    database.engine.dispose()


def test_a_host_begins_with_all_its_tables_and_roles(host: Host) -> None:
    assert host.pending() == {}
    with host.database.engine.connect() as connection:
        assert "notes_note" in inspect(connection).get_table_names()


def test_the_company_has_the_plugins_under_test_on(host: Host, company: CurrentCompany) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        assert unit.on == {"notes"}


def test_the_other_company_knows_nobody_of_the_first(
    host: Host, company: CurrentCompany, other_company: CurrentCompany
) -> None:
    assert (company.code, other_company.code) == ("TW01", "CN01")
    assert (company.currency, other_company.currency) == ("TWD", "CNY")


def test_the_open_unit_of_work_is_an_administrators(unit: UnitOfWork) -> None:
    assert unit.company is not None
    assert (unit.company.code, unit.user.username) == ("TW01", "admin")


def test_a_template_is_filled_once_however_many_ask(databases: Databases, fingerprint: str) -> None:
    filled: list[str] = []

    def fill(url: str) -> None:
        _make_table(url)
        filled.append(url)

    first = databases.template(fingerprint, fill)
    with ThreadPoolExecutor(4) as pool:
        others = list(pool.map(lambda _: databases.template(fingerprint, fill), range(4)))

    assert {first, *others} == {first}
    assert len(filled) == 1


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_those_who_come_meanwhile_wait_for_the_template(
    databases: Databases, fingerprint: str
) -> None:
    filled: list[str] = []

    def fill(url: str) -> None:
        _make_table(url)
        filled.append(url)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: databases.template(fingerprint, fill), range(4)))

    assert len(filled) == 1


def test_a_copy_has_what_the_template_has_and_is_gone_afterwards(
    databases: Databases, fingerprint: str
) -> None:
    template = databases.template(fingerprint, _make_table)

    with databases.copy(template) as url:
        assert _tables(url) == ["things"]

    assert _is_gone(databases, url)


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_what_a_killed_run_left_behind_is_dropped_by_the_next(databases: Databases) -> None:
    assert isinstance(databases, PostgresqlDatabases)
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, kept = f"bumen_test_{dead.pid}_1", f"bumen_test_{os.getpid()}_left"
    with databases.engine.connect() as connection:
        for name in (left, kept):
            connection.exec_driver_sql(f"CREATE DATABASE {name}")

        PostgresqlDatabases().close()

        names = _databases_of(connection)
        connection.exec_driver_sql(f"DROP DATABASE {kept}")
    assert (left in names, kept in names) == (False, True)


def test_a_project_names_the_plugins_it_tests_and_chooses_a_database(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\nbumen_plugins =\n    notes\n    shelves = tests.plugins.shelves\n"
    )
    (tmp_path / "test_it.py").write_text(
        "def test_host(host, backend, registry):\n"
        "    assert backend == 'sqlite'\n"
        "    assert set(registry.plugins) | set(registry.quarantined) == {'notes', 'shelves'}\n"
    )
    root = Path(__file__).parents[2]

    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "--backend=sqlite", "-n0", "-q", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": f"{root}:{root}/tests/examples"},
        check=False,
    )

    assert "1 passed, 1 deselected" in ran.stdout, ran.stdout


def _make_table(url: str) -> None:
    engine = create_engine(url, poolclass=NullPool)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE things (id INTEGER)"))


def _tables(url: str) -> list[str]:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return inspect(connection).get_table_names()


def _is_gone(databases: Databases, url: str) -> bool:
    name = url.rpartition("/")[2].partition("?")[0]
    if isinstance(databases, PostgresqlDatabases):
        with databases.engine.connect() as connection:
            return name not in _databases_of(connection)
    return not Path(url.removeprefix("sqlite:///")).exists()


def _databases_of(connection: Connection) -> list[str]:
    return list(connection.scalars(text("SELECT datname FROM pg_database")))
