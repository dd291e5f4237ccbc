"""Sums that are exact on both databases, however large they grow."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Dialect, Numeric, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from bumen.values import ExactDecimal

_SPLIT = 10**9
"""SQLite adds whole numbers of 64 bits: two sums of halves cannot overflow, one could."""


class Summed(TypeDecorator[Decimal]):
    """A sum: exact, of any size, with the places of what was added up."""

    impl = Numeric
    cache_ok = True

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String())
        return dialect.type_descriptor(Numeric())

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal:
        if value is None:
            return Decimal(0).scaleb(-self.scale)
        if dialect.name != "sqlite":
            return Decimal(value).quantize(Decimal(1).scaleb(-self.scale))
        high, low = str(value).split()
        return Decimal(int(high) * _SPLIT + int(low)).scaleb(-self.scale)


class ExactSum(FunctionElement[Decimal]):
    """The sum of a column of decimals or whole numbers; of nothing it is 0."""

    name = "exact_sum"
    inherit_cache = True


def exact_sum(column: ColumnElement[Any]) -> ExactSum:
    """Add up a column."""
    found = ExactSum(column)
    found.type = Summed(column.type.scale if isinstance(column.type, ExactDecimal) else 0)
    return found


@compiles(ExactSum)
def _plainly(element: ExactSum, compiler: Any, **options: Any) -> str:
    return f"sum({compiler.process(element.clauses, **options)})"


@compiles(ExactSum, "sqlite")
def _in_halves(element: ExactSum, compiler: Any, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    return f"sum({column} / {_SPLIT}) || ' ' || sum({column} % {_SPLIT})"
