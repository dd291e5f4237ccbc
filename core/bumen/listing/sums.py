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


class ExactWhole(FunctionElement[Decimal]):
    """What all groups of a statement come to together, said beside each of them."""

    name = "exact_whole"
    inherit_cache = True


class RoughSum(FunctionElement[float]):
    """The sum of a column, near enough to tell which group is larger; costs nothing beside it."""

    name = "rough_sum"
    inherit_cache = True


def exact_sum(column: ColumnElement[Any]) -> ExactSum:
    """Add up a column."""
    found = ExactSum(column)
    found.type = _summed(column)
    return found


def exact_whole(column: ColumnElement[Any]) -> ExactWhole:
    """Add up a column over all groups, in the statement that adds it up of each."""
    found = ExactWhole(column)
    found.type = _summed(column)
    return found


def _summed(column: ColumnElement[Any]) -> Summed:
    return Summed(column.type.scale if isinstance(column.type, ExactDecimal) else 0)


@compiles(ExactSum)
def _plainly(element: ExactSum, compiler: Any, **options: Any) -> str:
    return f"sum({compiler.process(element.clauses, **options)})"


@compiles(ExactSum, "sqlite")
def _in_halves(element: ExactSum, compiler: Any, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    return f"sum({column} / {_SPLIT}) || ' ' || sum({column} % {_SPLIT})"


@compiles(ExactWhole)
def _over_all(element: ExactWhole, compiler: Any, **options: Any) -> str:
    return f"sum(sum({compiler.process(element.clauses, **options)})) OVER ()"


@compiles(ExactWhole, "sqlite")
def _over_all_in_halves(element: ExactWhole, compiler: Any, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    high, low = (f"sum(sum({column} {sign} {_SPLIT})) OVER ()" for sign in "/%")
    return f"{high} || ' ' || {low}"


@compiles(RoughSum)
def _roughly(element: RoughSum, compiler: Any, **options: Any) -> str:
    return f"coalesce(sum({compiler.process(element.clauses, **options)}), 0)"


@compiles(RoughSum, "sqlite")
def _roughly_as_float(element: RoughSum, compiler: Any, **options: Any) -> str:
    return f"total({compiler.process(element.clauses, **options)})"
