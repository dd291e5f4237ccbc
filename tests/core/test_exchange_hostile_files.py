"""Workbooks made to take the server down are refused in seconds and in little memory."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from bumen.exchange.errors import SheetIsTooLarge, UnreadableFile, WorkbookIsTooLarge
from bumen.exchange.workbook_limits import MAX_UNPACKED
from tests.core.workbooks_by_hand import far_corner_xls, ods, ods_row, xlsx_with_sheet

SECONDS, MEGABYTES = 5, 150
"""What refusing a hostile workbook may cost, the interpreter and the host included."""

Maker = Callable[[Path], Path]


def saved(path: Path, content: bytes) -> Path:
    """Write a file for a test."""
    path.write_bytes(content)
    return path


def far_corner(path: Path) -> Path:
    """Two cells, as far apart as a sheet allows; the dimension it declares is a lie."""
    cells = '<row r="1"><c r="A1"><v>1</v></c></row>'
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return xlsx_with_sheet(path, cells + corner)


def far_corner_in_disguise(path: Path) -> Path:
    """The same with a prefix, single quotation marks and entities in the reference."""
    corner = "<x:row><x:c r = '&#88;FD1048576'><x:v>1</x:v></x:c></x:row>"
    return xlsx_with_sheet(path, f"<x:row><x:c><x:v>1</x:v></x:c></x:row>{corner}", prefix="x:")


def far_corner_of_an_open_document(path: Path) -> Path:
    """One cell that repeats over the whole sheet."""
    return ods(path.with_suffix(".ods"), ods_row("1", rows=1_048_576, columns=16_384))


def far_corner_of_an_old_workbook(path: Path) -> Path:
    """Two cells in the corners of an XLS, which knows 65,536 rows and 256 columns."""
    return saved(path.with_suffix(".xls"), far_corner_xls())


def bomb(path: Path) -> Path:
    """A sheet that unpacks to 300 megabytes of nothing."""
    return xlsx_with_sheet(path, " " * 10_000_000, repeat=30)


def bomb_that_lies(path: Path) -> Path:
    """The same, declaring that it unpacks to ten bytes."""
    content = bytearray(bomb(path).read_bytes())
    place = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    struct.pack_into("<I", content, place + 24, 10)
    return saved(path, bytes(content))


def bomb_of_cells(path: Path) -> Path:
    """Millions of small cells, below the limit of unpacked size."""
    row = '<row r="1">' + "<c><v>1</v></c>" * 1_000 + "</row>"
    return xlsx_with_sheet(path, row * 100, repeat=90)


def bomb_of_texts(path: Path) -> Path:
    """Millions of empty texts in the table of texts."""
    return xlsx_with_sheet(path, "", strings="<si/>" * 7_000_000)


def bomb_of_parts(path: Path) -> Path:
    """An archive of very many parts."""
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(40_000):
            archive.writestr(f"xl/part{number}.xml", b"")
    return path


HOSTILE = [
    (far_corner, SheetIsTooLarge),
    (far_corner_in_disguise, SheetIsTooLarge),
    (far_corner_of_an_open_document, SheetIsTooLarge),
    (far_corner_of_an_old_workbook, SheetIsTooLarge),
    (bomb, WorkbookIsTooLarge),
    (bomb_that_lies, WorkbookIsTooLarge),
    (bomb_of_cells, WorkbookIsTooLarge),
    (bomb_of_texts, WorkbookIsTooLarge),
    (bomb_of_parts, WorkbookIsTooLarge),
]

MEASURED = """
import json, pathlib, re, sys, time
from bumen.exchange.errors import UnreadableFile
from bumen.exchange.reading import read_table
began = time.perf_counter()
try:
    read_table(sys.argv[1])
    refusal = "none"
except UnreadableFile as error:
    refusal = type(error).__name__
seconds = time.perf_counter() - began
status = pathlib.Path("/proc/self/status").read_text()
peak = int(re.search(r"VmHWM:\\s+(\\d+)", status)[1]) // 1024
print(json.dumps({"refusal": refusal, "seconds": seconds, "megabytes": peak}))
"""


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the peak of memory is read from /proc")
@pytest.mark.parametrize(("make", "refusal"), HOSTILE, ids=[make.__name__ for make, _ in HOSTILE])
def test_a_hostile_workbook_is_refused_quickly_and_in_little_memory(
    tmp_path: Path, make: Maker, refusal: type[UnreadableFile]
) -> None:
    path = make(tmp_path / "t.xlsx")
    asked = [sys.executable, "-c", MEASURED, str(path)]

    told = json.loads(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)

    assert told["refusal"] == refusal.__name__
    assert told["seconds"] < SECONDS
    assert told["megabytes"] < MEGABYTES


def test_the_bomb_is_larger_than_what_is_allowed(tmp_path: Path) -> None:
    with zipfile.ZipFile(bomb(tmp_path / "t.xlsx")) as archive:
        unpacked = sum(part.file_size for part in archive.infolist())

    assert unpacked > 1.9 * MAX_UNPACKED
