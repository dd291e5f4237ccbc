"""What a report's page shows, and the same as a sheet: who may read it, its rows, its links."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from flask import url_for
from sqlalchemy.types import TypeEngine
from werkzeug.datastructures import MultiDict

from bumen.argument import Argument
from bumen.errors import Malformed, NotFound
from bumen.exchange.export import Heading, Sheet, Value
from bumen.exchange.export.sheet import heading_of, plainly
from bumen.formats import EMPTY, Formats, formats_here
from bumen.i18n import Text, translator
from bumen.model.describe import Kind, kind_of
from bumen.records import asked_values
from bumen.reports import Analysis, Link, Report, as_read, bare, begun_with, is_defined, told
from bumen.resource import READ
from bumen.unit_of_work import current
from bumen.values import Choice, MoneyType, PercentType
from bumen.visibility import seen
from bumen.web.asked import Asked
from bumen.web.box_form import BoxForm
from bumen.web.cells import screen_endpoint
from bumen.web.fields import box_for
from bumen.web.house import registry
from bumen.web.lookups import equip
from bumen.web.security import allowed

_ = translator(__file__, "bumen")

MOST_SHOWN = 500
"""So many rows are on the page; a file has more."""
MOST_IN_FILE = 10_000
_NUMBERS = {Kind.NUMBER, Kind.DECIMAL}


@dataclass(frozen=True, kw_only=True)
class Part:
    """A value of a cell as it is read, and where it leads."""

    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportRow:
    """A row of a report as it is read; `is_first` of those that belong together."""

    cells: Sequence[Sequence[Part]]
    is_first: bool


@dataclass(frozen=True, kw_only=True)
class ReportTable:
    """A report's rows as far as a page shows them."""

    report: Report
    rows: Sequence[ReportRow]
    has_more: bool

    def is_number(self, place: int) -> bool:
        """Whether a column's values stand to the right."""
        return kind_of(self.report.columns[place].stored) in _NUMBERS


class ArgumentsOf(BoxForm):
    """What people narrow a report by."""

    def __init__(self, report: Report, asked: MultiDict[str, str]) -> None:
        boxes = {one.key: box_for(_asked(one), id=f"report-{one.name}") for one in report.arguments}
        super().__init__(boxes)
        self.process(asked)
        equip(self.lookups())


def reports_of(plugin: str) -> list[Report | Analysis]:
    """Return the reports of a department that this person may read."""
    if plugin not in current().on:
        return []
    every = registry().plugins[plugin].plugin.reports
    read = (_as_read(one) for one in every if allowed(READ, one.resource.permission()))
    return [report for report in read if report is not None]


def report_called(plugin: str, name: str) -> Report | Analysis:
    """Return a report of a department by its name as it may be read, or `NotFound`."""
    every = registry().plugins[plugin].plugin.reports
    found = next((report for report in every if report.name == name), None)
    read = None if found is None else _as_read(found)
    if read is None:
        raise NotFound
    return read


def _as_read(report: Report | Analysis) -> Report | Analysis | None:
    """Return a report as this person may read it; None where nothing of it is left."""
    if isinstance(report, Analysis):
        return report if begun_with(report, "")[0] and is_defined(report) else None
    read = as_read(report)
    return read if read.columns else None


def given_to(report: Report, form: ArgumentsOf, asked: MultiDict[str, str]) -> Mapping[str, Any]:
    """Return the arguments a report is asked with; what it does not know is `Malformed`."""
    known = {one.key for one in report.arguments} | {"format", "_l_"}
    for name in asked:
        if name not in known:
            message = _("A report cannot be asked for “%(name)s”.", name=name)
            raise Malformed(message, fields={name: [message]})
    typed = {name: value for name, value in form.json().items() if value is not None}
    return {one.name: None for one in report.arguments} | asked_values(report, typed)


def report_table(report: Report, given: Mapping[str, Any]) -> ReportTable:
    """Work a report out as far as a page shows it."""
    writing = _Writing(report)
    found = list(islice(_rows(report, given), MOST_SHOWN + 1))
    shown = [writing.row(row, above) for above, row in zip([None, *found], found, strict=False)]
    return ReportTable(report=report, rows=shown[:MOST_SHOWN], has_more=len(found) > MOST_SHOWN)


def report_sheet(report: Report, given: Mapping[str, Any]) -> Sheet:
    """Work a report out as a sheet: its values without their links."""
    formats, comma = formats_here(), str(_(", "))
    headings: list[Heading] = [heading_of(one.label, one.stored) for one in report.columns]
    plain = [plainly(heading.kind, formats) for heading in headings]

    def cell(value: Any, place: int) -> Value:
        parts = [bare(part) for part in told(value)]
        if isinstance(value, tuple):
            return comma.join(str(part) for part in parts)
        return str(parts[0]) if isinstance(parts[0], Text) else plain[place](parts[0])

    rows = islice(_rows(report, given), MOST_IN_FILE)
    return Sheet(
        title=str(report.title),
        headings=headings,
        rows=([cell(value, place) for place, value in enumerate(row)] for row in rows),
    )


def _asked(argument: Argument) -> Asked:
    """Ask for an argument; of a choice that must be made, the first is made beforehand."""
    asked = Asked.of_argument(argument)
    if argument.required and asked.kind is Kind.CHOICE:
        return replace(asked, default=next(iter(asked.choices)))
    return replace(asked, required=False, nullable=True)


def _rows(report: Report, given: Mapping[str, Any]) -> Iterator[Sequence[Any]]:
    return iter(report.rows(seen=seen(report.resource), **given))


class _Writing:
    """Writes the cells of one report for its reader."""

    def __init__(self, report: Report) -> None:
        self._types = [one.stored for one in report.columns]
        names = [one.name for one in report.columns]
        self._gathered = names.index(report.gathered) if report.gathered else None
        self._formats = formats_here()
        self._screens: dict[str, str] = {}

    def row(self, row: Sequence[Any], above: Sequence[Any] | None) -> ReportRow:
        """Write a row; what it has in common with the one above is not written again."""
        place = self._gathered
        again = place is not None and above is not None and above[place] == row[place]
        cells = [
            [] if again and number == place else [self._part(part, type_) for part in told(cell)]
            for number, (cell, type_) in enumerate(zip(row, self._types, strict=True))
        ]
        return ReportRow(cells=cells, is_first=not again)

    def _part(self, part: Any, type_: TypeEngine[Any]) -> Part:
        href = self._href(part) if isinstance(part, Link) else ""
        return Part(text=written(bare(part), type_, self._formats), href=href)

    def _href(self, link: Link) -> str:
        key = link.resource.permission()
        if key not in self._screens:
            shows = allowed(READ, key)
            self._screens[key] = screen_endpoint(link.resource) if shows else ""
        if not self._screens[key]:
            return ""
        if link.ident is not None:
            return url_for(f"{self._screens[key]}.show", ident=link.ident)
        return url_for(f"{self._screens[key]}.list", **link.query)  # type: ignore[arg-type]


def written(value: Any, type_: TypeEngine[Any], formats: Formats) -> str:
    """Write a value in the reader's formats."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, Choice):
        return str(value.label)
    if isinstance(value, Decimal):
        return _decimal(value, type_, formats)
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    return f"{value:,}" if isinstance(value, int) else str(value)


def _decimal(value: Decimal, type_: TypeEngine[Any], formats: Formats) -> str:
    if isinstance(type_, MoneyType):
        return formats.money(value)
    return formats.percent(value) if isinstance(type_, PercentType) else formats.quantity(value)
