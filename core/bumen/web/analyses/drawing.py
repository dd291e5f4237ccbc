"""An answer as a chart: what the script draws, and in how many series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from bumen.i18n import Text, translator
from bumen.reporting.writing import Writing
from bumen.reports import Cell, Measure, Member, Pivot
from bumen.views import Drawn
from bumen.web.analyses.address import AnalysisAddress
from bumen.web.analyses.drill import Drill

_ = translator(__file__, "bumen")

MOST_DRAWN, MOST_SERIES, MOST_SLICES = 40, 8, 9
_KINDS = (
    (Drawn.BAR, _("Bars"), "chart-bar"),
    (Drawn.LINE, _("Line"), "chart-line"),
    (Drawn.PIE, _("Pie"), "chart-pie"),
)


def drawing_of(pivot: Pivot, address: AnalysisAddress, *, most: int = MOST_DRAWN) -> dict[str, Any]:
    """Return what is drawn of the first measure, and the ways it can be drawn."""
    drafting = _Drafting(pivot, address)
    in_time = pivot.asked.keys[0].span is not None
    bars = list(drafting.bars())
    drawn = bars[-most:] if in_time else bars[:most]
    figures = {
        "drawn": Drawn.LINE if in_time and not pivot.columns else address.analysis.drawn,
        "time": in_time,
        "bars": drawn,
        "now": str(_("Now")),
        "slices": list(drafting.slices()),
        "series": drafting.series(len(drawn), since=len(bars) - len(drawn) if in_time else 0),
    }
    left_out = len(bars) - len(drawn)
    return {"figures": figures, "kinds": _KINDS, "left_out": left_out, "in_time": in_time}


class _Drafting:
    """Draws up one answer."""

    def __init__(self, pivot: Pivot, address: AnalysisAddress) -> None:
        self._pivot, self._drill = pivot, Drill(address)
        self._writing = Writing(address.analysis)
        self._measure: Measure = pivot.asked.measures[0]

    def bars(self) -> Iterator[dict[str, Any]]:
        """Yield a bar for each row."""
        for one, cell in zip(self._pivot.rows, self._pivot.row_totals, strict=True):
            href = self._drill.number(self._measure, one)
            yield self._told(self._writing.member(one), cell, href, _tone(one))

    def slices(self) -> Iterator[dict[str, Any]]:
        """Yield the slices of a pie: what there is, and the small ones as one."""
        bars = sorted(self.bars(), key=lambda bar: -bar["value"])
        some = [bar for bar in bars if bar["value"] > 0]
        if len(some) <= MOST_SLICES and not self._pivot.more_rows:
            yield from some
            return
        shown = some[: MOST_SLICES - 1]
        yield from shown
        rest = _amount(self._pivot.total, self._measure) - sum(one["exact"] for one in shown)
        if rest > 0 and self._pivot.asked.adds_up:
            text = self._writing.figure(rest, self._measure)
            others = {"label": str(_("Others")), "text": text, "tone": "", "href": ""}
            yield {**others, "value": float(rest), "exact": rest}

    def series(self, number: int, *, since: int) -> list[dict[str, Any]]:
        """Return what stands beside or upon each other: the columns, or the days compared."""
        places = range(since, since + number)
        if self._pivot.columns:
            return [self._column(at, places) for at in self._shown_columns()]
        if self._pivot.before is None:
            return []
        return [self._before(places)]

    def _shown_columns(self) -> Sequence[int]:
        """Return the places of the columns that are drawn: the largest, in their own order."""
        totals = self._pivot.column_totals
        largest = sorted(range(len(totals)), key=lambda at: -_amount(totals[at], self._measure))
        return sorted(largest[:MOST_SERIES])

    def _column(self, at: int, places: range) -> dict[str, Any]:
        column, nothing = self._pivot.columns[at], Cell(values={self._measure.name: Decimal(0)})
        points = []
        for place in places:
            cell = self._pivot.cells.get((place, at), nothing)
            href = self._drill.number(self._measure, self._pivot.rows[place], column)
            points.append(self._told("", cell, href, ""))
        return {"name": self._writing.member(column), "stack": True, "points": points}

    def _before(self, places: range) -> dict[str, Any]:
        points = []
        for place in places:
            then = (self._pivot.row_totals[place].before or {}).get(self._measure.name)
            points.append(self._told("", Cell(values={self._measure.name: then}), "", ""))
        return {"name": str(_("Before")), "stack": False, "points": points}

    def _told(self, label: str, cell: Cell, href: str, tone: str) -> dict[str, Any]:
        value = _amount(cell, self._measure)
        text = self._writing.figure(cell.values[self._measure.name], self._measure)
        plain = int(value) if value == int(value) else float(value)
        told = {"label": label, "text": text, "tone": tone, "href": href}
        return {**told, "value": plain, "exact": value}


def _amount(cell: Cell, measure: Measure) -> Decimal:
    return cell.values[measure.name] or Decimal(0)


def _tone(member: Member) -> Text | str:
    return getattr(member.value, "tone", None) or ""
