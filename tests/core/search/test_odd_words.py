"""Whatever is typed gets a sensible answer: signs stand for themselves, and length does no harm."""

from __future__ import annotations

import pytest

from tests.core.search.conftest import Desk

KEY = "base.categories"
FAMILY = "👨‍👩‍👧"
NAMES = (
    "100% 羊毛",
    "100 羊毛",
    "a_b",
    "axb",
    "C:\\tmp\\茶",
    'the "good" one',
    "O'Neil",
    "AND OR NOT NEAR",
    "茶（特級）、禮盒",
    "😀 茶",
    f"{FAMILY} 家庭號",
    "ＡＢＣ－１２３",
    "a* b& c| !d (e) <f> ^g ~h {i} :j",
    "ﾃｽﾄ",
    "x" * 100,
)


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    """A desk with categories of odd names, in the order of `NAMES`."""
    for name in NAMES:
        desk.category(name)
    return desk


def named(desk: Desk, words: str) -> list[str]:
    """Return what is found by search, which a filter of the name finds too."""
    found = desk.found(KEY, words)
    if len(words.split()) == 1:
        assert desk.filtered(KEY, "name", "ct", words.strip()) == found
    return [NAMES[ident - 1] for ident in found]


@pytest.mark.parametrize(
    ("words", "hits"),
    [
        ("%", ["100% 羊毛"]),
        ("100%", ["100% 羊毛"]),
        ("％", ["100% 羊毛"]),
        ("_", ["a_b"]),
        ("a_b", ["a_b"]),
        ("\\", ["C:\\tmp\\茶"]),
        ("\\tmp\\茶", ["C:\\tmp\\茶"]),
        ('"', ['the "good" one']),
        ('"good"', ['the "good" one']),
        ("'", ["O'Neil"]),
        ("o'neil", ["O'Neil"]),
        ("AND", ["AND OR NOT NEAR"]),
        ("or not", ["AND OR NOT NEAR"]),
        ("（", ["茶（特級）、禮盒", "a* b& c| !d (e) <f> ^g ~h {i} :j"]),
        ("(特级)", ["茶（特級）、禮盒"]),
        ("、", ["茶（特級）、禮盒"]),
        ("😀", ["😀 茶"]),
        ("😀 茶", ["😀 茶"]),
        (FAMILY, [f"{FAMILY} 家庭號"]),
        ("123", ["ＡＢＣ－１２３"]),
        ("１２３", ["ＡＢＣ－１２３"]),
        ("abc-123", ["ＡＢＣ－１２３"]),
        ("*", ["a* b& c| !d (e) <f> ^g ~h {i} :j"]),
        (":j", ["a* b& c| !d (e) <f> ^g ~h {i} :j"]),
        ("a* {i} <f>", ["a* b& c| !d (e) <f> ^g ~h {i} :j"]),
        ("テスト", ["ﾃｽﾄ"]),
        ("羊", ["100% 羊毛", "100 羊毛"]),
        ("羊毛", ["100% 羊毛", "100 羊毛"]),
        ("x" * 100, ["x" * 100]),
        ("x" * 101, []),
        ("🐳", []),
    ],
)
def test_signs_stand_for_themselves(shelf: Desk, words: str, hits: list[str]) -> None:
    assert named(shelf, words) == hits


@pytest.mark.parametrize(
    "words",
    [
        "x" * 2000,
        "".join(chr(0x4E00 + at) for at in range(2000)),
        "😀" * 2000,
        " ".join("xy" for _at in range(2000)) + " 茶",
        "'\"\\%_" * 400,
        "\u200b" * 2000,
    ],
)
def test_two_thousand_signs_find_nothing_and_do_no_harm(shelf: Desk, words: str) -> None:
    assert shelf.found(KEY, words) == []
    assert shelf.filtered(KEY, "name", "ct", words) == []


def test_a_long_text_is_found_by_all_of_it_only(desk: Desk) -> None:
    long = "".join(chr(0x4E00 + at) for at in range(120))
    ident = desk.category(long)

    assert desk.found(KEY, long[:100]) == desk.found(KEY, long) == [ident]
    assert desk.found(KEY, f"{long[:99]}龘") == []
    assert desk.filtered(KEY, "name", "ct", long) == [ident]
