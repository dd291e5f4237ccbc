"""Tables of records and lines, and what somebody may do with a resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from bumen.i18n import Text
from bumen.resource import WRITE, Lines, Resource
from bumen.web.cells import Cell, Cells, Column, columns_of, columns_of_lines, screen_endpoint
from bumen.web.reached import only_asked
from bumen.web.security import allowed


@dataclass(frozen=True, kw_only=True)
class Table:
    """Rows of cells under columns, each with the address of its record ("" where there is none)."""

    columns: Sequence[Column]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    title: Text | str = ""
    count: str = ""
    more: str = ""
    """Where all of them are, when these are only the first."""
    new: str = ""
    """Where another one is made."""

    @property
    def named_by(self) -> int:
        """The place of the cell that leads to the record: the first that leads nowhere else."""
        places = range(len(self.columns))
        return next((one for one in places if self.columns[one].described.target is None), 0)


@dataclass(frozen=True, kw_only=True)
class WorkedOut:
    """The columns of lines that nobody types: before those that are typed, and after them."""

    before: Sequence[Column]
    after: Sequence[Column]


def may(resource: type[Resource], record: Any = None) -> Mapping[str, bool]:
    """Return what this person may do with a resource at all, and with a record as it is now."""
    writes = allowed(WRITE, resource.permission())
    writes = writes and (record is None or not only_asked(resource, record))
    shut = set() if record is None or resource.is_open(record) else {"change", "delete"}
    can = resource.can - shut
    found = {verb: writes and verb in can for verb in ("create", "change", "delete")}
    return {**found, "duplicate": found["create"] and resource.copies}


def table_of(
    resource: type[Resource], rows: Sequence[Any], *, names: Sequence[str] = (), **more: Any
) -> Table:
    """Return records under the columns of their list, or under some of these."""
    cells, endpoint = Cells(in_columns=True), screen_endpoint(resource)
    columns = columns_of(resource, names or resource.columns)
    shown = [(url_for(f"{endpoint}.show", ident=row.id), cells.of(row, columns)) for row in rows]
    return Table(columns=columns, rows=shown, **more)


def lines_table(lines: type[Lines], record: Any, cells: Cells) -> Table:
    """Return a document's lines, with what the services worked out."""
    kept = getattr(record, lines.name)
    columns = columns_of_lines(lines, kept)
    rows = [("", cells.of(line, columns)) for line in kept]
    return Table(title=getattr(lines, "title", ""), columns=columns, rows=rows)


def worked_out_columns(lines: type[Lines], rows: Iterable[Any] = ()) -> WorkedOut:
    """Return the columns of lines that nobody types: before those that are typed, and after."""
    columns = columns_of_lines(lines, rows)
    typed = (n for n, one in enumerate(columns) if one.described.name in lines.fields)
    first = next(typed, 0)
    shown = [one for one in columns[first:] if one.described.name in lines.shown]
    return WorkedOut(before=columns[:first], after=shown)
