"""Workbooks written byte by byte, as no program would: for tests of what must be refused."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def xlsx_with_sheet(
    path: Path,
    rows: str,
    *,
    repeat: int = 1,
    prefix: str = "",
    prolog: str = "",
    strings: str | None = None,
) -> Path:
    """Write a workbook whose one sheet has these rows, as often as wanted."""
    space = f'xmlns{":" if prefix else ""}{prefix.rstrip(":")}="{_MAIN}"'
    start = f'{prolog}<{prefix}worksheet {space}><{prefix}dimension ref="A1"/><{prefix}sheetData>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types())
        archive.writestr("_rels/.rels", _relations("officeDocument", "xl/workbook.xml"))
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _relations("worksheet", "worksheets/sheet1.xml")
        )
        archive.writestr("xl/workbook.xml", _workbook())
        if strings is not None:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{_MAIN}">{strings}</sst>')
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(start.encode())
            for _number in range(repeat):
                sheet.write(rows.encode())
            sheet.write(f"</{prefix}sheetData></{prefix}worksheet>".encode())
    return path


def ods_row(*texts: str, rows: int = 1, columns: int = 1) -> str:
    """Return a row of an open document, repeated, of cells that repeat."""
    cells = "".join(
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell>"
        for text in texts
    )
    return f'<table:table-row table:number-rows-repeated="{rows}">{cells}</table:table-row>'


def ods(path: Path, rows: str) -> Path:
    """Write an open document with one sheet."""
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "manifest")
    )
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), kind)
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {spaces}>{entry}</manifest:manifest>"
        )
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>"
            f'<table:table table:name="S">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def xls(cells: list[tuple[int, int, float | str]], *, before: bytes = b"") -> bytes:
    """Return an old workbook (BIFF8) with one sheet of these cells: row, column, value."""
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 1997, 0, 0))
    for row, column, value in cells:
        sheet += _cell(row, column, value)
    sheet += _record(0x000A)
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 1997, 0, 0)) + before
    codepage, end = _record(0x0042, struct.pack("<H", 1200)), _record(0x000A)
    length = len(start) + len(codepage) + len(_bound_sheet(0)) + len(end)
    return compound_file({"Workbook": start + codepage + _bound_sheet(length) + end + sheet})


def far_corner_xls() -> bytes:
    """Return an old workbook whose two cells lie in opposite corners."""
    return xls([(0, 0, 1.0), (65_535, 255, 2.0)])


def compound_file(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of these streams, each padded to be a large one."""
    sectors: list[bytes] = []
    following: list[int] = []
    entries = [_entry("Root Entry", kind=5, first=_END, size=0, child=1)]
    for number, (name, content) in enumerate(streams.items(), 1):
        padded = content.ljust(4096, b"\0")
        parts = [
            padded[start : start + 512].ljust(512, b"\0") for start in range(0, len(padded), 512)
        ]
        first = 2 + len(sectors)
        sectors += parts
        following += [*range(first + 1, first + len(parts)), _END]
        right = number + 1 if number < len(streams) else _FREE
        entries.append(_entry(name, kind=2, first=first, size=len(padded), right=right))
    directory = b"".join(entries).ljust(512, b"\0")
    table = struct.pack(f"<{2 + len(following)}I", _TABLE, _END, *following).ljust(512, b"\xff")
    return _compound_header() + table + directory + b"".join(sectors)


def _compound_header() -> bytes:
    start = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    start += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    start += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return start + struct.pack("<109I", 0, *[_FREE] * 108)


def _entry(
    name: str, *, kind: int, first: int, size: int, child: int = _FREE, right: int = _FREE
) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    entry = encoded.ljust(64, b"\0") + struct.pack("<HBB", len(encoded), kind, 1)
    entry += struct.pack("<III", _FREE, right, child) + bytes(36)
    return entry + struct.pack("<IQ", first, size)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _cell(row: int, column: int, value: float | str) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        return _record(0x0204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
    return _record(0x0203, place + struct.pack("<d", value))


def _bound_sheet(place: int) -> bytes:
    return _record(0x0085, struct.pack("<IBBBB", place, 0, 0, 1, 0) + b"S")


def _content_types() -> str:
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="text/xml"/>'
        "</Types>"
    )


def _relations(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    )


def _workbook() -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
