"""Bringing a database up to its revisions, and telling how far behind it is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import Script
from sqlalchemy import Connection, Table, inspect, select

from bumen.database import Database, only_reading
from bumen.migrations.branches import Branch, branches
from bumen.migrations.connecting import Connect, alone
from bumen.migrations.errors import DatabaseIsNewer
from bumen.registry import Registry


@dataclass(frozen=True)
class Applied:
    """A revision that an upgrade has run."""

    plugin: str
    revision: str
    message: str


After = Callable[[Applied, Connection], None]
"""What belongs to a revision and needs more than the database: done in the same transaction."""


def upgrade(
    database: Database,
    registry: Registry,
    *,
    plugins: Iterable[str] | None = None,
    after: After | None = None,
) -> list[Applied]:
    """Run the revisions that are missing, the host's first, and return them in that order.

    Safe from two places at once: the second waits, and finds nothing left to do. With `plugins`,
    only those are brought up, with all they require. `after` is called when a revision has run and
    nothing of it is settled yet: if that fails, the revision has not run either. Raises
    DatabaseIsNewer, changing nothing of that branch, when revisions have run that the installed
    code does not know.
    """
    applied: list[Applied] = []
    with alone(database.engine.url) as connect:
        for branch in branches(registry, only=plugins):
            applied += _run(branch, connect, after or _nothing)
    return applied


def pending(database: Database, registry: Registry) -> dict[str, list[str]]:
    """Return the revisions each branch still needs, in order; empty when nothing is behind.

    A database that is ahead of the code is not behind: older workers may serve until they are
    replaced.
    """
    with only_reading(), database.engine.connect() as connection:
        missing = {branch.name: _missing(branch, connection) for branch in branches(registry)}
    return {name: revisions for name, revisions in missing.items() if revisions}


def _run(branch: Branch, connect: Connect, after: After) -> list[Applied]:
    """Run what is missing; a first start is one step, later every revision is one by itself."""
    with connect() as connection:
        version = _version_of(branch, connection)
        reached = _reached(version, connection)
    scripts = _beyond(branch, reached or set())
    for step in filter(None, [[one] for one in scripts] if reached else [scripts]):
        with connect() as connection:
            if reached is None:
                version.create(connection, checkfirst=False)
            _apply(branch, step, connection, after)
            note = version.update() if reached else version.insert()
            connection.execute(note.values(version_num=step[-1].revision))
    return [_applied(branch, one) for one in scripts]


def _apply(branch: Branch, step: Iterable[Script], connection: Connection, after: After) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        for script in step:
            script.module.upgrade()
            after(_applied(branch, script), connection)


def _applied(branch: Branch, script: Script) -> Applied:
    return Applied(branch.name, script.revision, script.doc)


def _nothing(_applied: Applied, _connection: Connection) -> None:
    """Do nothing after a revision."""


def _missing(branch: Branch, connection: Connection) -> list[str]:
    reached = _reached(_version_of(branch, connection), connection)
    try:
        return [script.revision for script in _beyond(branch, reached or set())]
    except DatabaseIsNewer:
        return []


def _version_of(branch: Branch, connection: Connection) -> Table:
    """Return the table that remembers how far a branch has come, as Alembic makes it."""
    implementation = MigrationContext.configure(connection).impl
    return implementation.version_table_impl(
        version_table=branch.version_table, version_table_schema=None, version_table_pk=True
    )


def _reached(version: Table, connection: Connection) -> set[str] | None:
    """Return the last revisions that have run; None where not even their table is."""
    if version.name not in inspect(connection).get_table_names():
        return None
    return set(connection.scalars(select(version.c.version_num)))


def _beyond(branch: Branch, reached: set[str]) -> list[Script]:
    """Return the revisions after those reached, the oldest first."""
    known = {script.revision for script in branch.script.walk_revisions()}
    for strange in sorted(reached - known):
        raise DatabaseIsNewer(branch.name, revision=strange)
    newest_first = branch.script.iterate_revisions("heads", tuple(reached) or "base")
    return list(newest_first)[::-1]
