"""One database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Delete,
    Engine,
    Update,
    create_engine,
    delete,
    event,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool
from sqlalchemy.sql.compiler import InsertmanyvaluesSentinelOpts

from bumen.company.isolation import CommitRefused, CompanySession, Scope, WideSession

AT_ONCE = 500
"""So many rows are let go in one transaction: nobody waits for long who wants to write."""
A_BREATH = 0.02
"""Seconds between two transactions of work that is done in pieces, so that others may write."""
_LOOKS_EVERY = 0.12
"""Seconds after which SQLite has looked again whether it may write."""
_only_reading: ContextVar[bool] = ContextVar("bumen_only_reading", default=False)
_refusing: ContextVar[bool] = ContextVar("bumen_refusing_writes", default=False)
_sealed: ContextVar[Connection | None] = ContextVar("bumen_sealed", default=None)
_PATIENCE, _A_MOMENT = 30_000, 250
"""Milliseconds to wait for a lock: to save something, and only to try it."""
_NUMBERED = InsertmanyvaluesSentinelOpts.ANY_AUTOINCREMENT
_NOT_TO_BE_HAD = "55P03"
"""PostgreSQL's word for a lock that was not to be had."""
_REFUSES = "refuses"
"""Whether a connection of SQLite refuses to write, which it goes on doing until told otherwise."""
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
def writing() -> Iterator[None]:
    """Let transactions begun here write, though what surrounds them only reads."""
    token = _only_reading.set(False)
    try:
        yield
    finally:
        _only_reading.reset(token)


@contextmanager
def refusing_writes() -> Iterator[None]:
    """Let the database itself refuse whatever is written in transactions begun here."""
    token = _refusing.set(True)
    try:
        with only_reading():
            yield
    finally:
        _refusing.reset(token)


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
def standing_back(session: Session) -> Iterator[None]:
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


def is_busy(error: OperationalError) -> bool:
    """Whether it is only that others hold what is wanted: who waits a little gets it."""
    return getattr(error.orig, "sqlstate", None) == _NOT_TO_BE_HAD or "locked" in str(error.orig)


def breathe(session: Session, *, held: float) -> None:
    """Let others write after so many seconds of work: on SQLite who waits only looks now and then.

    The longer something was held, the longer others are let in, until all who wait have looked.
    """
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    sleep(max(A_BREATH, min(_LOOKS_EVERY, held / 8)) if is_sqlite else A_BREATH)


@contextmanager
def on_a_copy(session: CompanySession) -> Iterator[CompanySession]:
    """Open a session like this one on a copy of its database as it is now (SQLite).

    Whatever is done there is gone in the end, and nobody waits for it. The copy is a file without
    a name (in SQLite's folder for temporary files), which goes with the process at the latest.
    """
    engine = _copied(session.get_bind().engine)
    try:
        with CompanySession(engine, info={"scope": session.scope}, expire_on_commit=False) as made:
            yield made
    finally:
        engine.dispose()


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

    def note_aside(self, statement: Update) -> None:
        """Write something that may be missed: in a moment, or not at all where others write."""
        try:
            with only_reading(), self.wide_session() as wide, wide.begin(), standing_back(wide):
                changed(wide, statement)
        except OperationalError as error:
            if not is_busy(error):
                raise

    def in_pieces(self, some: Delete) -> int:
        """Delete some rows after others, each time in a transaction of its own, until none is left.

        Returns how many rows that were.
        """
        done = 0
        while True:
            with self.wide_session() as wide, wide.begin():
                gone = changed(wide, some)
            if not gone:
                return done
            done += gone
            sleep(A_BREATH)


def forget_some(model: Any, *where: ColumnElement[bool]) -> Delete:
    """Delete rows of which this holds, as many as one transaction should."""
    return delete(model).where(model.id.in_(select(model.id).where(*where).limit(AT_ONCE)))


def changed(session: Session, statement: Delete | Update) -> int:
    """Do a statement that no object in the session hears of; return how many rows it changed."""
    done: Any = session.execute(statement, execution_options={"synchronize_session": False})
    return int(done.rowcount)


def _engine(url: str) -> Engine:
    address = make_url(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, pool_pre_ping=True, pool_size=10, max_overflow=20)
        event.listen(engine, "begin", _begin_postgresql)
        return _guarded(engine)
    if address.database not in (None, "", ":memory:"):
        Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
    return _sqlite(address, connect_args={"timeout": 30, "check_same_thread": False})


def _sqlite(address: URL, **options: Any) -> Engine:
    engine = create_engine(address, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    # One INSERT for many rows: SQLite numbers them in the order in which they are written.
    engine.dialect.insertmanyvalues_implicit_sentinel = _NUMBERED
    return _guarded(engine)


def _guarded(engine: Engine) -> Engine:
    event.listen(engine, "before_cursor_execute", _refuse_to_end_by_sql)
    for ending in ("commit", "rollback"):
        event.listen(engine, ending, _refuse_to_end)
    return engine


def _copied(engine: Engine) -> Engine:
    nameless = partial(sqlite3.connect, "", check_same_thread=False)
    copy = _sqlite(make_url("sqlite://"), creator=nameless, poolclass=StaticPool)
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
    refuses = _refusing.get()
    if connection.info.get(_REFUSES, False) is not refuses:
        connection.exec_driver_sql(f"PRAGMA query_only={int(refuses)}")
        connection.info[_REFUSES] = refuses
    connection.exec_driver_sql("BEGIN" if _only_reading.get() else "BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    if _refusing.get():
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")


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
