"""The steps of a revision as they should be: what Alembic proposes, completed and cut down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeGuard

from alembic.operations.ops import (
    CreateForeignKeyOp,
    CreateIndexOp,
    CreateTableOp,
    DowngradeOps,
    DropIndexOp,
    DropTableOp,
    MigrateOperation,
    ModifyTableOps,
    UpgradeOps,
)
from sqlalchemy import Connection, ForeignKeyConstraint

from bumen.migrations.branches import Branch
from bumen.migrations.checks import state_changed_checks


def shape(forward: UpgradeOps, backward: DowngradeOps, branch: Branch, on: Connection) -> None:
    """Complete the steps forward, and make those backward undo them in turn."""
    state_changed_checks(forward, branch, on)
    steps = _without_needless_rebuilds(forward.ops)
    forward.ops = [*steps, *_later_references(forward.ops)]
    forward.reverse_into(backward)
    backward.ops = list(_without_needless_drops(backward.ops))


def _without_needless_rebuilds(steps: list[MigrateOperation]) -> Iterator[MigrateOperation]:
    """Make and drop indexes directly: only other changes need SQLite to rebuild a table."""
    for step in steps:
        if isinstance(step, ModifyTableOps) and all(
            isinstance(one, CreateIndexOp | DropIndexOp) for one in step.ops
        ):
            yield from step.ops
        else:
            yield step


def _later_references(steps: list[MigrateOperation]) -> list[MigrateOperation]:
    """Take references to tables that come later out of the tables, to be added after them all."""
    later: list[MigrateOperation] = []
    for step in steps:
        if isinstance(step, CreateTableOp):
            added = [
                CreateForeignKeyOp.from_constraint(one) for one in filter(_waits, step.columns)
            ]
            step.columns = [one for one in step.columns if not _waits(one)]
            later += [ModifyTableOps(step.table_name, ops=added)] if added else []
    return later


def _waits(part: object) -> TypeGuard[ForeignKeyConstraint]:
    return isinstance(part, ForeignKeyConstraint) and part.use_alter


def _without_needless_drops(steps: list[MigrateOperation]) -> Iterator[MigrateOperation]:
    """Leave indexes to go with their table."""
    dropped = {step.table_name for step in steps if isinstance(step, DropTableOp)}
    for step in steps:
        if not (isinstance(step, DropIndexOp) and step.table_name in dropped):
            yield step
