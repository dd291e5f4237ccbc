"""What a form is told of itself while somebody types: worked out, filled in, and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bumen.errors import BusinessError
from bumen.model.describe import Described, Kind, fields_of
from bumen.web.cells import Cells, Column, columns_of, columns_of_lines
from bumen.web.fields import Box, DecimalBox
from bumen.web.forms import RecordForm
from bumen.web.grid import Grid, Row

_COUNTED = {Kind.NUMBER, Kind.DECIMAL}
_NOT_HINTED = {Kind.FLAG, Kind.PICTURE}
_OF_EVERY_RECORD = {"id", "version", "created_by_id", "changed_by_id"}

Told = dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What is tried of a form: its values, and for each kind of lines the rows they come from."""

    form: RecordForm
    values: dict[str, Any]
    rows: Mapping[str, list[Row]]

    @classmethod
    def of(cls, form: RecordForm) -> Attempt:
        """Try everything that was typed."""
        rows = {grid.short_name: grid.sent for grid in form.grids}
        return cls(form=form, values=form.json(), rows=rows)

    def without(self, refused: BusinessError) -> Attempt | None:
        """Leave out what was refused; None when nothing can be tried without it."""
        values, wrong = dict(self.values), dict[str, set[int]]()
        for place in refused.fields:
            name, _dot, inside = place.partition(".")
            number = inside.partition(".")[0]
            if name in self.rows and number.isdecimal():
                wrong.setdefault(name, set()).add(int(number))
            elif name not in values or self._must_have(name):
                return None
            else:
                del values[name]
        rows = {name: _left(rows, wrong.get(name, ())) for name, rows in self.rows.items()}
        values |= {name: _left(values[name], places) for name, places in wrong.items()}
        return replace(self, values=values, rows=rows) if refused.fields else None

    def _must_have(self, key: str) -> bool:
        known = {one.key: one for one in fields_of(self.form.resource.model).values()}
        return key not in known or (self.form.record is None and known[key].required)


def preview_of(attempt: Attempt, drawn: Any) -> dict[str, Any]:
    """Return what the form is told; `drawn` is the record as it would be, None if it cannot be."""
    form, cells = attempt.form, Cells()
    lines = {}
    for grid in form.grids if drawn is not None else ():
        name = grid.short_name
        drawn_lines = getattr(drawn, name)
        columns = columns_of_lines(grid.lines, drawn_lines)
        shown = [one for one in columns if one.described.name in grid.lines.shown]
        pairs = zip(attempt.rows[name], drawn_lines, strict=False)
        lines[name] = [_line(row, line, shown, cells) for row, line in pairs]
    return {
        "fields": {} if drawn is None else _counted(form, drawn, cells),
        "filled": {} if drawn is None else dict(_filled(form.boxes, drawn, cells)),
        "lines": lines,
        "errors": dict(_wrong(form)),
    }


def _line(row: Row, line: Any, columns: Sequence[Column], cells: Cells) -> dict[str, Any]:
    return {
        "place": row.number,
        "cells": _texts(line, columns, cells),
        "filled": dict(_filled(row.boxes, line, cells)),
    }


def _counted(form: RecordForm, drawn: Any, cells: Cells) -> Told:
    """Return the amounts of the document that nobody types."""
    known, resource = fields_of(form.resource.model), form.resource
    written = {*resource.written(), *_OF_EVERY_RECORD}
    names = [n for n in resource.shown() if n not in written and known[n].kind in _COUNTED]
    return _texts(drawn, columns_of(resource, names), cells)


def _texts(record: Any, columns: Iterable[Column], cells: Cells) -> Told:
    return {cell.column.described.name: cell.text for cell in cells.of(record, columns)}


def _filled(boxes: Iterable[Box], record: Any, cells: Cells) -> Iterator[tuple[str, str]]:
    """Yield what services put where nothing was typed."""
    known = {one.key: one for one in fields_of(type(record)).values()}
    for box in boxes:
        described = known[box.short_name]
        if box.typed.strip() or described.kind in _NOT_HINTED or described.about.secret:
            continue
        value = getattr(record, described.name)
        if value not in (None, ""):
            yield box.name, _hint(box, described, value, cells)


def _hint(box: Box, described: Described, value: Any, cells: Cells) -> str:
    """Say a value as it would be typed where it can be, else as it is read."""
    if isinstance(box, DecimalBox):
        return box.spelled(value)
    return cells.formats.value(described, value)


def _wrong(form: RecordForm) -> Iterator[tuple[str, list[str]]]:
    """Yield what is wrong, by the name of the box; what no box can take by an empty name."""
    places: list[tuple[str, Any]] = [("", form.unplaced)]
    places += [(box.name, box.errors) for box in form.boxes]
    for grid in form.grids:
        places += _wrong_in(grid)
    yield from ((name, [str(one) for one in said]) for name, said in places if said)


def _wrong_in(grid: Grid) -> Iterator[tuple[str, Any]]:
    yield grid.name, grid.errors
    for row in grid.rows:
        yield row.prefix, row.said
        yield from ((box.name, box.errors) for box in row.boxes)


def _left(items: list[Any], places: Iterable[int]) -> list[Any]:
    left_out = set(places)
    return [item for place, item in enumerate(items) if place not in left_out]
