"""Lists of records: what is asked for, checked against what the resource declares, as one SELECT.

A list loads only the columns it shows, joins the references it names, and counts no further than
people care to know.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import ColumnElement, Select, UniqueConstraint, and_, false, func, or_, select, true
from sqlalchemy.orm import joinedload, load_only

from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.model.describe import Described, Kind, described, fields_of
from bumen.resource import Resource
from bumen.schema import first_said, value_of
from bumen.schema.values import refuse_unstorable
from bumen.visibility import seen

_ = translator(__file__, "bumen")

MOST_COUNTED = 10_000
"""Lists count this far; one more stands for "more than that"."""
MOST_ON_A_PAGE = 100
LAST_PAGE = 100_000
MOST_CONDITIONS = 50

Column = Any
Operator = Callable[[Column, Any], ColumnElement[bool]]

_COMPARISONS: dict[str, Operator] = {
    "eq": lambda column, value: column == value if value is not None else column.is_(None),
    "neq": lambda column, value: column != value if value is not None else column.is_not(None),
    "gt": lambda column, value: column > value,
    "ge": lambda column, value: column >= value,
    "lt": lambda column, value: column < value,
    "le": lambda column, value: column <= value,
}
_IN_TEXTS: dict[str, Operator] = {
    "sw": lambda column, value: column.istartswith(value, autoescape=True),
    "nsw": lambda column, value: ~column.istartswith(value, autoescape=True),
    "ew": lambda column, value: column.iendswith(value, autoescape=True),
    "new": lambda column, value: ~column.iendswith(value, autoescape=True),
    "ct": lambda column, value: column.icontains(value, autoescape=True),
    "nct": lambda column, value: ~column.icontains(value, autoescape=True),
}
_EQUALS = {name: _COMPARISONS[name] for name in ("eq", "neq")}
_RELATED: dict[str, Operator] = {
    "rel_o_m": _COMPARISONS["eq"],
    "nrel_o_m": _COMPARISONS["neq"],
    **_EQUALS,
}
_OPERATORS: dict[Kind, dict[str, Operator]] = {
    Kind.TEXT: {**_COMPARISONS, **_IN_TEXTS},
    Kind.LONG_TEXT: {**_EQUALS, **_IN_TEXTS},
    Kind.NUMBER: _COMPARISONS,
    Kind.DECIMAL: _COMPARISONS,
    Kind.DATE: _COMPARISONS,
    Kind.MOMENT: _COMPARISONS,
    Kind.FLAG: _EQUALS,
    Kind.CHOICE: _EQUALS,
    Kind.REFERENCE: _RELATED,
    Kind.PICTURE: {},
}


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition of a filter: a field (by its API name), an operator, a value."""

    field: str
    operator: str
    value: Any


@dataclass(frozen=True, kw_only=True)
class Listing:
    """What somebody wants to see of a list. `order` is a field's API name, with `-` downwards."""

    conditions: Sequence[Condition] = ()
    search: str = ""
    order: str = ""
    page: int = 0
    size: int = 25
    columns: Sequence[str] = ()


def operators(described: Described) -> tuple[str, ...]:
    """Return the operators a field may be filtered by."""
    return tuple(_OPERATORS[described.kind])


def page_of(resource: type[Resource], listing: Listing) -> Select[Any]:
    """Select one page; `Malformed` names what the resource does not offer."""
    if not 0 < listing.size <= MOST_ON_A_PAGE:
        raise _refused("page_size", _("A page has 1 to %(most)s rows.", most=MOST_ON_A_PAGE))
    if not 0 <= listing.page <= LAST_PAGE:
        raise _refused("page", _("There is no such page."))
    order = _order(resource, listing.order or resource.order)
    loading = _loading(resource, columns_of(resource, listing))
    query = select(resource.model).options(*loading).order_by(*order)
    wheres = _wheres(resource, listing)
    if listing.page == 0:
        return query.where(*wheres).limit(listing.size)
    ids = select(resource.model.id).where(*wheres).order_by(*order)
    here = ids.limit(listing.size).offset(listing.page * listing.size).subquery()
    return query.where(resource.model.id.in_(select(here.c.id)))  # joins only what is shown


def count_of(resource: type[Resource], listing: Listing) -> Select[int]:
    """Count the rows of the whole list, up to one more than `MOST_COUNTED`."""
    rows = select(resource.model.id).where(*_wheres(resource, listing)).limit(MOST_COUNTED + 1)
    return select(func.count()).select_from(rows.subquery())


