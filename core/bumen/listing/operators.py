"""What a field may be filtered by: operators for each kind of field, as SQL.

What has no value is not anything and does not contain anything: `neq`, `nct` and the like find it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, not_, or_, true

from bumen.model.describe import Described, Kind

Column = Any
Operator = Callable[[Column, Any], ColumnElement[bool]]

IN, EMPTY, PERIOD, CONTAINS, NOT_CONTAINS = "in", "empty", "period", "ct", "nct"
NULLABLE = frozenset({"eq", "neq", "rel_o_m", "nrel_o_m"})
"""Operators that may be asked for no value at all: null."""
ANY_OF = frozenset({IN, CONTAINS})
"""Operators whose value may be a list."""


def operators(described: Described) -> tuple[str, ...]:
    """Return the operators a field may be filtered by."""
    return tuple(_OPERATORS[described.kind])


def operator_of(described: Described, name: str) -> Operator | None:
    """Return an operator by name, if the field may be filtered by it."""
    return _OPERATORS[described.kind].get(name)


def _not(operator: Operator) -> Operator:
    return lambda column, value: or_(column.is_(None), not_(operator(column, value)))


def _contains(column: Column, value: Any) -> ColumnElement[bool]:
    """Return whether a text contains another, or one of several."""
    values = value if isinstance(value, list) else [value]
    return or_(false(), *(column.icontains(one, autoescape=True) for one in values))


def _any_of(column: Column, values: list[Any]) -> ColumnElement[bool]:
    found: ColumnElement[bool] = column.in_([one for one in values if one is not None])
    return or_(found, column.is_(None)) if None in values else found


def _is_empty(column: Column, wanted: bool) -> ColumnElement[bool]:  # noqa: FBT001  # an operator
    found: ColumnElement[bool] = column.is_(None) if wanted else column.is_not(None)
    return found


def _is_empty_text(column: Column, wanted: bool) -> ColumnElement[bool]:  # noqa: FBT001
    return or_(column.is_(None), column == "") if wanted else column != ""


def _within(column: Column, bounds: tuple[Any, Any]) -> ColumnElement[bool]:
    """Return whether a day or a moment lies from the first on, and before the second."""
    since, until = bounds
    begun = column.is_not(None) if since is None else column >= since
    return and_(begun, true() if until is None else column < until)


_COMPARISONS: dict[str, Operator] = {
    "eq": lambda column, value: column == value if value is not None else column.is_(None),
    "neq": lambda column, value: column.is_distinct_from(value),
    "gt": lambda column, value: column > value,
    "ge": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
    "le": lambda column, value: column <= value,
}
_TEXTUAL: dict[str, Operator] = {
    "sw": lambda column, value: column.istartswith(value, autoescape=True),
    "ew": lambda column, value: column.iendswith(value, autoescape=True),
    CONTAINS: _contains,
}
_ALWAYS: dict[str, Operator] = {IN: _any_of, EMPTY: _is_empty}
_EQUALS: dict[str, Operator] = {name: _COMPARISONS[name] for name in ("eq", "neq")}
_CHOSEN: dict[str, Operator] = {**_EQUALS, **_ALWAYS}
_ORDERED: dict[str, Operator] = {**_COMPARISONS, **_ALWAYS}
_DAYS: dict[str, Operator] = {**_ORDERED, PERIOD: _within}
_IN_TEXTS: dict[str, Operator] = {
    **_TEXTUAL,
    **{f"n{name}": _not(operator) for name, operator in _TEXTUAL.items()},
    IN: _any_of,
    EMPTY: _is_empty_text,
}
_RELATED: dict[str, Operator] = {
    "rel_o_m": _COMPARISONS["eq"],
    "nrel_o_m": _COMPARISONS["neq"],
    **_CHOSEN,
}
_OPERATORS: dict[Kind, dict[str, Operator]] = {
    Kind.TEXT: {**_COMPARISONS, **_IN_TEXTS},
    Kind.LONG_TEXT: {**_EQUALS, **_IN_TEXTS},
    Kind.NUMBER: _ORDERED,
    Kind.DECIMAL: _ORDERED,
    Kind.DATE: _DAYS,
    Kind.MOMENT: _DAYS,
    Kind.FLAG: _CHOSEN,
    Kind.CHOICE: _CHOSEN,
    Kind.REFERENCE: _RELATED,
    Kind.PICTURE: {},
}
