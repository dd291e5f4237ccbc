"""Rows out of text files: where the columns are cut, and a stream that stays small."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bumen.exchange.cells import Row
from bumen.exchange.encodings import encoding_of, known_encoding
from bumen.exchange.errors import BrokenRow, ContainsNul, UndecodableText, UnknownDelimiter

DELIMITERS = ",;\t|"
MAX_ROW = 1_000_000
"""Characters of one row, quoted line breaks included."""

_LOOKED_AT = 20


@dataclass(frozen=True, kw_only=True)
class TextFile:
    """A text file whose encoding and delimiter are known."""

    path: Path
    encoding: str
    delimiter: str

    def rows(self) -> Iterator[Row]:
        """Read row by row; refuses NUL characters, endless rows and text of another encoding."""
        try:
            with self.path.open(encoding=self.encoding, newline="") as file:
                yield from _records(file, self.delimiter, name=self.path.name)
        except UnicodeError:
            raise UndecodableText(self.path.name, encoding=self.encoding) from None


def open_text(path: Path, *, encoding: str | None, delimiter: str | None) -> TextFile:
    """Find out, or check, how a text file is written."""
    encoding = known_encoding(encoding) if encoding else encoding_of(path)
    if delimiter is None:
        delimiter = delimiter_of(path, encoding=encoding)
    elif len(delimiter) != 1 or delimiter in '"\r\n':
        raise UnknownDelimiter(delimiter)
    return TextFile(path=path, encoding=encoding, delimiter=delimiter)


def delimiter_of(path: Path, *, encoding: str) -> str:
    """Choose the delimiter that cuts the first rows most evenly, and into most columns."""
    lines = _first_lines(path, encoding)
    return max(DELIMITERS, key=lambda delimiter: _evenness(lines, delimiter))


def _first_lines(path: Path, encoding: str) -> list[str]:
    lines: list[str] = []
    try:
        with path.open(encoding=encoding, newline="") as file:
            while len(lines) < _LOOKED_AT and (line := file.readline(MAX_ROW)):
                lines.append(line)
    except UnicodeError:
        raise UndecodableText(path.name, encoding=encoding) from None
    return lines


def _evenness(lines: list[str], delimiter: str) -> tuple[bool, float, int]:
    widths: list[int] = []
    with suppress(csv.Error):
        widths.extend(len(cells) for cells in csv.reader(lines, delimiter=delimiter) if cells)
    if not widths:
        return (False, 0.0, 0)
    return (widths[0] > 1, widths.count(widths[0]) / len(widths), widths[0])


class _Lines(Iterator[str]):
    """The lines of a file, measured so that no row can grow without end."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.length = 0
        self.nul = False

    def __next__(self) -> str:
        line = self._file.readline(MAX_ROW)
        self.length += len(line)
        self.nul = "\0" in line
        if not line or self.nul or self.length >= MAX_ROW:
            raise StopIteration
        return line


def _records(file: TextIO, delimiter: str, *, name: str) -> Iterator[Row]:
    lines = _Lines(file)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        lines.length = 0
        try:
            cells = next(reader, None)
        except csv.Error:
            cells, lines.length = None, MAX_ROW
        if lines.nul:
            raise ContainsNul(name, row=number)
        if lines.length >= MAX_ROW:
            raise BrokenRow(name, row=number)
        if cells is None:
            return
        if any(cells):
            yield Row(number, list(cells))
