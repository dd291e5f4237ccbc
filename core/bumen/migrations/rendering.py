"""How revisions spell our types: by the names of `bumen.values`, choices as text with a check."""

from typing import Any, Literal

from alembic.autogenerate.api import AutogenContext
from sqlalchemy import BigInteger, CheckConstraint, Enum

from bumen.migrations.checks import SPELLED, text_of
from bumen.migrations.host_tables import metadata
from bumen.values import ExactDecimal, UtcDateTime


def spell(kind: str, item: Any, context: AutogenContext) -> str | Literal[False]:
    """Return how to write a type or a check in a revision; False leaves it to Alembic.

    A choice is written as what it is to a database, so that a revision stays true when the
    choice gains a member later: text of a length, and a named check that lists the codes.
    """
    if kind == "type" and isinstance(item, Enum):
        return f"sa.String({item.length})"
    if kind == "type":
        return _our_type(item, context)
    if kind == "check" and isinstance(item, CheckConstraint):
        text = text_of(item, SPELLED)
        return f"sa.CheckConstraint({text!r}, name=op.f({_name_of(item, text)!r}))"
    return False


def _name_of(check: CheckConstraint, text: str) -> str:
    """Return the name in the models: a check that belongs to a type is copied without it."""
    modelled = metadata.tables[check.table.name].constraints
    checks = [one for one in modelled if isinstance(one, CheckConstraint)]
    return next(str(one.name) for one in checks if text_of(one, SPELLED) == text)


def _our_type(item: Any, context: AutogenContext) -> str | Literal[False]:
    if isinstance(item, BigInteger) and item.compile(SPELLED) == "INTEGER":
        spelled = "values.BIG_ID"
    elif isinstance(item, ExactDecimal | UtcDateTime):
        spelled = f"values.{type(item).__name__}()"
    else:
        return False
    context.imports.add("from bumen import values")
    return spelled
