"""Tables are read in the encodings and with the separators that people's programs write."""

from __future__ import annotations

import datetime
import tracemalloc
from pathlib import Path

import pytest
import xlsxwriter

from bumen.exchange import read_table
from bumen.exchange.errors import (
    BrokenRow,
    ContainsNul,
    DuplicateColumns,
    FileIsEmpty,
    FileIsMissing,
    TooManyColumns,
    UndecodableText,
    UnknownDelimiter,
    UnknownEncoding,
    UnknownSheet,
)
from bumen.exchange.text_files import MAX_ROW

TAIWAN = (
    "編號,名稱,電話,備註\nC1,宏達精密股份有限公司,02-2345-6789,長期合作\nC2,台灣大車隊,0912-345,\n"
)
MAINLAND = (
    "编号,名称,电话,备注\nC1,上海宏达精密机械公司,021-23456789,长期合作\nC2,北京贸易公司,,请付款\n"
)
HONG_KONG = "編號,名稱\n1,深水埗嘅公司\n2,喺度貿易有限公司\n"
WESTERN = "id,name\n1,Hôtel René – café\n2,Müller GmbH\n"


def cells(path: Path, **options: str) -> list[list[object]]:
    """Return header and rows as one list."""
    table = read_table(path, **options)
    return [list(table.header), *(row.cells for row in table.rows())]


def written(folder: Path, content: str | bytes, *, encoding: str = "utf-8") -> Path:
    """Write a file for a test."""
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TAIWAN, "cp950"),
        (TAIWAN, "utf-8"),
        (TAIWAN, "utf-8-sig"),
        (TAIWAN, "utf-16"),
        (TAIWAN, "utf-16-le"),
        (TAIWAN, "utf-16-be"),
        (MAINLAND, "gb18030"),
        (MAINLAND, "gbk"),
        (MAINLAND, "utf-8-sig"),
        (MAINLAND, "utf-16"),
        (TAIWAN, "gb18030"),
        (HONG_KONG, "big5hkscs"),
        (WESTERN, "cp1252"),
    ],
)
def test_the_encoding_is_found_out(tmp_path: Path, text: str, encoding: str) -> None:
    path = written(tmp_path, text, encoding=encoding)

    assert cells(path) == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("code,name\n1,王\n", "cp950"), ("code,name\n1,丰田\n", "gb18030"), ("品名\n筆\n", "cp950")],
)
def test_a_handful_of_characters_is_enough(tmp_path: Path, text: str, encoding: str) -> None:
    path = written(tmp_path, text, encoding=encoding)

    assert cells(path) == [line.split(",") for line in text.splitlines()]


def test_characters_that_come_late_in_a_long_file_count(tmp_path: Path) -> None:
    lines = ["code,name", *(f"{number},plain" for number in range(50_000)), "x,長期合作客戶名稱"]
    path = written(tmp_path, "\n".join(lines), encoding="cp950")

    assert read_table(path).encoding == "cp950"
    assert [row.cells for row in read_table(path).rows()][-1] == ["x", "長期合作客戶名稱"]


def test_a_wrong_guess_can_be_corrected(tmp_path: Path) -> None:
    path = written(tmp_path, "name\n\u6f22\n".encode("gb18030"))

    assert cells(path, encoding="GBK") == [["name"], ["漢"]]


def test_text_of_another_encoding_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, TAIWAN, encoding="cp950")

    with pytest.raises(UndecodableText):
        cells(path, encoding="utf-8")


@pytest.mark.parametrize("encoding", ["klingon", "base64", "ut\0f", ""])
def test_an_unknown_encoding_is_refused(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path, "a,b\n1,2\n")

    if encoding:
        with pytest.raises(UnknownEncoding):
            read_table(path, encoding=encoding)
    else:
        assert read_table(path, encoding=encoding).encoding == "utf-8"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_out(tmp_path: Path, delimiter: str) -> None:
    rows = [["code", "name", "price"], ["1", "Nut, large; steel", "1,5"], ["2", "Bolt", "2"]]
    text = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    path = written(tmp_path, text)

    assert cells(path) == rows
    assert read_table(path).delimiter == delimiter


def test_a_wrong_delimiter_can_be_corrected(tmp_path: Path) -> None:
    path = written(tmp_path, "a~b\n1~2\n")

    assert cells(path, delimiter="~") == [["a", "b"], ["1", "2"]]


@pytest.mark.parametrize("delimiter", ['"', "\n", ",,"])
def test_what_cannot_separate_is_refused(tmp_path: Path, delimiter: str) -> None:
    path = written(tmp_path, "a,b\n1,2\n")

    with pytest.raises(UnknownDelimiter):
        read_table(path, delimiter=delimiter)


