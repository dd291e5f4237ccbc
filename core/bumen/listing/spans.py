"""Days and moments gathered by day, month, quarter or year, as SQL of both databases."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from bumen.listing.keys import Span

_ON_POSTGRESQL = {
    Span.DAY: "YYYY-MM-DD",
    Span.MONTH: "YYYY-MM",
    Span.QUARTER: 'YYYY-"Q"Q',
    Span.YEAR: "YYYY",
}
_LENGTHS = {Span.DAY: 10, Span.MONTH: 7, Span.YEAR: 4}


class Written(FunctionElement[str]):
    """The span a day or a moment lies in, written so that order of texts is order of time."""

    name = "written"
    type = String()
    inherit_cache = True


def written(column: Any, span: Span, *, zone: str | None) -> ColumnElement[str]:
    """Write a day as 2026-11-21, 2026-11, 2026-Q4 or 2026; a moment in the time of a zone."""
    parts = [column, literal_column(f"'{span}'")]
    if zone is not None:
        parts.append(literal_column(f"'{zone}'"))  # the name of one of the world's zones
    return Written(*parts)


@compiles(Written, "postgresql")
def _on_postgresql(element: Written, compiler: Any, **options: Any) -> str:
    column, span, *zone = list(element.clauses)
    time = compiler.process(column, **options)
    if zone:
        time = f"timezone({compiler.process(zone[0], **options)}, {time})"
    return f"to_char({time}, '{_ON_POSTGRESQL[_span(span)]}')"


@compiles(Written, "sqlite")
def _on_sqlite(element: Written, compiler: Any, **options: Any) -> str:
    column, span, *zone = list(element.clauses)
    time = compiler.process(column, **options)
    if zone:
        time = f"local_time({time}, {compiler.process(zone[0], **options)})"
    if _span(span) is not Span.QUARTER:
        return f"substr({time}, 1, {_LENGTHS[_span(span)]})"
    return f"substr({time}, 1, 4) || '-Q' || ((substr({time}, 6, 2) + 2) / 3)"


def _span(written_one: Any) -> Span:
    return Span(written_one.name.strip("'"))
