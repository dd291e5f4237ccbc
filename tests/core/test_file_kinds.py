"""Only what offices exchange is attached, and only what is what its name says."""

from __future__ import annotations

import io

import pytest

from bumen.documents.attachments import LONGEST_NAME, tidy_name
from bumen.documents.file_kinds import FileIsNotWhatItSays, FileKindIsRefused, kind_of_file
from tests.core.attached import DOCX, PDF, PNG, TEXT, XLSX, archive

LETTER = "統一編號,名稱\n12345675,茶行\n"


def kind(name: str, content: bytes) -> str:
    return kind_of_file(name, io.BytesIO(content)).mimetype


@pytest.mark.parametrize(
    ("name", "content", "mimetype"),
    [
        ("合約.pdf", PDF, "application/pdf"),
        ("照片.PNG", PNG, "image/png"),
        ("p.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 30, "image/jpeg"),
        ("p.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + b"\x00" * 30, "image/webp"),
        ("p.heic", b"\x00\x00\x00\x24ftypmif1\x00\x00\x00\x00mif1heic", "image/heic"),
        ("名單.csv", LETTER.encode("big5"), "text/csv"),
        ("名单.csv", LETTER.encode("gb18030"), "text/csv"),
        ("名單.csv", LETTER.encode("utf-16"), "text/csv"),
        ("發票.ofd", archive("OFD.xml"), "application/ofd"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 64, "application/vnd.ms-excel"),
        ("all.zip", archive("a.txt"), "application/zip"),
    ],
)
def test_a_file_is_what_its_content_says(name: str, content: bytes, mimetype: str) -> None:
    assert kind(name, content) == mimetype


def test_office_files_are_told_apart_by_what_lies_in_them() -> None:
    assert kind("a.docx", DOCX).endswith("wordprocessingml.document")
    assert kind("a.xlsx", XLSX).endswith("spreadsheetml.sheet")
    with pytest.raises(FileIsNotWhatItSays):
        kind("a.docx", XLSX)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("run.pdf", b"MZ\x90\x00" + b"\x00" * 64),
        ("page.png", b"<html><script>alert(1)</script></html>"),
        ("macro.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin")),
        ("broken.docx", b"PK\x03\x04 and no more"),
        ("binary.txt", b"abc\x00def"),
        ("text.zip", b"just text"),
        ("x.mp4", PDF),
    ],
)
def test_a_file_that_is_something_else_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileIsNotWhatItSays):
        kind(name, content)


@pytest.mark.parametrize(
    "name", ["a.html", "a.svg", "a.js", "a.exe", "a.bat", "a.xlsm", "a", "a.pdf.sh", ".pdf"]
)
def test_what_could_run_is_never_let_in(name: str) -> None:
    with pytest.raises(FileKindIsRefused):
        kind(name, TEXT)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("合約 第一版.pdf", "合約 第一版.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\檔案\\發票.pdf", "發票.pdf"),
        ("harmless\u202efdp.exe", "harmlessfdp.exe"),
        ("a\nb\x00.txt", "ab.txt"),
        ("   ", "file"),
        ("長" * 300 + ".pdf", "長" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_names_keep_their_script_and_lose_what_is_hidden(given: str, kept: str) -> None:
    assert tidy_name(given) == kept
