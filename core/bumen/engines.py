"""Engines: how SQLite and PostgreSQL are spoken to, and who may write and end transactions."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.compiler import InsertmanyvaluesSentinelOpts

from bumen.company.isolation import CommitRefused

READING: ContextVar[bool] = ContextVar("bumen_only_reading", default=False)
"""Whether transactions only read."""
REFUSING: ContextVar[bool] = ContextVar("bumen_refusing_writes", default=False)
"""Whether the database refuses what is written."""
SEALED: ContextVar[Connection | None] = ContextVar("bumen_sealed", default=None)
"""The connection whose transaction nobody ends."""
PATIENCE = 30_000
"""Milliseconds to wait for a lock, to save something."""
_NUMBERED = InsertmanyvaluesSentinelOpts.ANY_AUTOINCREMENT
_KNOWN = 2_000
"""So many compiled statements are kept: five departments ask more kinds of questions than 500."""
_REFUSES = "refuses"
"""Whether a connection of SQLite refuses to write, which it goes on doing until told otherwise."""
_ENDS_TRANSACTION = re.compile(
    r"\s*(COMMIT|END|ABORT|BEGIN|START|ROLLBACK(?!\s+TO))\b", re.IGNORECASE
)


def is_in_memory(address: URL) -> bool:
    """Whether this is SQLite without a file."""
    return address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:")


def engine_of(address: URL) -> Engine:
    """Make the engine for a database; it follows when its `url` is changed."""
    given: dict[str, Any] = {}
    if address.get_backend_name() != "sqlite":
        engine = create_engine(
            address,
            pool_pre_ping=True,
            pool_size=10,
            max_overflow=20,
            query_cache_size=_KNOWN,
        )
        event.listen(engine, "begin", _begin_postgresql)
    else:
        given = {"timeout": 30, "check_same_thread": False}
        engine = _sqlite(address, connect_args=given)
    event.listen(engine, "do_connect", partial(_connect_where_it_points, engine, given))
    return _guarded(engine)


def _connect_where_it_points(
    engine: Engine, given: dict[str, Any], dialect: Dialect, *_when_made: Any
) -> DBAPIConnection:
    """Connect to the address an engine has now; nothing is left of the one it was made with."""
    where, how = dialect.create_connect_args(engine.url)
    return dialect.connect(*where, **{**how, **given})


def _sqlite(address: URL, **options: Any) -> Engine:
    engine = create_engine(address, query_cache_size=_KNOWN, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    # One INSERT for many rows: SQLite numbers them in the order in which they are written.
    engine.dialect.insertmanyvalues_implicit_sentinel = _NUMBERED
    return engine


def _guarded(engine: Engine) -> Engine:
    event.listen(engine, "before_cursor_execute", _refuse_to_end_by_sql)
    for ending in ("commit", "rollback"):
        event.listen(engine, ending, _refuse_to_end)
    return engine


def copied(engine: Engine) -> Engine:
    """Make the engine of a copy of a database of SQLite, in a file without a name."""
    nameless = partial(sqlite3.connect, "", check_same_thread=False)
    copy = _guarded(_sqlite(make_url("sqlite://"), creator=nameless, poolclass=StaticPool))
    with closing(engine.raw_connection()) as kept, closing(copy.raw_connection()) as made:
        source: Any = kept.driver_connection
        source.backup(made.driver_connection)
    return copy


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    """Let SQLAlchemy say when transactions begin, and keep keys and the disk strict."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
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
    refuses = REFUSING.get()
    if connection.info.get(_REFUSES, False) is not refuses:
        connection.exec_driver_sql(f"PRAGMA query_only={int(refuses)}")
        connection.info[_REFUSES] = refuses
    connection.exec_driver_sql("BEGIN" if READING.get() else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if REFUSING.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def _refuse_to_end(connection: Connection) -> None:
    if SEALED.get() is connection:
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
