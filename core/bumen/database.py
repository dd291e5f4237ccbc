"""One database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.sql.compiler import InsertmanyvaluesSentinelOpts

from bumen.company.isolation import CommitRefused, CompanySession, Scope, WideSession

_only_reading: ContextVar[bool] = ContextVar("bumen_only_reading", default=False)
_sealed: ContextVar[Connection | None] = ContextVar("bumen_sealed", default=None)
_PATIENCE, _A_MOMENT = 30_000, 250
"""Milliseconds to wait for a lock: to save something, and only to try it."""
_NUMBERED = InsertmanyvaluesSentinelOpts.ANY_AUTOINCREMENT
_ENDS_TRANSACTION = re.compile(
    r"\s*(COMMIT|END|ABORT|BEGIN|START|ROLLBACK(?!\s+TO))\b", re.IGNORECASE
)


@contextmanager
def only_reading() -> Iterator[None]:
    """Let transactions begun here share the database with writers (SQLite)."""
    token = _only_reading.set(True)
    try:
        yield
    finally:
        _only_reading.reset(token)


@contextmanager
def sealed(session: CompanySession) -> Iterator[None]:
    """Let nobody end the transaction here: not by the session, its connection, or plain SQL."""
    before = session.sealed
    token = _sealed.set(_sealed.get() if before else session.connection())
    session.sealed = True
    try:
        yield
    finally:
        session.sealed = before
        _sealed.reset(token)


@contextmanager
def standing_back(session: CompanySession) -> Iterator[None]:
    """Let what is written here wait a moment for others, then give up: those who save go first."""
    connection = session.connection()
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        connection.exec_driver_sql(f"PRAGMA busy_timeout={_A_MOMENT}")
    else:
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_A_MOMENT}ms'")
    try:
        yield
    finally:
        if is_sqlite:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={_PATIENCE}")


class Database:
    """The database of a deployment, and the sessions on it."""

    engine: Engine

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _engine(url)

    def connect(self, url: str) -> None:
        """Use the database at this address from now on."""
        self.engine.dispose()
        self.url = url
        self.engine = _engine(url)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is SQLite."""
        return self.engine.dialect.name == "sqlite"

    def session(
        self, *, company_id: int | None = None, user_id: int | None = None
    ) -> CompanySession:
        """Open a session of one company; without a company it sees no company's rows."""
        scope = Scope(company_id=company_id, user_id=user_id)
        return CompanySession(self.engine, info={"scope": scope}, expire_on_commit=False)

    def wide_session(self) -> WideSession:
        """Open a session across companies."""
        return WideSession(self.engine)


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=20)
    else:
        if address.database not in (None, "", ":memory:"):
            Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(address, connect_args={"timeout": 30, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        # One INSERT for many rows: SQLite numbers them in the order in which they are written.
        engine.dialect.insertmanyvalues_implicit_sentinel = _NUMBERED
    event.listen(engine, "before_cursor_execute", _refuse_to_end_by_sql)
    for ending in ("commit", "rollback"):
        event.listen(engine, ending, _refuse_to_end)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Let SQLAlchemy say when transactions begin, and keep keys and the disk strict."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute(f"PRAGMA busy_timeout={_PATIENCE}")
    cursor.close()
    connection.create_function("local_time", 2, _local_time, deterministic=True)


def _local_time(moment: str | None, zone: str) -> str | None:
    """Write a moment, which SQLite keeps in UTC, as the clocks of a time zone show it."""
    if moment is None:
        return None
    try:
        there = datetime.fromisoformat(moment).replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    except OverflowError:
        return moment
    return there.replace(tzinfo=None).isoformat(" ")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once unless only reading: no transaction fails half-way for it."""
    connection.exec_driver_sql("BEGIN" if _only_reading.get() else "BEGIN IMMEDIATE")


def _refuse_to_end(connection: Connection) -> None:
    if _sealed.get() is connection:
        raise CommitRefused("Only the unit of work ends a transaction.")


def _refuse_to_end_by_sql(
    connection: Connection,
    _cursor: Any,
    statement: str,
    _parameters: Any,
    _context: Any,
    _many: bool,  # noqa: FBT001  # as SQLAlchemy calls it
) -> None:
    if _ENDS_TRANSACTION.match(statement):
        _refuse_to_end(connection)
