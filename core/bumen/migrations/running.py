"""Bringing a database up to its revisions, and telling how far behind it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from alembic import command
from alembic.runtime.migration import MigrationContext, MigrationInfo
from alembic.script import Script
from alembic.script.revision import ResolutionError
from alembic.util import CommandError
from sqlalchemy import Connection

from bumen.database import Database, only_reading
from bumen.migrations.branches import Branch, branches
from bumen.migrations.connecting import alone
from bumen.migrations.errors import DatabaseIsNewer
from bumen.registry import Registry


@dataclass(frozen=True)
class Applied:
    """A revision that an upgrade has run."""

    plugin: str
    revision: str
    message: str


def upgrade(
    database: Database, registry: Registry, *, plugins: Iterable[str] | None = None
) -> list[Applied]:
    """Run the revisions that are missing, the host's first, and return them in that order.

    Safe from two places at once: the second waits, and finds nothing left to do. With `plugins`,
    only those are brought up, with all they require. Raises DatabaseIsNewer, changing nothing
    of that branch, when revisions have run that the installed code does not know.
    """
    applied: list[Applied] = []
    with alone(database.engine.url) as connect:
        for branch in branches(registry, only=plugins):
            with connect() as connection:
                applied += _run(branch, connection)
    return applied


def pending(database: Database, registry: Registry) -> dict[str, list[str]]:
    """Return the revisions each branch still needs, in order; empty when nothing is behind.

    A database that is ahead of the code is not behind: older workers may serve until they are
    replaced.
    """
    with only_reading(), database.engine.connect() as connection:
        missing = {branch.name: _missing(branch, connection) for branch in branches(registry)}
    return {name: revisions for name, revisions in missing.items() if revisions}


def _run(branch: Branch, connection: Connection) -> list[Applied]:
    applied: list[Applied] = []

    def remember(*, step: MigrationInfo, **_: Any) -> None:
        scripts = [one for one in step.up_revisions if isinstance(one, Script)]
        applied.extend(Applied(branch.name, one.revision, one.doc) for one in scripts)

    config = branch.config(
        connection=connection, transaction_per_migration=True, on_version_apply=remember
    )
    try:
        command.upgrade(config, "heads")
    except CommandError as why:
        if isinstance(why.__cause__, ResolutionError):
            raise DatabaseIsNewer(branch.name, revision=why.__cause__.argument) from why
        raise
    return applied


def _missing(branch: Branch, connection: Connection) -> list[str]:
    options = {"version_table": branch.version_table}
    reached = MigrationContext.configure(connection, opts=options).get_current_heads()
    known = {script.revision for script in branch.script.walk_revisions()}
    if not known.issuperset(reached):
        return []
    newest_first = branch.script.iterate_revisions("heads", reached or "base")
    return [script.revision for script in newest_first][::-1]
