"""An answer as JSON: members of the dimensions, and what each cell comes to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict

from bumen.errors import NotFound
from bumen.listing import filterable
from bumen.model.describe import kind_of
from bumen.reporting.writing import Writing, label_of
from bumen.reports import Analysis, Cell, Measure, Member, Working, dimensions_of, measures_of
from bumen.reports.dimensions import stored_type
from bumen.visibility import as_seen
from bumen.web.analyses.address import AnalysisAddress
from bumen.web.analyses.described import ASKED
from bumen.web.analyses.keys import key_of_analysis
from bumen.web.analyses.page import answer_of
from bumen.web.saved_views import SAVED, Arguments, views_kept


def about_analysis(analysis: Analysis) -> dict[str, Any]:
    """Return what an analysis offers whoever asks."""
    return {
        "name": analysis.name,
        "title": analysis.title,
        "resource": analysis.resource.key(),
        "day": analysis.day if analysis.day in filterable(as_seen(analysis.resource)) else "",
        "dimensions": [
            {"name": name, "label": label_of(key), "kind": key.kind}
            for name, key in dimensions_of(analysis).items()
        ],
        "measures": [
            {"name": one.name, "label": one.label, "kind": kind_of(stored_type(analysis, one))}
            for one in measures_of(analysis).values()
        ],
        "arguments": list(ASKED),
    }


def analysis_answer(analysis: Analysis) -> dict[str, Any]:
    """Answer what the address asks of an analysis; conditions stand in it as in a list's.

    `saved` is the id of a view somebody keeps; what stands beside it changes it.
    """
    return answered(AnalysisAddress(analysis, with_view(analysis, request.args)))


def with_view(analysis: Analysis, asked: Arguments) -> Arguments:
    """Return what is asked for, where a saved view says the rest of it."""
    ident = asked.get(SAVED, "").strip()
    if not ident:
        return asked
    views = views_kept(key_of_analysis(analysis))
    view = next((one for one in views if str(one.id) == ident), None)
    if view is None:
        raise NotFound
    kept = {name: some for name, some in view.query.items() if name not in asked}
    return MultiDict([*_one_by_one(kept), *asked.items(multi=True)])


def answered(address: AnalysisAddress) -> dict[str, Any]:
    """Return the answer of what an address asks for."""
    analysis = address.analysis
    pivot, writing = answer_of(address), Writing(analysis)
    measures, columns = pivot.asked.measures, pivot.columns
    days = pivot.before
    return {
        **about_analysis(analysis),
        "asked": {**address.query(), "measures": [one.name for one in measures]},
        "compared_with": [days.first, days.last] if days else None,
        "rows": _members(pivot.rows, writing),
        "columns": _members(columns, writing),
        "result": [
            {"row": row, "column": column, **_told(cell, measures)}
            for (row, column), cell in pivot.cells.items()
        ],
        "row_totals": [_told(cell, measures) for cell in pivot.row_totals],
        "column_totals": [_told(cell, measures) for cell in pivot.column_totals],
        "total": _told(pivot.total, measures),
        "more": pivot.more_rows or pivot.more_columns,
    }


def _one_by_one(several: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    return ((name, one) for name, some in several.items() for one in some)


def _members(members: Iterable[Member], writing: Writing) -> list[dict[str, Any]]:
    return [{"value": one.value, "label": writing.member(one)} for one in members]


def _told(cell: Cell, measures: Iterable[Measure]) -> dict[str, Any]:
    found = {"values": {one.name: _plain(cell.values, one) for one in measures}}
    if cell.before is not None:
        found["before"] = {one.name: _plain(cell.before, one) for one in measures}
        found["change"] = {one.name: cell.change(one.name) for one in measures}
    return found


def _plain(values: Mapping[str, Any], measure: Measure) -> Any:
    value = values.get(measure.name)
    return int(value) if value is not None and measure.working is Working.COUNT else value
