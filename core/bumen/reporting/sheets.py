"""An answer as a file: what is seen, with plain numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from sqlalchemy import String
from sqlalchemy.types import TypeEngine

from bumen.exchange.export import Heading, Sheet, Value
from bumen.exchange.export.sheet import heading_of
from bumen.i18n import Text, translator
from bumen.reporting.writing import Writing, label_of
from bumen.reports import Analysis, Cell, Compared, Measure, Most, Pivot, Working
from bumen.reports.dimensions import stored_type
from bumen.values import PercentType

_ = translator(__file__, "bumen")

IN_FILE = Most(rows=10_000, columns=1_000, cells=500_000)
"""So much of an answer is in a file; what further rows come to stands in one, as others."""


def sheet_of_answer(pivot: Pivot, analysis: Analysis) -> Sheet:
    """Return an answer as a sheet: a row for each member, and one for the total."""
    laid = _Pivot(pivot, analysis) if len(pivot.asked.keys) > 1 else _Plain(pivot, analysis)
    corner = heading_of(label_of(pivot.asked.keys[0]), String())
    return Sheet(
        title=str(analysis.title), headings=[corner, *laid.headings()], rows=list(laid.rows())
    )


class _Plain:
    """Measures side by side, each with what it was before and how it has changed."""

    def __init__(self, pivot: Pivot, analysis: Analysis) -> None:
        self.pivot, self.analysis = pivot, analysis
        self.writing = Writing(analysis)
        self.measures: Sequence[Measure] = pivot.asked.measures
        self.compares = pivot.before is not None

    def headings(self) -> Iterator[Heading]:
        """Yield what the columns of numbers are called."""
        for one in self.measures:
            yield from self._headings(one.label, self._stored(one))

    def rows(self) -> Iterator[Sequence[Value]]:
        """Yield the rows, the total last."""
        for member, cell in zip(self.pivot.rows, self.pivot.row_totals, strict=True):
            yield [self.writing.member(member), *self._values(cell)]
        for cell in self.pivot.others:
            yield [str(_("Others")), *self._values(cell)]
        yield [str(_("Total")), *self._values(self.pivot.total)]

    def _values(self, cell: Cell) -> Iterator[Value]:
        for one in self.measures:
            yield from self._value(cell, one)

    def _value(self, cell: Cell, measure: Measure) -> Iterator[Value]:
        yield _plain(cell.values[measure.name], measure)
        if self.compares:
            yield _plain((cell.before or {}).get(measure.name), measure)
            yield cell.change(measure.name)

    def _headings(self, label: Text | str, stored: TypeEngine[object]) -> Iterator[Heading]:
        yield heading_of(label, stored)
        if self.compares:
            yield heading_of(self._before(label), stored)
            yield heading_of(_("%(what)s, change (%%)", what=label), PercentType())

    def _before(self, label: Text | str) -> Text:
        if self.pivot.asked.question.compared is Compared.YEAR:
            return _("%(what)s, last year", what=label)
        return _("%(what)s, before", what=label)

    def _stored(self, measure: Measure) -> TypeEngine[object]:
        return stored_type(self.analysis, measure)


class _Pivot(_Plain):
    """Members of the columns side by side, by the first measure."""

    def headings(self) -> Iterator[Heading]:
        stored = self._stored(self.measures[0])
        for column in self.pivot.columns:
            yield from self._headings(self.writing.member(column), stored)
        yield from self._headings(_("Total"), stored)

    def rows(self) -> Iterator[Sequence[Value]]:
        empty = Cell(values={self.measures[0].name: None})
        for at, row in enumerate(self.pivot.rows):
            places = range(len(self.pivot.columns))
            cells = [self.pivot.cells.get((at, one), empty) for one in places]
            yield [self.writing.member(row), *self._told([*cells, self.pivot.row_totals[at]])]
        if self.pivot.others:
            yield [str(_("Others")), *self._told(self.pivot.others)]
        yield [str(_("Total")), *self._told([*self.pivot.column_totals, self.pivot.total])]

    def _told(self, cells: Iterable[Cell]) -> Iterator[Value]:
        for cell in cells:
            yield from self._value(cell, self.pivot.asked.measures[0])


def _plain(value: Decimal | None, measure: Measure) -> Value:
    if value is None or measure.working is not Working.COUNT:
        return value
    return int(value)
