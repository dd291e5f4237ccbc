"""The rows of a list gathered into groups: how many are alike, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased, load_only

from bumen.i18n import translator
from bumen.listing.asked import Condition, Listing, refused
from bumen.listing.conditions import wheres_of
from bumen.listing.keys import GroupKey, every_group_key
from bumen.listing.operators import EMPTY, PERIOD
from bumen.listing.spans import written
from bumen.listing.sums import exact_sum
from bumen.model.describe import Kind, naming_columns
from bumen.resource import Resource
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")

MOST_GROUPS = 200
"""Lists show this many groups; the rest is left out, and it is said so."""


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """Rows that are alike in what they are gathered by.

    `value` is a member of the choice, the id of what is referred to (`name` is its name), a flag,
    or the span of time as it is written: 2026-11. None stands for no value.
    """

    value: Any
    name: str
    count: int
    totals: Mapping[str, Decimal]
    condition: Condition
    """What narrows the list to these rows."""


def groups_of(resource: type[Resource], listing: Listing) -> Select[Any]:
    """Select a row for each group: what it refers to, if anything; value, count, and the sums.

    Days come newest first, references by how many there are; one more than `MOST_GROUPS` tells
    that there are more.
    """
    key = key_of(resource, listing.group)
    value, count = _value(resource, key), func.count().label("rows")
    order = [value.desc().nulls_last()] if key.span else [count.desc(), value]
    sums = [exact_sum(getattr(resource.model, name)).label(name) for name in resource.totals]
    counted = (
        select(value.label("value"), count, *sums)
        .where(*wheres_of(resource, listing))
        .group_by(value)
        .order_by(*order)
        .limit(MOST_GROUPS + 1)
    )
    return _with_names(key, counted) if key.field.kind is Kind.REFERENCE else counted


def gathered(resource: type[Resource], listing: Listing, rows: Sequence[Any]) -> list[Gathered]:
    """Return the groups that `groups_of` found, `MOST_GROUPS` at most.

    Choices come in the order they are declared in, flags with yes first, no value last.
    """
    key = key_of(resource, listing.group)
    found = [_gathered(resource, key, row) for row in rows[:MOST_GROUPS]]
    if key.field.choices is not None:
        declared: Sequence[Any] = list(key.field.choices)
        found.sort(key=lambda one: declared.index(one.value) if one.value else len(declared))
    if key.field.kind is Kind.FLAG:
        found.sort(key=lambda one: (one.value is None, not one.value))
    return found


def key_of(resource: type[Resource], name: str) -> GroupKey:
    """Return what a list may be grouped by; `Malformed` when it is not offered."""
    found = every_group_key(resource).get(name)
    if found is None:
        raise refused("group", _("The list cannot be grouped by “%(name)s”.", name=name))
    return found


def _value(resource: type[Resource], key: GroupKey) -> Any:
    column = getattr(resource.model, key.field.key)
    if key.span is None:
        return column
    company = current().company
    zone = company.timezone if company else "UTC"
    return written(column, key.span, zone=zone if key.field.kind is Kind.MOMENT else None)


def _with_names(key: GroupKey, counted: Select[Any]) -> Select[Any]:
    """Join what the groups refer to, with just the columns that name it."""
    model: Any = key.field.target
    found, target = counted.subquery(), aliased(model)
    return (
        select(target, *found.c)
        .select_from(found)
        .outerjoin(target, target.id == found.c.value)
        .options(load_only(*naming_columns(target)))
        .order_by(found.c.rows.desc(), found.c.value)
    )


def _gathered(resource: type[Resource], key: GroupKey, row: Any) -> Gathered:
    named, rest = ("", row) if key.field.kind is not Kind.REFERENCE else (row[0], row[1:])
    value, count, *sums = rest
    return Gathered(
        value=value,
        name=str(named) if named else "",
        count=count,
        totals=dict(zip(resource.totals, sums, strict=True)),
        condition=_condition(key, value),
    )


def _condition(key: GroupKey, value: Any) -> Condition:
    name = key.field.name
    if value is None:
        return Condition(field=name, operator=EMPTY, value=True)
    return Condition(field=name, operator=PERIOD if key.span else "eq", value=value)
