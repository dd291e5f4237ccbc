"""What a piece of work costs: seconds, and what it asks the database, by kind.

Statements are counted where they leave SQLAlchemy, on every engine of the process. One that is
handed over with many rows counts once, and in `executions` once for each row. What begins and ends
transactions is counted apart.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import Engine, event

Figures = dict[str, float]
"""`seconds`, of them `cpu` in this process, `statements`, their kinds, `commits` and the like."""
Result = TypeVar("Result")

TABLES, PERMISSIONS, OTHER = "tables", "permissions", "other"
KINDS = (TABLES, PERMISSIONS, OTHER)
TRANSACTIONS = ("begins", "commits", "rollbacks", "savepoints")

_CONTROLS_TRANSACTION = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE)\b", re.IGNORECASE)
_MAKES_TABLES = re.compile(
    r"\s*(CREATE|ALTER|DROP|COMMENT|PRAGMA)\b|.*(pg_catalog|sqlite_master|_?alembic_)",
    re.IGNORECASE | re.DOTALL,
)
_ABOUT_PERMISSIONS = re.compile(r"\b(ab_(permission|view_menu|role|group_role)|core_synced_role)")


def kind_of(statement: str) -> str | None:
    """Return what a statement is about; None when it only begins or ends a transaction."""
    if _CONTROLS_TRANSACTION.match(statement):
        return None
    if _MAKES_TABLES.match(statement):
        return TABLES
    return PERMISSIONS if _ABOUT_PERMISSIONS.search(statement) else OTHER


def measured(work: Callable[[], Result]) -> tuple[Result, Figures]:
    """Do some work; return what it returns, and what it cost."""
    with _listening() as heard:
        begun, busy = time.perf_counter(), time.process_time()
        result = work()
        seconds, cpu = time.perf_counter() - begun, time.process_time() - busy
    figures = {
        name: float(heard[name]) for name in ("statements", "executions", *KINDS, *TRANSACTIONS)
    }
    return result, {"seconds": seconds, "cpu": cpu, **figures}


def together(parts: list[Figures]) -> Figures:
    """Return the cost of several pieces of work as one."""
    return {name: sum(part[name] for part in parts) for name in parts[0]}


@contextmanager
def _listening() -> Iterator[Counter[str]]:
    heard: Counter[str] = Counter()

    def hear(*told: Any) -> None:
        _connection, _cursor, statement, parameters, _context, many = told
        if kind := kind_of(statement):
            heard.update(("statements", kind))
            heard["executions"] += len(parameters) if many else 1

    listeners: dict[str, Callable[..., None]] = {
        "before_cursor_execute": hear,
        "begin": lambda _connection: heard.update(("begins",)),
        "commit": lambda _connection: heard.update(("commits",)),
        "rollback": lambda _connection: heard.update(("rollbacks",)),
        "savepoint": lambda _connection, _name: heard.update(("savepoints",)),
    }
    for name, listener in listeners.items():
        event.listen(Engine, name, listener)
    try:
        yield heard
    finally:
        for name, listener in listeners.items():
            event.remove(Engine, name, listener)
