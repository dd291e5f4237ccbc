"""The rows of a list as a table: each with its cells, and with what acts on it need to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from sqlalchemy import select

from bumen.model.describe import Described, Kind
from bumen.resource import Resource
from bumen.unit_of_work import session
from bumen.web.cells import Cell, Cells, Column, columns_of, screen_endpoint


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row is a record as it was when the page was made: `chosen` names it with its version."""

    href: str
    chosen: str
    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows under columns; the cell at `named_by` leads to the record, `naming` are its name."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    named_by: int
    naming: frozenset[str]


def rows_of(resource: type[Resource], records: Sequence[Any], names: Sequence[str]) -> Rows:
    """Return records as rows of these columns."""
    endpoint, columns = screen_endpoint(resource), columns_of(resource, names)
    named_by = _place_of_name(columns)
    shown = _cells(resource, records, columns)
    rows = [
        Row(
            href=url_for(f"{endpoint}.show", ident=record.id),
            chosen=f"{record.id}:{record.version}",
            name=cells[named_by].text,
            cells=cells,
        )
        for record, cells in zip(records, shown, strict=True)
    ]
    naming = frozenset(resource.model.named_by)
    return Rows(columns=columns, rows=rows, named_by=named_by, naming=naming)


def _cells(
    resource: type[Resource], records: Sequence[Any], columns: Sequence[Column]
) -> list[list[Cell]]:
    """Return the cells of each record; of pictures only whether there is one is asked."""
    cells = Cells(in_columns=True)
    pictured = {
        one.described.name: pictured_in(resource, one.described.name, records)
        for one in columns
        if one.described.kind is Kind.PICTURE
    }

    def cell(record: Any, column: Column) -> Cell:
        kept = pictured.get(column.described.name)
        if kept is None:
            return cells.of(record, [column])[0]
        return cells.picture(record, column, kept=record.id in kept)

    return [[cell(record, column) for column in columns] for record in records]


def pictured_in(resource: type[Resource], name: str, records: Sequence[Any]) -> frozenset[int]:
    """Return the ids of the records that have a picture, without reading any."""
    model, ids = resource.model, [record.id for record in records]
    query = select(model.id).where(model.id.in_(ids), getattr(model, name).is_not(None))
    return frozenset(session().scalars(query))


def _place_of_name(columns: Sequence[Column]) -> int:
    """Return which cell leads to the record: the first that leads nowhere else."""
    plain = (place for place, one in enumerate(columns) if _may_name(one.described))
    return next(plain, 0)


def _may_name(described: Described) -> bool:
    return described.target is None and described.kind is not Kind.PICTURE
