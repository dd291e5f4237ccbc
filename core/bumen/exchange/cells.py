"""What stands in a cell of a table, and the text a person sees there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from bumen.exchange.safety import as_it_was

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""Text files give text; workbooks give numbers, dates and truth values too."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row is what a file says about one thing; its number is the one a spreadsheet shows."""

    number: int
    cells: list[Cell]


def filled_up(row: Row, width: int) -> Row:
    """Return a row with as many cells as there are columns, at least."""
    missing = width - len(row.cells)
    return Row(row.number, [*row.cells, *[None] * missing]) if missing > 0 else row


def text_of(cell: Cell) -> str:
    """Return what a spreadsheet shows: 12.0 is "12", and numbers have at most 15 digits.

    The apostrophe by which an export keeps a text from being a formula is not part of the text.
    """
    if isinstance(cell, str):
        return as_it_was(cell.strip())
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return plain_number(cell)
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def plain_number(number: float) -> str:
    """Write a number without an exponent, in the 15 digits that spreadsheets keep.

    A sum that is stored as 0.30000000000000004 is the 0.3 that its author saw.
    """
    short = f"{number:.15g}"
    if "e" not in short:
        return short
    whole, _point, places = f"{number:.15f}".partition(".")
    return f"{whole}.{places}".rstrip("0").rstrip(".") if abs(number) < 1 else whole
