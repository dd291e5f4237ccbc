"""Tables out of files: what kind of file it is, its header, and its rows as a stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bumen.exchange.cells import Row, text_of
from bumen.exchange.errors import (
    DuplicateColumns,
    FileIsEmpty,
    FileIsMissing,
    TooManyColumns,
)
from bumen.exchange.kinds import Kind, check_label, kind_of
from bumen.exchange.legacy_workbook import check_legacy
from bumen.exchange.text_files import TextFile, open_text
from bumen.exchange.workbook_limits import check_zipped
from bumen.exchange.workbooks import Workbook, open_workbook

MAX_COLUMNS = 1_000


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table is a file of rows under a header, read as a stream as often as one likes."""

    source: TextFile | Workbook
    header: tuple[str, ...]
    header_row: int

    @property
    def name(self) -> str:
        """The name of the file, without its folder."""
        return self.source.path.name

    @property
    def folder(self) -> Path:
        """The folder the file lies in."""
        return self.source.path.parent

    @property
    def encoding(self) -> str | None:
        """What the text was taken for; None for a workbook."""
        return self.source.encoding if isinstance(self.source, TextFile) else None

    @property
    def delimiter(self) -> str | None:
        """What separates the columns; None for a workbook."""
        return self.source.delimiter if isinstance(self.source, TextFile) else None

    @property
    def sheet(self) -> str | None:
        """The sheet the rows come from; None for a text file."""
        return self.source.sheet if isinstance(self.source, Workbook) else None

    @property
    def sheets(self) -> tuple[str, ...]:
        """All sheets of the workbook; none for a text file."""
        return self.source.sheets if isinstance(self.source, Workbook) else ()

    def rows(self) -> Iterator[Row]:
        """Read the rows under the header; blank ones are left out, numbers stay the file's."""
        return (row for row in self.source.rows() if row.number > self.header_row)


def read_table(
    path: Path | str,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Table:
    """Open a CSV, XLSX, ODS or XLS file as a table; what is not given is found out.

    The first row that is not blank names the columns. Refuses, with an `UnreadableFile`, what is
    no table, what is not what its name says, encrypted and oversized workbooks, and a header
    with too many columns or with one name twice.
    """
    path = Path(path)
    try:
        source = _source(path, encoding=encoding, delimiter=delimiter, sheet=sheet)
        first = next(source.rows(), None)
    except OSError:
        raise FileIsMissing(path.name) from None
    if first is None:
        raise FileIsEmpty(path.name)
    return Table(source=source, header=_header(first, name=path.name), header_row=first.number)


def _source(
    path: Path, *, encoding: str | None, delimiter: str | None, sheet: str | None
) -> TextFile | Workbook:
    kind = kind_of(path)
    if kind is Kind.XLS:
        check_legacy(path)
    elif kind is not Kind.TEXT:
        check_zipped(path, ods=kind is Kind.ODS)
    check_label(path, kind=kind)
    if kind is Kind.TEXT:
        return open_text(path, encoding=encoding, delimiter=delimiter)
    return open_workbook(path, sheet=sheet)


def _header(row: Row, *, name: str) -> tuple[str, ...]:
    header = [text_of(cell) for cell in row.cells]
    while header and not header[-1]:
        header.pop()
    if len(header) > MAX_COLUMNS:
        raise TooManyColumns(name, columns=len(header), limit=MAX_COLUMNS)
    twice = [column for column, count in Counter(header).items() if column and count > 1]
    if twice:
        raise DuplicateColumns(name, names=twice)
    return tuple(header)
