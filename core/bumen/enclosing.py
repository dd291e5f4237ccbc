"""What departments send along: a record as it is printed, a table as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from bumen.errors import NotFound
from bumen.exchange.export import FORMATS, Sheet
from bumen.exchange.export.sheet import heading_of
from bumen.i18n import Text, speaking
from bumen.mail.outside import Enclosure
from bumen.printing.printing import set_up
from bumen.printing.sending import PDF
from bumen.printing.templates import Declared
from bumen.reports.tables import ReportColumn
from bumen.resource import Resource
from bumen.unit_of_work import current

_PATIENCE = 600
"""Seconds that work in the background waits for a press."""
_XLSX = FORMATS["xlsx"]


def printed(
    resource: type[Resource], record_id: int, printout: str, *, on: date, language: str
) -> Enclosure:
    """Print a record for work in the background, as whoever works now may see it.

    Keep what was written before: the press is waited for without the database.
    """
    unit = current()
    every = unit.neighbours.printouts_of(unit, resource)
    found = next((one for one in every if one.name == printout), None)
    if found is None:
        raise NotFound
    declared = Declared(resource=resource, printout=found)
    paper = set_up(declared, [record_id], on=on, language=language)
    made = paper.printed(patience=_PATIENCE)
    return Enclosure(name=made.name, mimetype=PDF, content=made.pdf)


def workbook(
    title: Text,
    columns: Sequence[ReportColumn],
    rows: Iterable[Sequence[Any]],
    *,
    name: str,
    language: str,
) -> Enclosure:
    """Write a table into a workbook (XLSX) that is called `name`, with numbers as numbers."""
    content = BytesIO()
    with speaking(language):
        headings = [heading_of(one.label, one.stored) for one in columns]
        _XLSX.write(Sheet(title=str(title), headings=headings, rows=rows), content)
    return Enclosure(name=f"{name}.xlsx", mimetype=_XLSX.mimetype, content=content.getvalue())
