"""Files that are no tables, or that would take the server down, are refused with a reason."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from bumen.exchange import read_table
from bumen.exchange.errors import (
    MislabelledFile,
    NotATable,
    WorkbookIsDamaged,
    WorkbookIsEncrypted,
)
from tests.core.workbooks_by_hand import (
    compound_file,
    ods,
    ods_row,
    xls,
    xlsx_with_sheet,
)


def saved(path: Path, content: bytes) -> Path:
    """Write a file for a test."""
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%abc", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "a picture"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "a picture"),
        (b"\x7fELF" + bytes(64), "a program"),
        (b"<!DOCTYPE html><html><table>", "a web page"),
        (b"\xef\xbb\xbf <table border=1>", "a web page"),
        (b'<?xml version="1.0"?><a/>', "an XML file"),
        (b'[{"code": 1}]', "a JSON file"),
        (bytes(range(256)) * 8, "binary data"),
    ],
)
def test_what_is_no_table_is_refused_by_its_content(
    tmp_path: Path, content: bytes, said: str
) -> None:
    with pytest.raises(NotATable) as refusal:
        read_table(saved(tmp_path / "table.csv", content))
    assert str(refusal.value).startswith(f"table.csv is not a table but {said}.")


def test_a_header_in_brackets_is_not_taken_for_json(tmp_path: Path) -> None:
    path = saved(tmp_path / "table.csv", b"[id],[name]\n1,x\n")

    assert read_table(path).header == ("[id]", "[name]")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("t.xlsx", b"code,name\n1,x\n", "text"),
        ("t.xls", b"code\tname\n1\tx\n", "text"),
        ("t.xls", b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        ("t.ods", b"%PDF-1.7", "a PDF document"),
    ],
)
def test_a_name_that_promises_another_kind_is_refused(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(MislabelledFile) as refusal:
        read_table(saved(tmp_path / name, content))
    assert str(refusal.value).startswith(f"{name} ends in {Path(name).suffix} but contains {said}.")


def test_a_workbook_called_csv_is_refused(tmp_path: Path) -> None:
    path = xlsx_with_sheet(tmp_path / "t.csv", '<row r="1"><c r="A1"><v>1</v></c></row>')

    with pytest.raises(MislabelledFile, match="an Excel workbook"):
        read_table(path)


def test_an_old_workbook_called_xlsx_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MislabelledFile, match="an old Excel workbook"):
        read_table(saved(tmp_path / "t.xlsx", xls([(0, 0, 1.0)])))


def test_another_archive_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.zip", "w") as archive:
        archive.writestr("table.csv", "a,b")

    with pytest.raises(NotATable, match="a compressed archive"):
        read_table(tmp_path / "t.zip")


def test_an_encrypted_workbook_is_refused(tmp_path: Path) -> None:
    content = compound_file({"EncryptedPackage": bytes(5000), "EncryptionInfo": bytes(100)})

    with pytest.raises(WorkbookIsEncrypted):
        read_table(saved(tmp_path / "t.xlsx", content))


def test_an_encrypted_old_workbook_is_refused(tmp_path: Path) -> None:
    content = xls([(0, 0, 1.0)], before=struct.pack("<HHHH", 0x002F, 4, 1, 1))

    with pytest.raises(WorkbookIsEncrypted):
        read_table(saved(tmp_path / "t.xls", content))


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    path = xlsx_with_sheet(tmp_path / "t.xlsx", "")
    content = path.read_bytes()
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = content.index(mark) + place
        content = content[:start] + b"\1" + content[start + 1 :]

    with pytest.raises(WorkbookIsEncrypted):
        read_table(saved(path, content))


@pytest.mark.parametrize("keep", [100, 600, -30])
def test_a_workbook_that_is_cut_off_is_refused(tmp_path: Path, keep: int) -> None:
    path = xlsx_with_sheet(tmp_path / "t.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')

    with pytest.raises(WorkbookIsDamaged):
        read_table(saved(path, path.read_bytes()[:keep]))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></row>',
        '<row r="1"><c r="ABCDE1"><v>1</v></c></row>',
        '<row r="-1"><c><v>1</v></c></row>',
        '<row r="1"><c r="A99999999999999999999"><v>1</v></c></row>',
    ],
)
def test_a_sheet_that_follows_no_rules_is_refused(tmp_path: Path, rows: str) -> None:
    with pytest.raises(WorkbookIsDamaged):
        read_table(xlsx_with_sheet(tmp_path / "t.xlsx", rows))


def test_a_sheet_that_declares_entities_is_refused(tmp_path: Path) -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'

    with pytest.raises(WorkbookIsDamaged):
        read_table(xlsx_with_sheet(tmp_path / "t.xlsx", "<row/>", prolog=laughs))


@pytest.mark.parametrize("keep", [100, 512, 700, 1600])
def test_an_old_workbook_that_is_cut_off_is_refused(tmp_path: Path, keep: int) -> None:
    with pytest.raises(WorkbookIsDamaged):
        read_table(saved(tmp_path / "t.xls", xls([(0, 0, 1.0), (1, 1, 2.0)])[:keep]))


def test_an_old_workbook_whose_sectors_run_in_a_circle_is_refused(tmp_path: Path) -> None:
    content = bytearray(xls([(0, 0, 1.0)]))
    struct.pack_into("<I", content, 512 + 4, 1)

    with pytest.raises(WorkbookIsDamaged):
        read_table(saved(tmp_path / "t.xls", bytes(content)))


def test_an_old_workbook_is_read(tmp_path: Path) -> None:
    content = xls([(0, 0, "code"), (0, 1, "price"), (1, 0, "A1"), (1, 1, 12.5)])
    table = read_table(saved(tmp_path / "t.xls", content))

    assert table.header == ("code", "price")
    assert [(row.number, row.cells) for row in table.rows()] == [(2, ["A1", 12.5])]


def test_an_open_document_is_read(tmp_path: Path) -> None:
    path = ods(tmp_path / "t.ods", ods_row("code", "price") + ods_row("A1", "12"))
    table = read_table(path)

    assert table.header == ("code", "price")
    assert [(row.number, row.cells) for row in table.rows()] == [(2, ["A1", "12"])]


def test_coloured_columns_without_content_do_not_count(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet, red = book.add_worksheet(), book.add_format({"bg_color": "red"})
    sheet.write_row(0, 0, ["code", "name"])
    sheet.write_blank(1_048_575, 16_383, None, red)
    book.close()

    assert read_table(path).header == ("code", "name")
