"""Databases for tests: migrated once, then copied for every test, on SQLite and on PostgreSQL.

A template is kept between runs under a fingerprint of all that made it, in the machine's memory
or its temporary folder, and shared by whoever tests at the same time.
"""

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, create_engine, make_url, text
from sqlalchemy.engine import URL

from bumen.testing.postgresql import is_alive, start_server

_KEPT = timedelta(hours=3)
"""How long a template is kept that nobody uses."""
_MEMORY = Path("/dev/shm")  # noqa: S108  # a folder of one's own is made in it
_ROOM = 2 * 1024**3
"""So many bytes must be free in memory: a few hundred templates, and the copies of a run."""
_numbers = itertools.count(1)

Fill = Callable[[str], None]
"""Makes of an empty database, given its address, what tests start from."""


class Databases(Protocol):
    """Where databases for tests come from."""

    def template(self, fingerprint: str, fill: Fill) -> str:
        """Return the template of this fingerprint, filled when nobody has before."""

    def furnished(self, template: str, fill: Fill) -> str:
        """Return another template: a copy that is filled further, gone with the run."""

    def copy(self, template: str) -> AbstractContextManager[str]:
        """Yield the address of a fresh copy that is gone afterwards."""

    def empty(self) -> AbstractContextManager[str]:
        """Yield the address of a database without tables that is gone afterwards."""

    def close(self) -> None:
        """Let go of whatever was held."""


def workshop() -> Path:
    """Return the folder for what is kept between runs: one for each user of the machine.

    It lies in memory where there is room: a disk takes a third of a second for a database's files.
    """
    name = f"bumen-tests-{os.getuid()}"
    if not _is_in_memory(name):
        folder = Path(tempfile.gettempdir()) / name
        folder.mkdir(exist_ok=True)
        return folder
    return _MEMORY / name


@cache
def _is_in_memory(name: str) -> bool:
    """Whether there is room in memory; whoever has begun there goes on there."""
    folder = _MEMORY / name
    if not folder.exists() and os.access(_MEMORY, os.W_OK):
        with suppress(OSError):
            if shutil.disk_usage(_MEMORY).free >= _ROOM:
                folder.mkdir(mode=0o755, exist_ok=True)
    return folder.exists()


@contextmanager
def place_of_a_run() -> Iterator[Path]:
    """Yield a folder for what one run writes; what runs left that were killed is taken away."""
    for left in workshop().glob("run-*"):
        if not is_alive(int(left.name.split("-")[1])):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=f"run-{os.getpid()}-", dir=workshop()) as folder:
        yield Path(folder)


class SqliteDatabases:
    """Databases that are files, copied as files."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.templates = workshop() / "sqlite"
        self.templates.mkdir(exist_ok=True)

    def template(self, fingerprint: str, fill: Fill) -> str:
        """Return the template file; whoever fills it at the same time does it for themselves."""
        file = self.templates / f"{fingerprint}.db"
        if not file.exists():
            with tempfile.TemporaryDirectory(dir=self.templates) as folder:
                fresh = Path(folder) / "fresh.db"
                fill(_sqlite_url(fresh))
                fresh.replace(file)
            _drop_unused_files(self.templates)
        file.touch()
        return str(file)

    def furnished(self, template: str, fill: Fill) -> str:
        """Return a template of this run's folder."""
        file = self.folder / f"template_{next(_numbers)}.db"
        shutil.copyfile(template, file)
        fill(_sqlite_url(file))
        return str(file)

    @contextmanager
    def copy(self, template: str) -> Iterator[str]:
        """Yield the address of a copy."""
        with self.empty() as url:
            shutil.copyfile(template, str(make_url(url).database))
            yield url

    @contextmanager
    def empty(self) -> Iterator[str]:
        """Yield the address of a file that is not there yet."""
        file = self.folder / f"test_{next(_numbers)}.db"
        try:
            yield _sqlite_url(file)
        finally:
            for leftover in self.folder.glob(f"{file.name}*"):
                leftover.unlink()

    def close(self) -> None:
        """Do nothing: files are held by nobody."""


