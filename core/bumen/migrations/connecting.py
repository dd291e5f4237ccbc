"""Migrating alone: whoever comes second waits until the first is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from sqlalchemy import Connection, NullPool, create_engine, event
from sqlalchemy.engine import URL

from bumen.migrations.errors import ReferencesAreBroken

_PATIENCE = 600
"""Seconds to wait for another migration of the same SQLite file."""
_LOCK = int.from_bytes(b"bumen", "big")
"""The number of our advisory lock on PostgreSQL."""


Connect = Callable[[], AbstractContextManager[Connection]]
"""Gives a connection for one step, which stands when its block ends without a fault."""


@contextmanager
def alone(url: URL) -> Iterator[Connect]:
    """Let nobody else migrate this database meanwhile, and yield what gives connections.

    On SQLite everything happens in one transaction: all of it or nothing. On PostgreSQL the lock
    lies beside the connections, so that each step commits by itself.
    """
    waiting = _in_one_transaction if url.get_backend_name() == "sqlite" else _under_advisory_lock
    with waiting(url) as connect:
        yield connect


@contextmanager
def _in_one_transaction(url: URL) -> Iterator[Connect]:
    """Hold SQLite's write lock; references rest meanwhile, as rebuilding a table needs."""
    patient = {"timeout": _PATIENCE, "isolation_level": None}
    engine = create_engine(url, poolclass=NullPool, connect_args=patient)
    event.listen(engine, "begin", _begin_writing)
    with engine.begin() as connection:
        yield lambda: nullcontext(connection)
        orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if orphans:
            raise ReferencesAreBroken(row[0] for row in orphans)


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _under_advisory_lock(url: URL) -> Iterator[Connect]:
    """Hold PostgreSQL's advisory lock; the server lets it go when its connection closes."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as waiting:
        waiting.execution_options(isolation_level="AUTOCOMMIT")
        waiting.exec_driver_sql("SELECT pg_advisory_lock(%s)", (_LOCK,))
        yield engine.begin
