"""The steps of a revision as they should be: what Alembic proposes, completed and cut down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeGuard

from alembic.operations.ops import (
    AddColumnOp,
    AddConstraintOp,
    CreateCheckConstraintOp,
    CreateForeignKeyOp,
    CreateIndexOp,
    CreateTableOp,
    DowngradeOps,
    DropConstraintOp,
    DropIndexOp,
    DropTableOp,
    MigrateOperation,
    ModifyTableOps,
    UpgradeOps,
)
from sqlalchemy import (
    CheckConstraint,
    Column,
    Connection,
    DefaultClause,
    ForeignKeyConstraint,
)

from bumen.migrations.branches import Branch
from bumen.migrations.checks import state_changed_checks
from bumen.migrations.constraining import Standing
from bumen.migrations.operations import ChangeConstraints, ChangeLaterReferences


def shape(forward: UpgradeOps, backward: DowngradeOps, branch: Branch, on: Connection) -> None:
    """Complete the steps forward, and make those backward undo them in turn."""
    state_changed_checks(forward, branch, on)
    steps = list(_without_needless_rebuilds(forward.ops))
    forward.ops = [*steps, *_later_references(forward.ops)]
    forward.reverse_into(backward)
    backward.ops = list(_without_needless_drops(backward.ops))


def _without_needless_rebuilds(steps: list[MigrateOperation]) -> Iterator[MigrateOperation]:
    """Take out of a batch, for which SQLite rebuilds a table, what can be had without."""
    for step in steps:
        if isinstance(step, ModifyTableOps) and all(map(_needs_no_rebuild, step.ops)):
            yield from _in_turn(step)
        else:
            yield step


def _needs_no_rebuild(one: MigrateOperation) -> bool:
    if isinstance(one, AddColumnOp):
        return _can_be_added(one.column)
    if isinstance(one, DropConstraintOp):
        return one.constraint_type in ("check", "foreignkey")
    return isinstance(
        one, CreateIndexOp | DropIndexOp | CreateCheckConstraintOp | CreateForeignKeyOp
    )


def _can_be_added(column: Column[Any]) -> bool:
    """Tell whether SQLite adds a column to rows: it may be empty, or they get a plain value."""
    default = column.server_default
    plain = isinstance(default, DefaultClause) and isinstance(default.arg, str)
    return plain if default is not None else bool(column.nullable)


def _in_turn(step: ModifyTableOps) -> Iterator[MigrateOperation]:
    """Order the changes of a table so that each finds what it needs, forward and backward."""
    yield from (one for one in step.ops if isinstance(one, DropIndexOp))
    yield from (one for one in step.ops if isinstance(one, AddColumnOp))
    gone = [one.to_constraint() for one in step.ops if isinstance(one, DropConstraintOp)]
    new = [one.to_constraint() for one in step.ops if isinstance(one, AddConstraintOp)]
    if gone or new:
        yield ChangeConstraints(step.table_name, drop=_standing(gone), add=_standing(new))
    yield from (one for one in step.ops if isinstance(one, CreateIndexOp))


def _standing(constraints: Iterable[object]) -> list[Standing]:
    return [one for one in constraints if isinstance(one, CheckConstraint | ForeignKeyConstraint)]


def _later_references(steps: list[MigrateOperation]) -> Iterator[MigrateOperation]:
    """Add references to tables that come later after them all, where they are not inline."""
    for step in steps:
        if isinstance(step, CreateTableOp):
            waiting = [one for one in step.columns if _waits(one)]
            if waiting:
                yield ChangeLaterReferences(step.table_name, add=waiting)


def _waits(part: object) -> TypeGuard[ForeignKeyConstraint]:
    return isinstance(part, ForeignKeyConstraint) and part.use_alter


def _without_needless_drops(steps: list[MigrateOperation]) -> Iterator[MigrateOperation]:
    """Leave indexes to go with their table."""
    dropped = {step.table_name for step in steps if isinstance(step, DropTableOp)}
    for step in steps:
        if not (isinstance(step, DropIndexOp) and step.table_name in dropped):
            yield step