class PostgresqlDatabases:
    """Databases of a server that is started for the tests, copied by the server."""

    def __init__(self) -> None:
        address = start_server(workshop() / "postgresql")
        self.server = make_url(address).set(drivername="postgresql+psycopg")
        self.engine = create_engine(self.server, isolation_level="AUTOCOMMIT")
        self._furnished: list[str] = []
        with self._alone("leftovers") as connection:
            _drop_leftovers(connection)

    def template(self, fingerprint: str, fill: Fill) -> str:
        """Return the template's name; others who want the same one wait until it is filled."""
        name, fresh = f"bumen_template_{fingerprint}", f"bumen_fresh_{fingerprint}"
        with self._alone(name) as connection:
            if not _databases(connection, name):
                _drop(connection, fresh)
                connection.exec_driver_sql(f"CREATE DATABASE {fresh} {_ALIKE_EVERYWHERE}")
                _note_use(connection, fresh)
                fill(self._url(fresh))
                connection.exec_driver_sql(f"ALTER DATABASE {fresh} RENAME TO {name}")
            _note_use(connection, name)
        return name

    def furnished(self, template: str, fill: Fill) -> str:
        """Return a template of this run's, named as one of its copies is."""
        name = f"bumen_test_{os.getpid()}_{next(_numbers)}"
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} {_copied_from(template)}")
        self._furnished.append(name)
        fill(self._url(name))
        return name

    def copy(self, template: str) -> AbstractContextManager[str]:
        """Yield the address of a copy."""
        return self._made(_copied_from(template))

    def empty(self) -> AbstractContextManager[str]:
        """Yield the address of a database without tables."""
        return self._made(_ALIKE_EVERYWHERE)

    def close(self) -> None:
        """Close the connections; the last process that used the server stops it when it ends."""
        with self.engine.connect() as connection:
            for name in self._furnished:
                _drop(connection, name)
        self.engine.dispose()

    @contextmanager
    def _made(self, how: str) -> Iterator[str]:
        name = f"bumen_test_{os.getpid()}_{next(_numbers)}"
        with self.engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} {how}")
            try:
                yield self._url(name)
            finally:
                _drop(connection, name)

    @contextmanager
    def _alone(self, what: str) -> Iterator[Connection]:
        """Yield a connection while everybody else who wants to do the same waits."""
        with self.engine.connect() as connection:
            connection.detach()  # it is closed afterwards, and the lock goes with it
            connection.execute(text("SELECT pg_advisory_lock(hashtext(:what))"), {"what": what})
            yield connection

    def _url(self, name: str) -> str:
        return self.server.set(database=name).render_as_string(hide_password=False)


_ALIKE_EVERYWHERE = "TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
"""Sort and fold letters the same on every machine, whatever language it speaks."""


def _copied_from(template: str) -> str:
    return f"TEMPLATE {template} STRATEGY FILE_COPY"


def _sqlite_url(file: Path) -> str:
    return URL.create("sqlite", database=str(file)).render_as_string()


def _drop_unused_files(folder: Path) -> None:
    for file in folder.glob("*.db"):
        if file.stat().st_mtime < (datetime.now(UTC) - _KEPT).timestamp():
            file.unlink(missing_ok=True)


def _note_use(connection: Connection, name: str) -> None:
    """Write down when a template was last used, where its server shows it."""
    connection.exec_driver_sql(f"COMMENT ON DATABASE {name} IS '{datetime.now(UTC):%F %T}'")


def _drop_leftovers(connection: Connection) -> None:
    """Drop what runs that were killed left behind, and templates that nobody uses any more."""
    for name, _ in _databases(connection, "bumen_test_%"):
        if not is_alive(int(name.split("_")[2])):
            _drop(connection, name)
    for pattern in ("bumen_template_%", "bumen_fresh_%"):
        for name, last_use in _databases(connection, pattern):
            if last_use and last_use < f"{datetime.now(UTC) - _KEPT:%F %T}":
                _drop(connection, name)


def _databases(connection: Connection, pattern: str) -> list[tuple[str, str | None]]:
    """Return databases of that name, each with what is noted about it."""
    query = text(
        "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database "
        "WHERE datname LIKE :pattern"
    )
    return [(name, noted) for name, noted in connection.execute(query, {"pattern": pattern})]


def _drop(connection: Connection, name: str) -> None:
    connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
