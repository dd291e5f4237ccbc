"""What keeps people who work at the same moment apart, taken away: PostgreSQL alone can do without.

Locks, versions and conditions are cut out of the statements, constraints dropped from the tables;
everything else is as always. SQLite has one writer, whatever anybody leaves out.
"""

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier, local
from typing import Any

from sqlalchemy import event, text

from bumen import BusinessError, CurrentCompany
from bumen.host import Host

_BOUND = r"%\(\w+\)s(::\w+)?"
_GUARDS = re.compile(
    r"\s+FOR (NO KEY )?UPDATE( OF \w+)?"
    rf"|(?<= ) *AND \w+\.version = {_BOUND}"
    rf"|(?<= ) *AND \S+( \+ {_BOUND})? >= {_BOUND}"
)
_WRITES = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM) (\w+)")


@contextmanager
def unguarded(host: Host, *tables: str, people: int, write: str = "") -> Iterator[None]:
    """Take every guard away, those of these tables too; nobody writes before all have read.

    `write` is how the tables are called whose writing they wait for: `sales_`; any unless told.
    """
    _drop_constraints(host, tables)
    meeting, seen, engine = Barrier(people), local(), host.database.engine

    def cut(_connection: Any, _cursor: Any, statement: str, given: Any, *_more: Any) -> Any:
        written = _WRITES.match(statement)
        if written and written[2].startswith(write) and not hasattr(seen, "all"):
            seen.all = True
            meeting.wait(timeout=20)
        return _GUARDS.sub("", statement), given

    event.listen(engine, "before_cursor_execute", cut, retval=True)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", cut)


def at_once(
    host: Host, company: CurrentCompany, *deeds: Callable[[], None], by: str = "admin"
) -> list[str]:
    """Let each of these be done by somebody, all at the same moment; return what became of them."""

    def one(deed: Callable[[], None]) -> str:
        try:
            with host.unit_of_work(company=company.code, by=by):
                deed()
        except BusinessError as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(max_workers=len(deeds)) as people:
        return list(people.map(one, deeds))


def _drop_constraints(host: Host, tables: tuple[str, ...]) -> None:
    named = text(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint"
        " WHERE conrelid::regclass::text = ANY(:tables) AND contype IN ('c', 'u')"
        " AND NOT EXISTS (SELECT FROM pg_constraint AS other"
        " WHERE other.conindid = pg_constraint.conindid AND other.contype = 'f')"
    )
    with host.database.engine.begin() as connection:
        for table, name in connection.execute(named, {"tables": list(tables)}).all():
            connection.exec_driver_sql(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
