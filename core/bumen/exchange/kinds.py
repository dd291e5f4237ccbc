"""What kind of file lies there, told by its content; its name may only agree."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from zipfile import ZipFile

from bumen.documents.file_kinds import BROKEN_ARCHIVE
from bumen.exchange.encodings import wide_encoding
from bumen.exchange.errors import FileIsEmpty, MislabelledFile, NotATable, WorkbookIsDamaged
from bumen.exchange.workbook_limits import check_packed
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")


class Kind(Enum):
    """A kind of table that can be read."""

    TEXT = "text"
    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"


_EXTENSIONS = {
    ".csv": Kind.TEXT,
    ".tsv": Kind.TEXT,
    ".tab": Kind.TEXT,
    ".txt": Kind.TEXT,
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
    ".ods": Kind.ODS,
    ".xls": Kind.XLS,
}
_NAMES = {
    Kind.TEXT: _("text"),
    Kind.XLSX: _("an Excel workbook (XLSX)"),
    Kind.ODS: _("an OpenDocument spreadsheet (ODS)"),
    Kind.XLS: _("an old Excel workbook (XLS)"),
}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ARCHIVE = _("a compressed archive")
_PICTURE = _("a picture")
_STARTS: tuple[tuple[bytes, Text], ...] = (
    (b"%PDF", _("a PDF document")),
    (b"\x89PNG", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x7fELF", _("a program")),
    (b"\x1f\x8b", _ARCHIVE),
    (b"Rar!", _ARCHIVE),
    (b"7z\xbc\xaf", _ARCHIVE),
    (b"SQLite format 3", _("a database")),
    (b"{\\rtf", _("a text document")),
)
_MARKUP: tuple[tuple[re.Pattern[bytes], Text], ...] = (
    (re.compile(rb"<(!doctype html|html|head|body|table|meta)", re.IGNORECASE), _("a web page")),
    (re.compile(rb"<\?xml", re.IGNORECASE), _("an XML file")),
    (re.compile(rb"\{\s*[\"}]|\[\s*[\[{]"), _("a JSON file")),
)


def kind_of(path: Path) -> Kind:
    """Tell the kind of table by its content; refuse what is none."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip():
        raise FileIsEmpty(path.name)
    found = _content(path, head)
    if isinstance(found, Kind):
        return found
    if _EXTENSIONS.get(path.suffix.lower(), Kind.TEXT) is Kind.TEXT:
        raise NotATable(path.name, content=found)
    raise MislabelledFile(path.name, extension=path.suffix, content=found)


def extension_of(name: str) -> str:
    """Return how the name of a file ends, where that promises a kind of table; else nothing."""
    extension = Path(name).suffix.lower()
    return extension if extension in _EXTENSIONS else ""


def check_label(path: Path, *, kind: Kind) -> None:
    """Refuse a table whose name promises another kind."""
    if _EXTENSIONS.get(path.suffix.lower(), kind) is not kind:
        raise MislabelledFile(path.name, extension=path.suffix, content=_NAMES[kind])


def _content(path: Path, head: bytes) -> Kind | Text:
    if head.startswith(_ZIP):
        return _zipped(path, head)
    if head.startswith(_COMPOUND):
        return Kind.XLS
    for start, thing in _STARTS:
        if head.startswith(start):
            return thing
    plain = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, thing in _MARKUP:
        if pattern.match(plain):
            return thing
    return _("binary data") if _is_binary(head) else Kind.TEXT


def _zipped(path: Path, head: bytes) -> Kind | Text:
    check_packed(path)
    if b"opendocument.spreadsheet" in head:
        return Kind.ODS
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except BROKEN_ARCHIVE:
        raise WorkbookIsDamaged(path.name) from None
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    return _("a binary Excel workbook (XLSB)") if "xl/workbook.bin" in names else _ARCHIVE


def _is_binary(head: bytes) -> bool:
    """Tell what no text has many of: control characters, unless they are halves of UTF-16."""
    control = sum(byte < 9 or 13 < byte < 32 for byte in head if byte)
    return control * 50 > len(head) and wide_encoding(head) is None
