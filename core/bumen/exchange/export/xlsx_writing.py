"""XLSX with real numbers and dates, a head that stays in sight, and columns wide enough to read.

Rows go to the disk one by one, so that memory does not grow with the table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO, Any

from xlsxwriter import Workbook

from bumen.exchange.export.sheet import Heading, Sheet, Value
from bumen.exchange.safety import defused, is_dangerous, storable

LONGEST_TEXT = 32_767
"""The most characters a spreadsheet keeps in a cell; what is longer ends in an ellipsis."""
_EXACT_DIGITS = 15
_FIRST_YEAR = 1900
_NARROWEST, _WIDEST = 8, 60
_MEASURED = 1000
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31


def write_xlsx(sheet: Sheet, file: IO[bytes]) -> int:
    """Write a sheet to a file as a workbook; return how many rows there were below the head."""
    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with Workbook(file, options) as book:
        page = _Page(book, sheet)
        for row in sheet.rows:
            page.write(row)
        page.finish()
        return page.count


class _Page:
    """The one worksheet of an exported workbook, while it is written."""

    def __init__(self, book: Any, sheet: Sheet) -> None:
        self.count = 0
        self._headings = sheet.headings
        self._page = book.add_worksheet(_name(sheet.title))
        self._widths = [_width(heading.label) + 2 for heading in sheet.headings]
        self._text = book.add_format({"valign": "top"})
        self._quoted = book.add_format({"valign": "top"})
        self._quoted.set_quote_prefix()
        self._shapes = [_shape(book, heading) for heading in sheet.headings]
        head = book.add_format({"bold": True, "bg_color": "#EDF1F5", "bottom": 1})
        for place, heading in enumerate(sheet.headings):
            self._page.write_string(0, place, storable(heading.label), head)
        self._page.freeze_panes(1, 0)

    def write(self, row: Sequence[Value]) -> None:
        """Write the next row."""
        self.count += 1
        for place, value in enumerate(row):
            if value is not None and value != "":
                self._cell(place, value)

    def finish(self) -> None:
        """Set what is known at the end only: widths, and the range people filter."""
        for place, width in enumerate(self._widths):
            self._page.set_column(place, place, min(max(width, _NARROWEST), _WIDEST))
        if self._headings and self.count:
            self._page.autofilter(0, 0, self.count, len(self._headings) - 1)

    def _cell(self, place: int, value: Value) -> None:
        shape = self._shapes[place]
        if isinstance(value, str):
            self._write_text(place, value)
        elif isinstance(value, date):
            if value.year < _FIRST_YEAR:
                self._write_text(place, value.isoformat())
            else:
                moment = value if isinstance(value, datetime) else datetime(*value.timetuple()[:3])  # noqa: DTZ001  # a day as spreadsheets keep it
                self._page.write_datetime(self.count, place, moment, shape)
        elif value is not None:
            self._write_number(place, value)
        self._measure(place, value)

    def _write_text(self, place: int, value: str) -> None:
        """Write a text as a text: a spreadsheet keeps it one when somebody edits it."""
        text = storable(value)
        if is_dangerous(text):
            self._page.write_string(self.count, place, _short(text), self._quoted)
        else:
            self._page.write_string(self.count, place, _short(defused(text)), self._text)

    def _write_number(self, place: int, number: int | Decimal) -> None:
        """Write a number; one with more digits than spreadsheets keep stays exact as a text."""
        if len(Decimal(number).normalize().as_tuple().digits) > _EXACT_DIGITS:
            spelled = (
                str(number) if isinstance(number, int) else self._headings[place].spelled(number)
            )
            self._page.write_string(self.count, place, spelled, self._text)
        else:
            self._page.write_number(self.count, place, number, self._shapes[place])

    def _measure(self, place: int, value: Value) -> None:
        if self.count <= _MEASURED:
            text = value if isinstance(value, str) else str(value) + "  "
            self._widths[place] = max(self._widths[place], _width(text[:_WIDEST]) + 1)


def _shape(book: Any, heading: Heading) -> Any:
    shape = {"valign": "top"}
    return book.add_format(shape | ({"num_format": heading.pattern} if heading.pattern else {}))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _width(text: str) -> int:
    """Return how wide a text is; Chinese characters count twice."""
    line = max(text.split("\n"), key=len)
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line)


def _name(title: str) -> str:
    """Return a name that a worksheet may have."""
    plain = _NOT_IN_NAMES.sub(" ", storable(title)).strip(" '")[:_LONGEST_NAME].strip(" '")
    return plain if plain and plain.casefold() != "history" else "Sheet1"
