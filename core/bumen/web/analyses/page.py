"""What the page of an analysis shows: its answer as a table or a chart, and what changes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from bumen.errors import Malformed
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.listing import Days, page_of
from bumen.reporting.writing import Number, Writing, label_of
from bumen.reports import (
    Analysis,
    Most,
    Pivot,
    work_out,
)
from bumen.reports.dimensions import RECORD
from bumen.unit_of_work import today
from bumen.web.analyses.address import CHART, TABLE, AnalysisAddress
from bumen.web.analyses.drawing import drawing_of
from bumen.web.analyses.drill import Drill
from bumen.web.analyses.menus import menus_of
from bumen.web.pages.filters import conditions_held, fields_to_filter, rest_of
from bumen.web.saved_views import Arguments

_ = translator(__file__, "bumen")

_SHOWS = ((TABLE, _("Table"), "table"), (CHART, _("Chart"), "chart-bar"))
ON_A_PAGE = Most(cells=6_000)
"""So much of an answer stands on a page, each number with its link; a file has more."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of the answer: what its member is called, where its records are, its numbers."""

    name: str
    href: str
    numbers: Sequence[Number | None]


@dataclass(frozen=True, kw_only=True)
class Table:
    """An answer as a table: heads, lines, and what they come to."""

    corner: Text
    heads: Sequence[tuple[Text | str, str]]
    lines: Sequence[Line]
    totals: Sequence[Number | None]
    is_pivot: bool


def answer_of(address: AnalysisAddress, *, most: Most = Most()) -> Pivot:  # noqa: B008  # frozen
    """Work out what is asked for."""
    return work_out(address.asked, today=today(), most=most)


def wrong_with(analysis: Analysis, arguments: Arguments) -> Malformed | None:
    """Return why an analysis cannot be asked for this; None when it can."""
    try:
        address = AnalysisAddress(analysis, arguments)
        page_of(address.resource, address.list.listing)
    except Malformed as why:
        return why
    return None


def analysis_page(address: AnalysisAddress, *, endpoint: str) -> dict[str, Any]:
    """Return what the page of an analysis shows."""
    pivot, analysis = answer_of(address, most=ON_A_PAGE), address.analysis
    to = partial(url_for, f"{endpoint}.show", name=analysis.name)
    return {
        "title": analysis.title,
        "analysis": analysis,
        "address": address,
        "resource": address.resource,
        "to": lambda query: to(**query),
        "table": table_of(pivot, address),
        "drawing": drawing_of(pivot, address) if address.show == CHART else None,
        "has_rows": bool(pivot.rows),
        "compared": compared_words(pivot.before),
        "more": (pivot.more_rows, pivot.more_columns),
        "has_before": any((pivot.total.before or {}).values()),
        "in_time": pivot.in_time,
        "listed": Drill(address).records() if pivot.asked.keys[0].name == RECORD else "",
        "files": {
            kind: url_for(f"{endpoint}.export", name=analysis.name, format=kind, **address.query())
            for kind in ("xlsx", "csv")
        },
        "shows": [(*one, to(**address.query(show=one[0]))) for one in _SHOWS],
        "asked_for": urlencode(address.query(), doseq=True),
        **menus_of(address, to),
        **_narrowing(address, to),
    }


def table_of(pivot: Pivot, address: AnalysisAddress) -> Table:
    """Lay an answer out: measures side by side, or the members of the columns by one measure."""
    return _pivot(pivot, address) if len(pivot.asked.keys) > 1 else _plain(pivot, address)


def compared_words(days: Days | None) -> str:
    """Return the days an answer is compared with, in the reader's format; "" for none."""
    if days is None:
        return ""
    formats = formats_here()
    return f"{formats.day(days.first)} – {formats.day(days.last)}"


def _plain(pivot: Pivot, address: AnalysisAddress) -> Table:
    writing, drill, measures = Writing(address.analysis), Drill(address), pivot.asked.measures
    lines = [
        Line(
            name=writing.member(one),
            href=drill.member(one),
            numbers=[writing.number(cell, of, href=drill.number(of, one)) for of in measures],
        )
        for one, cell in zip(pivot.rows, pivot.row_totals, strict=True)
    ]
    return Table(
        corner=label_of(pivot.asked.keys[0]),
        heads=[(one.label, "") for one in measures],
        lines=lines,
        totals=[writing.number(pivot.total, of, href=drill.number(of)) for of in measures],
        is_pivot=False,
    )


def _pivot(pivot: Pivot, address: AnalysisAddress) -> Table:
    writing, drill, measure = Writing(address.analysis), Drill(address), pivot.asked.measures[0]
    lines = []
    for at, row in enumerate(pivot.rows):
        numbers: list[Number | None] = []
        for across, column in enumerate(pivot.columns):
            cell = pivot.cells.get((at, across))
            href = drill.number(measure, row, column)
            numbers.append(None if cell is None else writing.number(cell, measure, href=href))
        whole = writing.number(pivot.row_totals[at], measure, href=drill.number(measure, row))
        line = Line(name=writing.member(row), href=drill.member(row), numbers=[*numbers, whole])
        lines.append(line)
    across_totals = zip(pivot.columns, pivot.column_totals, strict=True)
    totals = [writing.number(c, measure, href=drill.number(measure, k)) for k, c in across_totals]
    heads = [(writing.member(one), drill.records(one)) for one in pivot.columns]
    return Table(
        corner=label_of(pivot.asked.keys[0]),
        heads=[*heads, (_("Total"), "")],
        lines=lines,
        totals=[*totals, writing.number(pivot.total, measure, href=drill.number(measure))],
        is_pivot=True,
    )


def _narrowing(address: AnalysisAddress, to: Any) -> dict[str, Any]:
    """Return the conditions that hold, and what others are put together with."""
    fields = fields_to_filter(address.list)
    held = list(conditions_held(address.list, fields))
    own = address.plainly()
    return {
        "plainly": {},
        "list_url": to(),
        "told": [(one, to(**address.filtered(one.without))) for one in address.list.conditions],
        "fields": list(fields.values()),
        "held": held,
        "rest": {**own, **rest_of(address.list, held)},
        "all_url": to(**own),
    }
