"""CSV as spreadsheets and programs read it alike: UTF-8 with its mark, plain numbers, ISO dates."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import IO

from bumen.exchange.export.sheet import Heading, Sheet, Value
from bumen.exchange.safety import defused, storable


def write_csv(sheet: Sheet, file: IO[bytes]) -> int:
    """Write a sheet to a file, row by row; return how many rows there were below the head."""
    text = TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    try:
        writer = csv.writer(text)
        writer.writerow([defused(storable(heading.label)) for heading in sheet.headings])
        return sum(1 for row in _rows(sheet) if writer.writerow(row))
    finally:
        text.detach()


def _rows(sheet: Sheet) -> Iterator[list[str]]:
    for row in sheet.rows:
        yield [_cell(one, head) for one, head in zip(row, sheet.headings, strict=True)]


def _cell(value: Value, heading: Heading) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return defused(storable(value))
    if isinstance(value, Decimal):
        return heading.spelled(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date) else str(value)
