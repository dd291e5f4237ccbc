"""Records that differ a little and are alike a lot: ties, and fields without a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import cycle
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint, select

from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Resource
from bumen.testing.samples import Samples
from bumen.unit_of_work import session

TEXTS = ("茶", "tea", "Tea", "Tea & cake", "%_\\")
DAY, MOMENT = date(2026, 1, 30), datetime(2026, 1, 30, 15, 30, 0, 250, tzinfo=UTC)


def make_varied(samples: Samples, resource: type[Resource], *, number: int) -> None:
    """Make records of a resource whose sortable fields are alike or empty here and there."""
    records = [samples.record(resource) for _number in range(number)]
    session().flush()
    kept = _unique(resource.model) | _adding_up(resource.model)
    for place, field in enumerate(fields_of(resource.model).values()):
        if field.name not in resource.sorted() or field.key in {*kept, "id"}:
            continue
        if field.target is not None:
            _make_some(samples, field.target)
        for record, value in zip(records, cycle(_values(field, place)), strict=False):
            setattr(record, field.key, value)
    session().flush()


def telling(resources: Iterable[type[Resource]]) -> list[type[Resource]]:
    """Return of these, in this order, those with a field of a sort that none before them has.

    What is the same code for every resource need not be walked for each.
    """
    found, seen = [], set[tuple[Any, ...]]()
    for resource in resources:
        known = fields_of(resource.model)
        named = {*resource.sorted(), *resource.filtered()} & set(known)
        sorts = {sort_of(known[name]) for name in named}
        if not sorts <= seen:
            found.append(resource)
            seen |= sorts
    return found


def sort_of(field: Described) -> tuple[Kind, bool, bool]:
    """Return what matters of a field in a list: its kind, choices, and missing values."""
    return field.kind, field.choices is not None, field.column.nullable


def _make_some(samples: Samples, model: type[Any]) -> None:
    target = samples.registry.resource_of(model)
    if target is None:  # people who sign in are there already
        return
    for _number in range(3):
        samples.record(target)
    session().flush()


def _values(field: Described, place: int) -> Sequence[Any]:
    """Return a few values, in a number that fits no page; later fields have later days."""
    values = list(_some(field, timedelta(days=35 * place)))
    return [*values, *([None, None] if field.column.nullable else []), values[0]]


def _some(field: Described, later: timedelta) -> Sequence[Any]:
    if field.kind is Kind.REFERENCE:
        assert field.target is not None
        return session().scalars(select(field.target.id).limit(3)).all()
    if field.choices is not None:
        return list(field.choices)
    return {
        Kind.TEXT: TEXTS,
        Kind.LONG_TEXT: TEXTS,
        Kind.NUMBER: (3, 1, 2),
        Kind.DECIMAL: (Decimal("2.5"), Decimal(1), Decimal("0.01"), Decimal(12)),
        Kind.DATE: [DAY + later + timedelta(days=n) for n in (3, 1, 2)],
        Kind.MOMENT: [MOMENT + later + timedelta(days=n) for n in (3, 1, 2)],
        Kind.FLAG: (True, False, False),
    }[field.kind]


def _adding_up(model: Any) -> set[str]:
    """Return the columns that a CHECK holds together, three or more: parts that add up."""
    table, found = model.__table__, set()
    for check in (one for one in table.constraints if isinstance(one, CheckConstraint)):
        named = {name for name in re.findall(r"\w+", str(check.sqltext)) if name in table.c}
        found |= named if len(named) > 2 else set()
    return found


def _unique(model: Any) -> set[str]:
    table = model.__table__
    keys = [key for key in table.constraints if isinstance(key, UniqueConstraint)]
    keys += [index for index in table.indexes if index.unique]
    return {column.name for key in keys for column in key.columns} - {"company_id"}
