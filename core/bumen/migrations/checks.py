"""CHECK constraints, which Alembic neither compares nor carries over: choices and limits."""

from typing import Any

from alembic.operations.ops import AddConstraintOp, DropConstraintOp, ModifyTableOps, UpgradeOps
from sqlalchemy import CheckConstraint, Connection, MetaData, Table, inspect
from sqlalchemy.dialects import sqlite
from sqlalchemy.sql.elements import conv

from bumen.migrations.branches import Branch
from bumen.migrations.host_tables import metadata

SPELLED = sqlite.dialect()
"""The database whose spelling revisions use for every one."""


def text_of(check: CheckConstraint, dialect: Any) -> str:
    """Return a check's condition as plain SQL, on one line."""
    written = {"literal_binds": True, "include_table": False}
    return " ".join(str(check.sqltext.compile(dialect=dialect, compile_kwargs=written)).split())


def state_changed_checks(operations: UpgradeOps, branch: Branch, connection: Connection) -> None:
    """Add what it takes to make the checks of existing tables what the models say."""
    inspector = inspect(connection)
    for name in filter(branch.owns, inspector.get_table_names()):
        if name in metadata.tables:
            found = {str(c["name"]): c["sqltext"] for c in inspector.get_check_constraints(name)}
            _state_changes(operations, metadata.tables[name], found, connection.dialect)


def _state_changes(
    operations: UpgradeOps, table: Table, found: dict[str, str], dialect: Any
) -> None:
    wanted = {
        str(check.name): text_of(check, dialect)
        for check in table.constraints
        if isinstance(check, CheckConstraint)
    }
    gone = sorted(found.items() - wanted.items())
    new = sorted(wanted.items() - found.items())
    if gone or new:
        altered = _alterations_of(operations, table.name)
        altered.ops[:0] = [DropConstraintOp.from_constraint(_check(table.name, c)) for c in gone]
        altered.ops += [AddConstraintOp.from_constraint(_check(table.name, c)) for c in new]


def _alterations_of(operations: UpgradeOps, table: str) -> ModifyTableOps:
    for operation in operations.ops:
        if isinstance(operation, ModifyTableOps) and operation.table_name == table:
            return operation
    operations.ops.append(ModifyTableOps(table, ops=[]))
    return _alterations_of(operations, table)


def _check(table: str, stated: tuple[str, str]) -> CheckConstraint:
    name, text = stated
    check = CheckConstraint(text, name=conv(name))
    Table(table, MetaData(), check)
    return check
