"""Rows out of workbooks: Excel's two kinds and the open document's, read by calamine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from bumen.exchange.cells import Cell, Row
from bumen.exchange.errors import (
    ContainsNul,
    FileIsEmpty,
    UnknownSheet,
    WorkbookIsDamaged,
    WorkbookIsEncrypted,
)


@dataclass(frozen=True, kw_only=True)
class Workbook:
    """A sheet of a workbook that has passed the limits, loaded."""

    path: Path
    sheet: str
    sheets: tuple[str, ...]
    loaded: CalamineSheet = field(repr=False, compare=False)

    def rows(self) -> Iterator[Row]:
        """Give the sheet row by row, under the row numbers a spreadsheet shows."""
        for number, cells in enumerate(self.loaded.iter_rows(), 1):
            if any(cell != "" for cell in cells):
                yield Row(number, _without_nul(cells, name=self.path.name, row=number))


def open_workbook(path: Path, *, sheet: str | None) -> Workbook:
    """Load a sheet: the one that is named, else the first with a table that people see."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            names = tuple(book.sheet_names)
            chosen, loaded = _chosen(book, names, sheet=sheet, file=path.name)
    except PasswordError:
        raise WorkbookIsEncrypted(path.name) from None
    except CalamineError:
        raise WorkbookIsDamaged(path.name) from None
    return Workbook(path=path, sheet=chosen, sheets=names, loaded=loaded)


def _chosen(
    book: CalamineWorkbook, names: Sequence[str], *, sheet: str | None, file: str
) -> tuple[str, CalamineSheet]:
    if not names:
        raise FileIsEmpty(file)
    if sheet is not None:
        if sheet not in names:
            raise UnknownSheet(file, sheet=sheet, sheets=names)
        return sheet, book.get_sheet_by_name(sheet)
    visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
    first = None
    for name in [one for one in visible if one in names] or names[:1]:
        loaded = book.get_sheet_by_name(name)
        if _holds_table(loaded):
            return name, loaded
        first = first or (name, loaded)
    return first or (names[0], book.get_sheet_by_name(names[0]))


def _holds_table(sheet: CalamineSheet) -> bool:
    """Whether a sheet begins with headings: a row of more than one cell. Notes have only one."""
    filled = (sum(cell != "" for cell in row) for row in sheet.iter_rows())
    return next((count for count in filled if count), 0) > 1


def _without_nul(cells: Sequence[Cell], *, name: str, row: int) -> list[Cell]:
    if any(isinstance(cell, str) and "\0" in cell for cell in cells):
        raise ContainsNul(name, row=row)
    return list(cells)
