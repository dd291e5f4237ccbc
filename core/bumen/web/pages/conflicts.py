"""What two people have written into one record: what each wrote, and who changed what.

A form carries a mark of every value it was made from. With the marks a page tells three things
apart: what only the other has changed, which is taken over; what only this person has changed,
which stays; and what both have changed, which is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from bumen.formats import EMPTY, Formats
from bumen.i18n import Text
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Lines
from bumen.web.answers import dumped
from bumen.web.cells import Cell, Cells, Column, columns_of, columns_of_lines
from bumen.web.fields import Box, ChoiceBox, FlagBox, LookupBox, YesNoBox
from bumen.web.forms import RecordForm
from bumen.web.grid import Grid
from bumen.web.pages.tables import Table

_READERS = {
    Kind.DECIMAL: Decimal,
    Kind.DATE: date.fromisoformat,
    Kind.MOMENT: datetime.fromisoformat,
}
Marks = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Clash:
    """A clash is a field, or a document's lines, that two people have written."""

    key: str
    label: Text | str
    mine: Cell | Table
    theirs: Cell | Table


@dataclass(kw_only=True)
class Clashes:
    """What two people have written: both in `both`; `taken` is what only the other changed."""

    both: list[Clash] = field(default_factory=list)
    taken: list[Clash] = field(default_factory=list)


def marks_of(form: RecordForm) -> str:
    """Return the marks of what a form shows, as the page carries them."""
    return " ".join(f"{key}:{_mark(value)}" for key, value in _values(form).items())


def read_marks(carried: str) -> Marks:
    """Return the marks a page carried; what is none is passed over."""
    pairs = (one.partition(":") for one in carried.split())
    return {key: mark for key, colon, mark in pairs if colon}


def take_over(form: RecordForm, marks: Marks) -> Clashes:
    """Take over what only the other has changed, and return it with what both have changed."""
    cells, found = Cells(), Clashes()
    now, typed = _values(RecordForm(form.resource, record=form.record)), _values(form)
    for key in typed:
        mine, theirs = _mark(typed[key]), _mark(now.get(key))
        if mine == theirs or marks.get(key) == theirs:
            continue
        clash = _clash(form, key, cells)
        if marks.get(key) == mine:
            form.keep(key)
            found.taken.append(clash)
        else:
            found.both.append(clash)
    return found


def _values(form: RecordForm) -> dict[str, Any]:
    """Return what a form says, in the order in which it stands there."""
    return form.json() | {grid.short_name: grid.json() for grid in form.grids}


def _mark(value: Any) -> str:
    return sha256(dumped(value).encode("utf-8", "backslashreplace")).hexdigest()[:12]


def _clash(form: RecordForm, key: str, cells: Cells) -> Clash:
    box = form.box(key)
    if box is None:
        grid = form.grid(key)
        theirs = _kept_lines(grid.lines, form.record, cells)
        mine = Table(columns=theirs.columns, rows=_typed_lines(grid, theirs.columns, cells))
        return Clash(key=key, label=grid.label.text, mine=mine, theirs=theirs)
    described = next(f for f in fields_of(form.resource.model).values() if f.key == key)
    column = Column(described=described)
    shown = columns_of(form.resource, [described.name])
    kept = cells.of(form.record, shown) or [Cell(column=column, text=EMPTY)]
    mine_cell = _typed_cell(box, column, cells.formats)
    return Clash(key=key, label=box.label.text, mine=mine_cell, theirs=kept[0])


def _kept_lines(lines: type[Lines], record: Any, cells: Cells) -> Table:
    written = [one for one in columns_of_lines(lines) if one.described.name in lines.fields]
    rows = [("", cells.of(line, written)) for line in getattr(record, lines.name)]
    return Table(columns=written, rows=rows)


def _typed_lines(grid: Grid, columns: Any, cells: Cells) -> list[tuple[str, list[Cell]]]:
    by_key = {column.described.key: column for column in columns}
    return [
        ("", [_typed_cell(box, by_key[box.short_name], cells.formats) for box in row.boxes])
        for row in grid.sent
    ]


def _typed_cell(box: Box, column: Column, formats: Formats) -> Cell:
    return Cell(column=column, text=_as_read(box, column.described, formats) or EMPTY)


def _as_read(box: Box, described: Described, formats: Formats) -> str:
    """Return what was typed as it would be read if it were kept."""
    if isinstance(box, LookupBox):
        return box.name_of or box.typed
    if isinstance(box, FlagBox):
        return formats.value(described, box.ticked)
    if isinstance(box, ChoiceBox | YesNoBox):
        return str(dict(box.options).get(box.typed, box.typed))
    if box.asked.is_kept:
        return "•••" if box.typed else ""
    reader: Any = _READERS.get(described.kind)
    if reader is None or not box.typed.strip():
        return box.typed
    try:
        return formats.value(described, reader(box.json()))
    except (ValueError, InvalidOperation):
        return box.typed
