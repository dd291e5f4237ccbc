"""How much a workbook would unpack to, found out before anything opens it.

A workbook of a few kilobytes can unpack to gigabytes, and one cell in the far corner of a sheet
makes a table of 17 billion cells. Declared sizes may lie, so that the parts are unpacked, counted
and thrown away; the sheets' XML is walked once with a parser that builds nothing.
"""

from __future__ import annotations

import copy
import struct
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from bumen.documents.file_kinds import BROKEN_ARCHIVE
from bumen.exchange.errors import (
    SheetIsTooLarge,
    WorkbookIsDamaged,
    WorkbookIsEncrypted,
    WorkbookIsTooLarge,
)
from bumen.exchange.sheet_extent import Extent, OdsExtent, XlsxExtent

MAX_PACKED = 50_000_000
MAX_UNPACKED = 150_000_000
MAX_CELLS = 1_500_000
"""Cells of the rectangle around everything in a sheet: what a reader takes memory for."""
MAX_ELEMENTS = 4_000_000
"""Elements of one part: a cell is two or three, a text in the table of texts two."""
MAX_DIRECTORY = 1_000_000

_ENCRYPTED = 0x1
_BLOCK = 256 * 1024
_CELLS = (b"sheetData", b"table-cell")


def check_packed(path: Path) -> None:
    """Refuse an archive that is too large to look into, by its size or by its list of parts."""
    if path.stat().st_size > MAX_PACKED or _directory_size(path) > MAX_DIRECTORY:
        raise WorkbookIsTooLarge(path.name)


def check_zipped(path: Path, *, ods: bool) -> None:
    """Refuse a workbook that is damaged, encrypted, or larger inside than an import may be."""
    check_packed(path)
    try:
        with ZipFile(path) as archive:
            for part in archive.infolist():
                _check_readable(part, name=path.name)
            for part in _parts_with_cells(archive, name=path.name):
                _check_cells(archive, part, ods=ods, name=path.name)
    except BROKEN_ARCHIVE:
        raise WorkbookIsDamaged(path.name) from None


def check_extent(rows: int, columns: int, *, name: str) -> None:
    """Refuse a sheet whose rectangle has too many cells."""
    if rows * columns > MAX_CELLS:
        raise SheetIsTooLarge(name, rows=rows, columns=columns, limit=MAX_CELLS)


def _directory_size(path: Path) -> int:
    """Read how long the list of parts is, before `zipfile` makes an object of each."""
    with path.open("rb") as file:
        file.seek(-min(path.stat().st_size, 66_000), 2)
        tail = file.read()
    end, end64 = tail.rfind(b"PK\5\6"), tail.rfind(b"PK\6\6")
    sizes = [0]
    if len(tail) - end >= 22 and end >= 0:
        size = struct.unpack_from("<I", tail, end + 12)[0]
        sizes.append(0 if size == 0xFFFFFFFF and end64 >= 0 else size)
    if len(tail) - end64 >= 56 and end64 >= 0:
        sizes.append(struct.unpack_from("<Q", tail, end64 + 40)[0])
    return max(sizes)


def _check_readable(part: ZipInfo, *, name: str) -> None:
    if part.flag_bits & _ENCRYPTED:
        raise WorkbookIsEncrypted(name)
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise WorkbookIsDamaged(name)


def _parts_with_cells(archive: ZipFile, *, name: str) -> list[ZipInfo]:
    """Unpack everything once, only counting; return the parts that cells stand in."""
    parts, unpacked = [], 0
    for part in archive.infolist():
        elements, before, has_cells = 0, b"", False
        for block in _unpack(archive, part):
            unpacked += len(block)
            elements += block.count(b"<") - block.count(b"</")
            if unpacked > MAX_UNPACKED or elements > MAX_ELEMENTS:
                raise WorkbookIsTooLarge(name)
            has_cells = has_cells or any(word in before + block for word in _CELLS)
            before = block[-16:]
        if has_cells:
            parts.append(part)
    return parts


def _unpack(archive: ZipFile, part: ZipInfo) -> Iterator[bytes]:
    """Unpack to the real end: the declared size and checksum may be wrong on purpose."""
    honest = copy.copy(part)
    honest.file_size = MAX_UNPACKED + _BLOCK
    del honest.CRC
    with archive.open(honest) as file:
        while block := file.read(_BLOCK):
            yield block


def _check_cells(archive: ZipFile, part: ZipInfo, *, ods: bool, name: str) -> None:
    extent: Extent = OdsExtent() if ods else XlsxExtent()
    parser = expat.ParserCreate()
    parser.StartElementHandler = extent.start
    parser.StartDoctypeDeclHandler = _refuse_declarations
    try:
        for block in _unpack(archive, part):
            parser.Parse(block)
            check_extent(*extent.largest(), name=name)
        parser.Parse(b"", True)  # noqa: FBT003  # expat takes "this is the end" by position only
    except expat.ExpatError:
        raise WorkbookIsDamaged(name) from None
    check_extent(*extent.largest(), name=name)


def _refuse_declarations(*_declaration: object) -> None:
    """Entities may multiply without end; no workbook declares any."""
    raise expat.ExpatError("a workbook declares no document type")