def columns_of(resource: type[Resource], listing: Listing) -> tuple[str, ...]:
    """Return the attributes to show: the ones asked for, or all a list can show of the resource."""
    known = fields_of(resource.model)
    listed = [name for name in resource.shown() if known[name].kind is not Kind.PICTURE]
    shown = {known[name].key: name for name in listed} | {name: name for name in listed}
    for column in listing.columns:
        if column not in shown:
            raise _refused("columns", _("There is no column “%(name)s”.", name=column))
    return tuple(dict.fromkeys(shown[c] for c in listing.columns)) or tuple(listed)


def _wheres(resource: type[Resource], listing: Listing) -> list[ColumnElement[bool]]:
    if len(listing.conditions) > MOST_CONDITIONS:
        raise _refused("filters", _("At most %(most)s conditions.", most=MOST_CONDITIONS))
    wheres = [_condition(resource, condition) for condition in listing.conditions]
    wheres += seen(resource)
    if listing.search:
        wheres.append(search_in(resource, listing.search))
    return wheres


def search_in(resource: type[Resource], words: str) -> ColumnElement[bool]:
    """Return what is true of the records in which every word occurs in a searched column."""
    try:
        wanted = refuse_unstorable(words).split()[:10]
    except ValidationError as wrong:
        raise _refused("search", first_said(wrong)) from None
    places = [_searched(resource.model, name) for name in resource.searched()]
    if not places:
        return false()
    return and_(true(), *(or_(*(holds(word) for holds in places)) for word in wanted))


def _searched(model: type[Any], name: str) -> Callable[[str], ColumnElement[bool]]:
    """Return how a word is looked for in a column, or in one of what a reference names."""
    reference, dot, column = name.partition(".")
    if not dot:
        return lambda word: getattr(model, name).icontains(word, autoescape=True)
    there = getattr(described(model, reference).target, column)
    return lambda word: getattr(model, reference).has(there.icontains(word, autoescape=True))


def _condition(resource: type[Resource], condition: Condition) -> ColumnElement[bool]:
    offered = {fields_of(resource.model)[name].key: name for name in resource.filtered()}
    offered |= {name: name for name in resource.filtered()} | {"id": "id"}
    if condition.field not in offered:
        raise _refused("filters", _("There is no filter “%(name)s”.", name=condition.field))
    described = fields_of(resource.model)[offered[condition.field]]
    operator = _OPERATORS[described.kind].get(condition.operator)
    if operator is None:
        raise _refused(
            "filters",
            _(
                "“%(field)s” cannot be filtered by “%(operator)s”.",
                field=condition.field,
                operator=condition.operator,
            ),
        )
    return operator(getattr(resource.model, described.key), _value(described, condition))


def _value(described: Described, condition: Condition) -> Any:
    if condition.value is None and condition.operator in {"eq", "neq", "rel_o_m", "nrel_o_m"}:
        return None
    try:
        value = value_of(described, for_filter=True).deserialize(condition.value)
    except ValidationError as wrong:
        raise _refused(f"filters.{condition.field}", first_said(wrong)) from None
    return "" if value is None else value


def _order(resource: type[Resource], order: str) -> list[Any]:
    name, downwards = order.lstrip("-"), order.startswith("-")
    offered = {fields_of(resource.model)[one].key: one for one in resource.sorted()}
    offered |= {one: one for one in resource.sorted()}
    if name not in offered or order.startswith("--"):
        raise _refused("order", _("The list cannot be sorted by “%(name)s”.", name=name))
    columns = [getattr(resource.model, fields_of(resource.model)[offered[name]].key)]
    if not _is_unique(resource, columns[0].key):
        columns.append(resource.model.id)
    return [column.desc() if downwards else column.asc() for column in columns]


def _is_unique(resource: type[Resource], column: str) -> bool:
    """Whether no two records of a company can be alike here, so that the order is certain."""
    if column == "id":
        return True
    table = resource.model.__table__
    wanted = {"company_id", column}
    keys = (one for one in table.constraints if isinstance(one, UniqueConstraint))
    found = any({part.name for part in key.columns} == wanted for key in keys)
    return found and not table.c[column].nullable


def _loading(resource: type[Resource], names: Sequence[str]) -> list[Any]:
    """Load only what is shown, and of references only what names them."""
    model, known = resource.model, fields_of(resource.model)
    plain = [getattr(model, known[name].key) for name in names]
    options: list[Any] = [load_only(model.id, model.company_id, model.version, *plain)]
    references = (known[name] for name in names if known[name].kind is Kind.REFERENCE)
    return options + [naming(model, reference) for reference in references]


def naming(model: type[Any], described: Described) -> Any:
    """Return the option that loads a reference with just the columns that name it."""
    target: Any = described.target
    columns = [getattr(target, name) for name in target.named_by] or [target.id]
    return joinedload(getattr(model, described.name)).load_only(
        target.id, target.company_id, *columns
    )


def _refused(place: str, message: Any) -> Malformed:
    return Malformed(message, fields={place: [message]})