def test_a_single_column_is_a_table(tmp_path: Path) -> None:
    path = written(tmp_path, "code\nA1\nA2\n")

    assert cells(path) == [["code"], ["A1"], ["A2"]]


def test_rows_keep_the_numbers_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = written(tmp_path, '\n\nname,text\nA,"two\nlines"\n\n,\nB,one\n')

    table = read_table(path)

    assert table.header_row == 3
    assert [row.number for row in table.rows()] == [4, 7]


def test_a_table_can_be_read_again(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, "a\n1\n2\n"))

    assert [*table.rows()] == [*table.rows()]


@pytest.mark.parametrize("content", [b"", b"  \n\n", b"\xff\xfe", b"\xef\xbb\xbf", b",,\n"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileIsEmpty):
        read_table(written(tmp_path, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileIsMissing):
        read_table(tmp_path / "nowhere.csv")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileIsMissing):
        read_table(tmp_path)


def test_two_columns_of_one_name_are_refused_by_name(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name, code ,,\n1,2,3,,\n")

    with pytest.raises(DuplicateColumns) as refusal:
        read_table(path)
    assert str(refusal.value).startswith("More than one column of table.csv is named: code.")


def test_a_table_of_thousands_of_columns_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, ",".join(f"c{number}" for number in range(1_001)))

    with pytest.raises(TooManyColumns):
        read_table(path)


def test_a_nul_character_is_refused_with_its_row(tmp_path: Path) -> None:
    table = read_table(written(tmp_path, b"a,b\n1,2\n3,\0\n"))

    with pytest.raises(ContainsNul) as refusal:
        list(table.rows())
    assert str(refusal.value).startswith("Row 3 of table.csv contains a NUL")


@pytest.mark.parametrize(
    "broken",
    ['x,"never closed\n' + "y,z\n" * 3, 'x,"one" too many\n', "x," + "y" * (MAX_ROW + 1)],
    ids=["open quotation", "stray quotation", "endless cell"],
)
def test_a_row_that_cannot_be_cut_is_refused_with_its_number(tmp_path: Path, broken: str) -> None:
    table = read_table(written(tmp_path, f"a,b\n1,2\n{broken}"))

    with pytest.raises(BrokenRow) as refusal:
        list(table.rows())
    assert str(refusal.value).startswith("Row 3 of table.csv")


def test_one_row_cannot_fill_the_memory(tmp_path: Path) -> None:
    path = written(tmp_path, b'a,b\n1,"' + b'x\n","' * 8_000_000)
    table = read_table(path)

    tracemalloc.start()
    with pytest.raises(BrokenRow):
        list(table.rows())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 40_000_000


def test_a_long_file_is_read_as_a_stream(tmp_path: Path) -> None:
    path = written(tmp_path, "code,name\n" + "".join(f"{n},name {n}\n" for n in range(200_000)))
    table = read_table(path)

    tracemalloc.start()
    number = sum(1 for _row in table.rows())
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert number == 200_000
    assert peak < 2_000_000


def test_a_workbook_gives_numbers_dates_and_truths(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet("客戶")
    sheet.write_row(1, 1, ["name", "price", "since", "active"])
    sheet.write_row(2, 1, ["王", 12.5])
    sheet.write_datetime(2, 3, datetime.date(2026, 1, 2), book.add_format({"num_format": 14}))
    sheet.write_boolean(2, 4, boolean=True)
    book.close()

    table = read_table(path)

    assert (table.sheet, table.sheets, table.header_row) == ("客戶", ("客戶",), 2)
    assert table.header == ("name", "price", "since", "active")
    assert [(row.number, row.cells) for row in table.rows()] == [
        (3, ["王", 12.5, datetime.date(2026, 1, 2), True])
    ]


def test_the_first_sheet_that_people_see_is_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    hidden, shown = book.add_worksheet("notes"), book.add_worksheet("data")
    hidden.write(0, 0, "secret")
    shown.write(0, 0, "code")
    shown.activate()
    hidden.hide()
    book.close()

    assert read_table(path).header == ("code",)
    assert read_table(path, sheet="notes").header == ("secret",)
    with pytest.raises(UnknownSheet) as refusal:
        read_table(path, sheet="nothing")
    assert str(refusal.value).endswith("Its sheets are: notes, data.")


def test_a_nul_character_in_a_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet().write_column(0, 0, ["name", "a\0b"])
    book.close()

    with pytest.raises(ContainsNul):
        list(read_table(path).rows())
