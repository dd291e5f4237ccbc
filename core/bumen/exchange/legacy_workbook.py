"""How far the cells of an old Excel workbook (XLS) reach, told before anything opens it.

An XLS file is a small file system of 512-byte sectors (Compound File Binary, [MS-CFB]) with the
sheets in a stream of records ([MS-XLS]: BIFF5 and BIFF8). Only the positions of filled cells are
read. An encrypted XLSX hides in the same kind of container.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from bumen.exchange.errors import WorkbookIsDamaged, WorkbookIsEncrypted, WorkbookIsTooLarge
from bumen.exchange.workbook_limits import MAX_PACKED, check_extent

_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
"""The first of the numbers that name no sector but mean end, free or table."""
_ENTRY = 128
_SMALL = 4096

_START_OF_SHEET = {0x0009, 0x0209, 0x0409, 0x0809}
_PASSWORD = 0x002F
_ONE_CELL = {0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6, 0x0206, 0x0406}
_MANY_CELLS = 0x00BD


def check_legacy(path: Path) -> None:
    """Refuse an XLS that is damaged, encrypted, or larger inside than an import may be."""
    if path.stat().st_size > MAX_PACKED:
        raise WorkbookIsTooLarge(path.name)
    try:
        streams = _Container(path.read_bytes()).streams()
        if "EncryptedPackage" in streams:
            raise WorkbookIsEncrypted(path.name)
        stream = streams.get("Workbook") or streams["Book"]
        for rows, columns in _extents(stream, name=path.name):
            check_extent(rows, columns, name=path.name)
    except (struct.error, IndexError, KeyError, ValueError):
        raise WorkbookIsDamaged(path.name) from None


class _Container:
    """The sectors of a compound file, and the chains that make streams of them."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, self._short_shift = struct.unpack_from("<HH", content, 30)
        if shift not in (9, 12) or self._short_shift != 6:
            raise ValueError("no compound file has sectors of this size")
        self._size = 1 << shift
        self._next = self._allocation()

    def streams(self) -> dict[str, bytes]:
        """Return the top streams that matter, by name."""
        first = struct.unpack_from("<I", self._content, 48)[0]
        directory = self._chain(first)
        found: dict[str, bytes] = {}
        for place in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            entry = directory[place : place + _ENTRY]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(0, length - 2)].decode("utf-16-le", errors="replace")
            if name == "EncryptedPackage":
                found[name] = b""
            elif name in {"Workbook", "Book"}:
                found[name] = self._stream(directory, entry)
        return found

    def _stream(self, directory: bytes, entry: bytes) -> bytes:
        first, size = struct.unpack_from("<II", entry, 116)
        if size >= _SMALL:
            return self._chain(first)[:size]
        root_first = struct.unpack_from("<I", directory, 116)[0]
        small_first = struct.unpack_from("<I", self._content, 60)[0]
        return self._small_chain(first, self._chain(root_first), self._chain(small_first))[:size]

    def _allocation(self) -> tuple[int, ...]:
        """Read which sector follows which: 109 places in the header, the rest in a chain."""
        count, *_rest = struct.unpack_from("<I", self._content, 44)
        tables = list(struct.unpack_from("<109I", self._content, 76))
        more, left = struct.unpack_from("<II", self._content, 68)
        while more < _LAST_SECTOR and left and len(tables) < count:
            *places, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            tables += places
            left -= 1
        packed = b"".join(self._sector(table) for table in tables[:count] if table < _LAST_SECTOR)
        return struct.unpack(f"<{len(packed) // 4}I", packed)

    def _sector(self, number: int) -> bytes:
        start = max(_HEADER, self._size) + number * self._size
        return self._content[start : start + self._size].ljust(self._size, b"\0")

    def _chain(self, first: int) -> bytes:
        sectors: list[bytes] = []
        number = first
        while number < _LAST_SECTOR:
            if len(sectors) > len(self._next):
                raise ValueError("the chain of sectors runs in a circle")
            sectors.append(self._sector(number))
            number = self._next[number]
        return b"".join(sectors)

    def _small_chain(self, first: int, content: bytes, table: bytes) -> bytes:
        following = struct.unpack(f"<{len(table) // 4}I", table)
        pieces: list[bytes] = []
        number = first
        while number < _LAST_SECTOR:
            if len(pieces) > len(following):
                raise ValueError("the chain of sectors runs in a circle")
            pieces.append(content[number << 6 : (number + 1) << 6])
            number = following[number]
        return b"".join(pieces)


def _extents(stream: bytes, *, name: str) -> Iterator[tuple[int, int]]:
    """Walk the records; give rows and columns whenever a sheet has grown, so far."""
    rows = columns = place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        if kind == _PASSWORD:
            raise WorkbookIsEncrypted(name)
        if kind in _START_OF_SHEET:
            rows = columns = 0
        elif kind in _ONE_CELL or kind == _MANY_CELLS:
            row, column = struct.unpack_from("<HH", stream, place + 4)
            if kind == _MANY_CELLS:
                column = struct.unpack_from("<H", stream, place + 4 + length - 2)[0]
            if row >= rows or column >= columns:
                rows, columns = max(rows, row + 1), max(columns, column + 1)
                yield rows, columns
        place += 4 + length
