"""What a new record takes over from one that is there: what people wrote, nothing that is its own.

A copy has no number, no state, nothing that must be unique, no secret, no day that services fill
in. Whoever may not see a field does not copy it either: ask with the resource as it is seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Index, Table, UniqueConstraint

from bumen.errors import NotFound
from bumen.model.describe import Described, Kind, fields_of
from bumen.records.fill import started
from bumen.remember import remembered
from bumen.resource import Lines, Resource

_COMPANY = "company_id"
_LEFT = {Kind.PICTURE}
_DAYS = {Kind.DATE, Kind.MOMENT}


def copied_values(resource: type[Resource], record: Any) -> dict[str, Any]:
    """Return what a copy of a record begins with, as JSON-shaped values, its lines included."""
    if not resource.copies:
        raise NotFound
    values = _values(_fields(resource), record)
    lines = {
        one.name: [_values(_of_lines(resource, one), line) for line in getattr(record, one.name)]
        for one in resource.lines
    }
    return {**values, **lines}


def begun_from(resource: type[Resource], record: Any) -> Any:
    """Return a new record that begins as a copy of another; it belongs to no session yet."""
    if not resource.copies:
        raise NotFound
    begun = started(resource.model)
    _take_over(_fields(resource), begun, record)
    for lines in resource.lines:
        for line in getattr(record, lines.name):
            made = started(lines.model)
            _take_over(_of_lines(resource, lines), made, line)
            getattr(begun, lines.name).append(made)
    return begun


def _values(fields: tuple[Described, ...], record: Any) -> dict[str, Any]:
    told = ((one.key, getattr(record, one.key)) for one in fields)
    return {key: _plain(value) for key, value in told if value is not None}


def _take_over(fields: tuple[Described, ...], begun: Any, record: Any) -> None:
    for one in fields:
        setattr(begun, one.key, getattr(record, one.key))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


@remembered
def _fields(resource: type[Resource]) -> tuple[Described, ...]:
    """Return the fields a copy takes over."""
    known, unique = fields_of(resource.model), set(_unique(resource.model.__table__))
    named = (known[name] for name in resource.written() if name not in resource.never_copied)
    return tuple(one for one in named if one.column.name not in unique and _is_lasting(one))


@remembered
def _of_lines(resource: type[Resource], lines: type[Lines]) -> tuple[Described, ...]:
    known, unique = fields_of(lines.model), set(_unique(lines.model.__table__))
    left = {name.partition(".")[2] for name in resource.never_copied if "." in name}
    named = (known[name] for name in lines.fields if name not in left)
    return tuple(one for one in named if one.column.name not in unique and _is_lasting(one))


def _is_lasting(field: Described) -> bool:
    """Whether a field says of a copy what it said of the record."""
    fills_itself = field.about.filled and field.kind in _DAYS
    return not field.about.secret and field.kind not in _LEFT and not fills_itself


def _unique(table: Table) -> Iterator[str]:
    """Yield the columns no two records of a company may share."""
    for part in (*table.indexes, *table.constraints):
        if isinstance(part, UniqueConstraint) or (isinstance(part, Index) and part.unique):
            names = {column.name for column in part.columns} - {_COMPANY}
            if len(names) == 1:
                yield from names
