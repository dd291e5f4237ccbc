"""A server that is killed in the middle of a request: between two words to the database."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event, func, literal, make_url, select, union_all

from bumen.host import Host
from bumen.testing.databases import Databases

Request = Callable[[], int]
"""Asks for something and returns the status of the answer."""
KEEP = "KEEP"
_BROKEN_OFF = 1
_KEYS = "INSERT INTO core_idempotency"


@dataclass(frozen=True)
class Attempt:
    """An attempt is a request in a process of its own, and how far it came."""

    words: tuple[str, ...]
    """The first word of each statement it came to, `COMMIT`, `ANSWER`; `KEEP` where it commits the
    key it came with, and all that is done under it."""
    was_killed: bool


@dataclass(frozen=True)
class Place:
    """A place is where a process is killed: right before one of its words to the database."""

    number: int
    """The word's, from 0; of those behind `KEEP` where that `is_kept`."""
    is_kept: bool

    def is_here(self, words: Sequence[str]) -> bool:
        """Whether the last of the words that a process has come to is the one it dies before.

        A word less than the last time, as counters are begun once, never makes it live too long.
        """
        if not self.is_kept:
            return len(words) == self.number + 1 or words[-1] == KEEP
        return KEEP in words and len(words) - words.index(KEEP) == self.number + 2


def attempted(host: Host, request: Request, *, dies_at: Place | None = None) -> Attempt:
    """Let a process of its own ask for something, killed where it is told."""
    host.database.engine.connect().close()  # what is asked of a new database is asked before
    host.database.engine.dispose()  # nothing that is open is shared with it
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        _live_and_die(host, request, dies_at, writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        words = tuple(told.read().split())
    ending = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    assert ending in (0, -signal.SIGKILL), f"The request failed after {words[-3:]}."
    return Attempt(words, was_killed=ending != 0)


@contextmanager
def copied(host: Host, databases: Databases) -> Iterator[None]:
    """Let a host use a copy of its database for a while."""
    url = host.database.url
    host.database.engine.dispose()
    with databases.copy(str(make_url(url).database)) as copy:
        host.database.connect(copy)
        try:
            yield
        finally:
            host.database.connect(url)


def rows(host: Host) -> dict[str, int]:
    """Count the rows of every table of the plugins."""
    tables = [one for name in host.registry.plugins for one in host.registry.tables_of(name)]
    counts = [select(literal(one.name), func.count()).select_from(one) for one in tables]
    with host.database.engine.connect() as connection:
        return dict(connection.execute(union_all(*counts)).all())


def _live_and_die(host: Host, request: Request, dies_at: Place | None, writing: int) -> None:
    """Ask in this process and leave it, whatever happens: nothing of the tests goes on in it."""
    ending = _BROKEN_OFF
    try:
        way = _Way(dies_at, writing)
        engine = host.database.engine
        event.listen(engine, "before_cursor_execute", way.before_statement)
        event.listen(engine, "commit", way.before_commit)
        ending = 0 if request() == 200 else _BROKEN_OFF
        way.comes_to("ANSWER")
    finally:
        os._exit(ending)


class _Way:
    """The way of a process is the words it has come to, until it dies or answers."""

    def __init__(self, dies_at: Place | None, writing: int) -> None:
        self.dies_at, self.writing = dies_at, writing
        self.words: list[str] = []
        self.keeper: Any = None  # the connection that commits the key

    def comes_to(self, word: str) -> None:
        """Die here, or tell the others that so far all is well."""
        self.words.append(word)
        if self.dies_at is not None and self.dies_at.is_here(self.words):
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(self.writing, f"{word}\n".encode())

    def before_statement(self, connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        """Come to a statement."""
        self.comes_to(statement.split(maxsplit=1)[0].upper())
        if statement.startswith(_KEYS):
            self.keeper = connection

    def before_commit(self, connection: Any) -> None:
        """Come to the end of a transaction."""
        self.comes_to(KEEP if connection is self.keeper else "COMMIT")
