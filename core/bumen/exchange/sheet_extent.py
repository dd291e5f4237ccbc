"""How far the cells of a sheet reach, told from its XML without keeping any of it.

Only cells with something in them count, as they do for the reader: people colour whole columns.
"""

from __future__ import annotations

from string import ascii_uppercase, digits
from typing import Protocol
from xml.parsers.expat import ExpatError

_NO_LETTERS = 18_279
"""One past ZZZ, the last column that three letters name."""

Attributes = dict[str, str]


class Extent(Protocol):
    """What is known so far of the sheets in one part of a workbook."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Follow an element that starts."""

    def largest(self) -> tuple[int, int]:
        """Return rows and columns of the rectangle around everything."""


class XlsxExtent:
    """The extent of a worksheet in a workbook of Excel's."""

    def __init__(self) -> None:
        self._rows = self._columns = self._row = self._column = 0
        self._numbers: dict[str, int] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        """Follow rows and cells, with and without a reference, and see which hold something.

        Runs for every element of the file, so that it asks for the commonest first.
        """
        if name == "c":
            self._column += 1
            if "r" in attributes:
                self._go_to(attributes["r"])
        elif name in {"v", "is", "f"}:
            if self._row > self._rows:
                self._rows = self._row
            if self._column > self._columns:
                self._columns = self._column
        elif name == "row":
            self._row = _number(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
        elif ":" in name:
            self.start(name.rpartition(":")[2], attributes)

    def largest(self) -> tuple[int, int]:
        """Return rows and columns of the rectangle around everything."""
        return self._rows, self._columns

    def _go_to(self, reference: str) -> None:
        letters = reference.rstrip(digits)
        if letters not in self._numbers:
            self._numbers[letters] = _column(letters)
        self._column = self._numbers[letters]
        self._row = _number(reference[len(letters) :])


class OdsExtent:
    """The extent of the largest sheet in an open document, where cells and rows may repeat."""

    def __init__(self) -> None:
        self._largest = (0, 0)
        self._row = self._column = self._rows = self._columns = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """Follow sheets, rows and cells, and see which hold something."""
        local = name.rpartition(":")[2]
        if local in {"table-cell", "covered-table-cell"}:
            self._column += _repeated(attributes, "columns")
            if any(key.endswith(("value-type", "formula")) for key in attributes):
                self._holds()
        elif local == "p":
            self._holds()
        elif local == "table-row":
            self._column = 0
            self._row += _repeated(attributes, "rows")
        elif local == "table":
            self._sheet_starts()

    def largest(self) -> tuple[int, int]:
        """Return rows and columns of the largest sheet so far."""
        return self._largest

    def _sheet_starts(self) -> None:
        self._row = self._column = self._rows = self._columns = 0

    def _holds(self) -> None:
        self._rows, self._columns = self._row, max(self._columns, self._column)
        if self._rows * self._columns > self._largest[0] * self._largest[1]:
            self._largest = (self._rows, self._columns)


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        if letter not in ascii_uppercase or number >= _NO_LETTERS:
            raise ExpatError("no column has this name")
        number = number * 26 + ascii_uppercase.index(letter) + 1
    if not 0 < number < _NO_LETTERS:
        raise ExpatError("no column has this name")
    return number


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ExpatError("no row has this number")
    return int(text)


def _repeated(attributes: Attributes, what: str) -> int:
    for key, value in attributes.items():
        if key.endswith(f"number-{what}-repeated"):
            return _number(value)
    return 1
