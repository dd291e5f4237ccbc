"""One database: SQLite in a file, or PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Delete,
    Engine,
    Update,
    delete,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from bumen.company.isolation import CompanySession, Scope, WideSession
from bumen.engines import PATIENCE, READING, REFUSING, SEALED, copied, engine_of, is_in_memory

AT_ONCE = 500
"""So many rows are let go in one transaction: nobody waits for long who wants to write."""
A_BREATH = 0.02
"""Seconds between two transactions of work that is done in pieces, so that others may write."""
_LOOKS_EVERY = 0.12
"""Seconds after which SQLite has looked again whether it may write."""
_A_MOMENT = 250
"""Milliseconds to wait for a lock, to try something that may be missed."""
_NOT_TO_BE_HAD = "55P03"
"""PostgreSQL's word for a lock that was not to be had."""


@contextmanager
def only_reading() -> Iterator[None]:
    """Let transactions begun here share the database with writers (SQLite)."""
    token = READING.set(True)
    try:
        yield
    finally:
        READING.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Let transactions begun here write, though what surrounds them only reads."""
    token = READING.set(False)
    try:
        yield
    finally:
        READING.reset(token)


@contextmanager
def refusing_writes() -> Iterator[None]:
    """Let the database itself refuse whatever is written in transactions begun here."""
    token = REFUSING.set(True)
    try:
        with only_reading():
            yield
    finally:
        REFUSING.reset(token)


@contextmanager
def sealed(session: CompanySession) -> Iterator[None]:
    """Let nobody end the transaction here: not by the session, its connection, or plain SQL."""
    before = session.sealed
    token = SEALED.set(SEALED.get() if before else session.connection())
    session.sealed = True
    try:
        yield
    finally:
        session.sealed = before
        SEALED.reset(token)


@contextmanager
def undone(session: Session) -> Iterator[None]:
    """Undo what is written here, and only that; so does the database where it could not be."""
    savepoint = session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


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
            connection.exec_driver_sql(f"PRAGMA busy_timeout={PATIENCE}")


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
    engine = copied(session.get_bind().engine)
    try:
        with CompanySession(engine, info={"scope": session.scope}, expire_on_commit=False) as made:
            yield made
    finally:
        engine.dispose()


class Database:
    """The database of a deployment, and the sessions on it."""

    engine: Engine

    def __init__(self, url: str) -> None:
        self._engines: dict[tuple[str, bool], Engine] = {}
        self._use(url)

    def connect(self, url: str) -> None:
        """Use the database at this address from now on.

        An engine that was used with one of its kind is used again: it knows the statements that
        were compiled before.
        """
        self.engine.dispose()
        self._use(url)

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

    def _use(self, url: str) -> None:
        self.url, address = url, make_url(url)
        kind = (address.get_backend_name(), is_in_memory(address))
        if kind == ("sqlite", False):
            Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
        if kind not in self._engines:
            self._engines[kind] = engine_of(address)
        self.engine = self._engines[kind]
        self.engine.url = address

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
