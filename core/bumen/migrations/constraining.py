"""How the constraints of a table that has rows are changed, on each database.

PostgreSQL alters them with one statement. SQLite cannot: what it stores is the text that made the
table, and a check or a reference touches no stored row. So the text is changed the way SQLite's
documentation of ALTER TABLE describes under 7, and the rows are looked at afterwards. Where the
text is not the one that is expected, or may not be written to, the table is rebuilt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from alembic.operations import BatchOperations, Operations
from alembic.operations.ops import CreateTableOp
from sqlalchemy import BigInteger, CheckConstraint, Column, Connection, ForeignKeyConstraint, text
from sqlalchemy.schema import CreateTable

from bumen.migrations.errors import RowsBreakRules

Standing = CheckConstraint | ForeignKeyConstraint
"""A constraint that a table may be given or rid of while it has rows."""

_STORED = text(
    "SELECT sql, schema_version FROM sqlite_master, pragma_schema_version "
    "WHERE type = 'table' AND name = :table"
)
_STORE = text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :table")
_GUARDS = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")


@dataclass(frozen=True)
class Changes:
    """Changes are the constraints that a table loses and those that it gains."""

    table: str
    gone: Sequence[Standing]
    new: Sequence[Standing]


def change_constraints(operations: Operations, changes: Changes) -> None:
    """Drop and add constraints; refuses with RowsBreakRules, or as the database does, if rows
    are not what the new ones demand."""
    connection = operations.get_bind()
    if connection.dialect.supports_alter:
        connection.exec_driver_sql(_altering(connection, changes))
    elif not _rewrite(connection, changes):
        _rebuild(operations, changes)


def without_and_with(stored: str, *, gone: Iterable[str], new: Iterable[str]) -> str | None:
    """Return the text that makes a table, changed; None where it is not as expected."""
    body = stored.rstrip()
    for clause in gone:
        body, found = re.subn(rf",\s*{re.escape(clause)}\s*(?=[,)])", "", body)
        if found != 1:
            return None
    if not body.endswith(")"):
        return None
    added = "".join(f", \n\t{clause}" for clause in new)
    return f"{body[:-1].rstrip()}{added}\n)"


def _altering(connection: Connection, changes: Changes) -> str:
    table = connection.dialect.identifier_preparer.quote(changes.table)
    quote = connection.dialect.identifier_preparer.quote
    steps = [f"DROP CONSTRAINT {quote(str(one.name))}" for one in changes.gone]
    steps += [f"ADD {clause}" for clause in _clauses(connection, changes.table, changes.new)]
    return f"ALTER TABLE {table} {', '.join(steps)}"


def _clauses(connection: Connection, table: str, standing: Sequence[Standing]) -> list[str]:
    """Spell constraints as this database does."""
    references = [one for one in standing if isinstance(one, ForeignKeyConstraint)]
    needed = sorted({key for one in references for key in one.column_keys})
    made = CreateTableOp(
        table, [*(Column(key, BigInteger) for key in needed), *standing]
    ).to_table()
    compiler = connection.dialect.ddl_compiler(connection.dialect, CreateTable(made))
    by_name = {str(one.name): one for one in made.constraints}
    return [compiler.process(by_name[str(one.name)]) for one in standing]


def _rewrite(connection: Connection, changes: Changes) -> bool:
    """Change the text that SQLite stores; tell whether that was possible."""
    stored, generation = connection.execute(_STORED, {"table": changes.table}).one()
    text_now = without_and_with(
        stored,
        gone=_clauses(connection, changes.table, changes.gone),
        new=_clauses(connection, changes.table, changes.new),
    )
    if text_now is None:
        return False
    try:
        if not _may_write(connection):
            return False
        connection.execute(_STORE, {"table": changes.table, "sql": text_now})
        connection.exec_driver_sql(f"PRAGMA schema_version = {generation + 1}")
    finally:
        connection.exec_driver_sql("PRAGMA writable_schema = OFF")
    _check(connection, changes.table)
    return True


def _may_write(connection: Connection) -> bool:
    """Ask for SQLite's stored texts; where it defends itself, as Apple's does, they stay shut."""
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    return bool(connection.exec_driver_sql("PRAGMA writable_schema").scalar_one())


def _rebuild(operations: Operations, changes: Changes) -> None:
    """Make the table anew and carry its rows over, and what guards it with them."""
    connection = operations.get_bind()
    guards = connection.scalars(_GUARDS, {"table": changes.table}).all()
    kinds = {CheckConstraint: "check", ForeignKeyConstraint: "foreignkey"}
    with operations.batch_alter_table(
        changes.table, recreate="always", reflect_kwargs={"resolve_fks": False}
    ) as batch:
        for one in changes.gone:
            batch.drop_constraint(str(one.name), type_=kinds[type(one)])
        for one in changes.new:
            _add(batch, one)
    for guard in guards:
        connection.exec_driver_sql(guard)
    _check(connection, changes.table)


def _add(batch: BatchOperations, one: Standing) -> None:
    name = str(one.name)
    if isinstance(one, CheckConstraint):
        batch.create_check_constraint(name, one.sqltext)
        return
    targets = [element.target_fullname.rpartition(".") for element in one.elements]
    batch.create_foreign_key(
        name,
        targets[0][0],
        list(one.column_keys),
        [column for _table, _dot, column in targets],
        ondelete=one.ondelete,
        onupdate=one.onupdate,
    )


def _check(connection: Connection, table: str) -> None:
    """Look at the rows: SQLite asks nothing of those that are already there."""
    name = connection.dialect.identifier_preparer.quote(table)
    broken = connection.exec_driver_sql(f"PRAGMA quick_check({name})").scalars().all()
    if broken != ["ok"]:
        raise RowsBreakRules(table, broken)
