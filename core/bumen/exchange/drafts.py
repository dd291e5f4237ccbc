"""Drafts of records, made from rows: what a file says of one record before anything is saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from bumen.exchange.cells import Cell, Row, filled_up, text_of
from bumen.exchange.conversions import Unfit
from bumen.exchange.plan import Finder, Plan, PlannedField, PlannedLines
from bumen.exchange.reading import Table
from bumen.exchange.report import RowProblem
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")


@dataclass(slots=True)
class Named:
    """A reference that a cell names by a key; its id belongs into `values` under the field."""

    place: str
    key: str
    finder: Finder
    text: str
    values: dict[str, Any]


@dataclass(slots=True)
class Draft:
    """What the file says of one record."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    named: list[Named] = field(default_factory=list)
    line_rows: dict[str, list[int]] = field(default_factory=dict)
    problems: dict[str, RowProblem] = field(default_factory=dict)
    """What is wrong, by its place in the record: `lines.0.quantity`."""

    def take(self, said: _Said, *, place: str) -> None:
        """Take over what a row says; `place` is where its fields stand in the record."""
        self.problems |= {f"{place}{key}": problem for key, problem in said.problems.items()}
        for named in said.named.values():
            named.place = f"{place}{named.place}"
            self.named.append(named)
        if not place:
            self.values = said.values


class Drafting:
    """Makes drafts of a plan's rows, in the order of the file."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._places = sorted({place for one in plan.fields for place in one.places})
        self._second_files = {
            lines.name: _SecondFile(lines, lines.table) for lines in plan.lines if lines.table
        }

    def drafts(self) -> Iterator[Draft]:
        """Read the file once; rows of one record must stand together."""
        width = len(self._plan.table.header)
        rows = (filled_up(row, width) for row in self._plan.table.rows())
        if not self._plan.group_by:
            yield from (self._draft([row]) for row in rows)
            return
        for _same, group in groupby(rows, key=lambda row: _key(row.cells, self._plan.group_by)):
            yield self._draft(list(group))

    def left_over(self) -> Iterator[RowProblem]:
        """Yield the rows of second files that belong to no record of the first."""
        for second in self._second_files.values():
            yield from second.left_over(self._plan.table.name)

    def _draft(self, rows: list[Row]) -> Draft:
        first, name = rows[0], self._plan.table.name
        draft = Draft(first.number)
        said = _read(self._plan.fields, first, file=name)
        draft.take(said, place="")
        for row in rows:
            draft.problems |= _surplus(row, len(self._plan.table.header), file=name)
        own = [first.cells[place] for place in self._places]
        for row in rows[1:]:
            if [row.cells[place] for place in self._places] != own:
                draft.problems |= self._contradictions(said, row)
        for lines in self._plan.lines:
            self._add_lines(draft, lines, rows)
        return draft

    def _add_lines(self, draft: Draft, lines: PlannedLines, rows: list[Row]) -> None:
        """Read the lines; in the record's own rows a blank one is none."""
        second = self._second_files.get(lines.name)
        file = self._plan.table.name if second is None else second.name
        told: list[dict[str, Any]] = []
        draft.values[lines.name], draft.line_rows[lines.name] = told, []
        for row in rows if second is None else second.rows_of(rows[0]):
            said = _read(lines.fields, row, file=file)
            if second is not None or said.anything:
                draft.take(said, place=f"{lines.name}.{len(told)}.")
                told.append(said.values)
                draft.line_rows[lines.name].append(row.number)

    def _contradictions(self, first: _Said, row: Row) -> dict[str, RowProblem]:
        """Find where another row of the same record says something else than the first."""
        name = self._plan.table.name
        said = _read(self._plan.fields, row, file=name)
        reason = _("An earlier row says something else of the same record.")
        differing = {
            planned.key: _problem(planned, row, file=name, reason=reason)
            for planned in self._plan.fields
            if said.of(planned) not in (None, first.of(planned))
        }
        return differing | said.problems


@dataclass(slots=True)
class _Said:
    """What one row says to some fields."""

    values: dict[str, Any] = field(default_factory=dict)
    named: dict[str, Named] = field(default_factory=dict)
    problems: dict[str, RowProblem] = field(default_factory=dict)
    anything: bool = False

    def of(self, planned: PlannedField) -> Any:
        """Return what is said to a field, a reference as the key it is named by."""
        named = self.named.get(planned.key)
        return named.text if named else self.values.get(planned.key)


def given(values: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, so that defaults come in."""
    found = {key: value for key, value in values.items() if value is not None}
    for key, value in found.items():
        if isinstance(value, list):
            found[key] = [given(line) for line in value]
    return found


def _read(fields: Sequence[PlannedField], row: Row, *, file: str) -> _Said:
    said = _Said()
    for planned in fields:
        try:
            value = planned.read(row.cells)
        except Unfit as unfit:
            said.problems[planned.key] = _problem(planned, row, file=file, reason=unfit.reason)
            said.anything = True
            continue
        if planned.finder is not None and value is not None:
            named = Named(planned.key, planned.key, planned.finder, value, said.values)
            said.named[planned.key] = named
        else:
            said.values[planned.key] = value
        said.anything = said.anything or (value is not None and planned.source is not None)
    return said


def _problem(planned: PlannedField, row: Row, *, file: str, reason: Text) -> RowProblem:
    return RowProblem(
        row=row.number, file=file, field=planned.label, column=planned.source, reason=reason
    )


class _SecondFile:
    """The rows of a second file, gathered by what they share with the first."""

    def __init__(self, lines: PlannedLines, table: Table) -> None:
        self.name = table.name
        self._ours = lines.ours
        self._rows: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        self._used: set[tuple[str, ...]] = set()
        for row in table.rows():
            row = filled_up(row, len(table.header))
            self._rows[_key(row.cells, lines.theirs)].append(row)

    def rows_of(self, row: Row) -> list[Row]:
        """Return the rows that belong to a row of the first file."""
        key = _key(row.cells, self._ours)
        self._used.add(key)
        return self._rows.get(key, [])

    def left_over(self, first_file: str) -> Iterator[RowProblem]:
        """Yield the rows that belong to no row of the first file."""
        for key in (key for key in self._rows if key not in self._used):
            for row in self._rows[key]:
                yield RowProblem(
                    row=row.number,
                    file=self.name,
                    reason=_("No row of %(file)s belongs to this one.", file=first_file),
                )


def _key(cells: Sequence[Cell], positions: Sequence[int]) -> tuple[str, ...]:
    return tuple(text_of(cells[position]) for position in positions)


def _surplus(row: Row, width: int, *, file: str) -> dict[str, RowProblem]:
    """Find cells beyond the header: often a comma that should stand in quotation marks."""
    if not any(text_of(cell) for cell in row.cells[width:]):
        return {}
    reason = _(
        "The row has %(cells)s cells, but there are %(columns)s columns.",
        cells=len(row.cells),
        columns=width,
    )
    return {"": RowProblem(row=row.number, file=file, reason=reason)}
