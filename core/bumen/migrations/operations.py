"""Steps of revisions that Alembic lacks: constraints that change without a rebuilt table.

They are written `op.change_constraints(…)` and `op.create_later_references(…)`; `bumen revise`
writes them by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from alembic.autogenerate import renderers
from alembic.autogenerate.api import AutogenContext
from alembic.operations import MigrateOperation, Operations
from sqlalchemy import CheckConstraint, ForeignKeyConstraint

from bumen.migrations.checks import SPELLED, text_of
from bumen.migrations.constraining import Changes, Standing, change_constraints


class _OfTable(MigrateOperation):
    """A step about some constraints of one table."""

    def __init__(
        self, table: str, *, drop: Sequence[Standing] = (), add: Sequence[Standing] = ()
    ) -> None:
        self.table = table
        self.gone = tuple(drop)
        self.new = tuple(add)

    def reverse(self) -> _OfTable:
        """Return the step that undoes this one."""
        return type(self)(self.table, drop=self.new, add=self.gone)


@Operations.register_operation("change_constraints")
class ChangeConstraints(_OfTable):
    """A step that drops and adds checks and references of a table, whatever rows it has."""

    @classmethod
    def change_constraints(
        cls,
        operations: Operations,
        table: str,
        *,
        drop: Sequence[Standing] = (),
        add: Sequence[Standing] = (),
    ) -> None:
        """Drop and add checks and references: with one statement, or in SQLite's stored text."""
        operations.invoke(cls(table, drop=drop, add=add))


@Operations.register_operation("change_later_references")
class ChangeLaterReferences(_OfTable):
    """A step for references to tables that are made later, where they did not come inline.

    A database that cannot alter a table, SQLite, has made them with it: there is nothing to do.
    """

    @classmethod
    def change_later_references(
        cls,
        operations: Operations,
        table: str,
        *,
        drop: Sequence[ForeignKeyConstraint] = (),
        add: Sequence[ForeignKeyConstraint] = (),
    ) -> None:
        """Drop and add references that `create_table` left out, being told `use_alter=True`."""
        operations.invoke(cls(table, drop=drop, add=add))


@Operations.implementation_for(ChangeConstraints)
def _change(operations: Operations, step: _OfTable) -> None:
    change_constraints(operations, Changes(step.table, gone=step.gone, new=step.new))


@Operations.implementation_for(ChangeLaterReferences)
def _change_later(operations: Operations, step: _OfTable) -> None:
    if operations.get_bind().dialect.supports_alter:
        _change(operations, step)


@renderers.dispatch_for(ChangeConstraints)
def _write_change(_context: AutogenContext, step: _OfTable) -> str:
    return _spelled("change_constraints", step)


@renderers.dispatch_for(ChangeLaterReferences)
def _write_later_change(_context: AutogenContext, step: _OfTable) -> str:
    return _spelled("change_later_references", step)


def _spelled(name: str, step: _OfTable) -> str:
    parts = [repr(step.table)]
    for verb, standing in (("drop", step.gone), ("add", step.new)):
        if standing:
            parts.append(f"{verb}=[{', '.join(map(_spelled_constraint, standing))}]")
    return f"op.{name}({', '.join(parts)})"


def _spelled_constraint(one: Standing) -> str:
    name = f"name=op.f({str(one.name)!r})"
    if isinstance(one, CheckConstraint):
        return f"sa.CheckConstraint({text_of(one, SPELLED)!r}, {name})"
    columns = [str(key) for key in one.column_keys]
    targets = [element.target_fullname for element in one.elements]
    options = {"ondelete": one.ondelete, "onupdate": one.onupdate}
    stated = [f"{option}={value!r}" for option, value in options.items() if value]
    return f"sa.ForeignKeyConstraint({', '.join([repr(columns), repr(targets), name, *stated])})"
