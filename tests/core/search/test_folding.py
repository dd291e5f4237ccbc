"""Texts are compared in one script, one width and small letters, character by character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bumen.folding import folded
from bumen.search.grams import grams_of, is_exact

ALIKE = (
    ("臺灣", "台灣", "台湾"),
    ("電腦", "电脑"),
    ("ＡＢＣ１２３", "abc123", "ABC123"),
    ("乾隆", "干隆"),
    ("ﾃｽﾄ", "テスト"),
    ("cafe\u0301", "Café"),
    ("Straße", "STRASSE"),
    ("看著", "看着"),
)


@pytest.mark.parametrize("forms", ALIKE)
def test_forms_of_one_word_are_alike(forms: tuple[str, ...]) -> None:
    assert len({folded(form) for form in forms}) == 1


@pytest.mark.parametrize(("one", "other"), [("臺灣", "臺中"), ("a b", "ab"), ("O'Neil", "ONeil")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(some.text(), some.text(), some.text())
def test_what_stands_in_a_text_stands_in_it_when_both_are_folded(
    before: str, word: str, after: str
) -> None:
    """As LIKE finds it; signs that merge with what stands before them are no word's beginning."""
    text = before + word + after
    if folded(text) == folded(before) + folded(word) + folded(after):
        assert folded(word) in folded(text)
        assert all(
            one in grams_of([folded(text)], sign="x").split(" ")
            for piece in folded(word).split()
            for one in (f"x{piece[at : at + 2]}" for at in range(len(piece) - 1))
        )


@given(some.text(alphabet=some.characters(exclude_categories=["M", "Cs"])), some.integers(0, 20))
def test_texts_are_folded_character_by_character(text: str, place: int) -> None:
    assert folded(text) == folded(text[:place]) + folded(text[place:])


def test_a_pair_needs_no_second_look() -> None:
    assert [is_exact(word) for word in ("臺", "臺灣", "臺灣人", "臺 灣")] == [
        True,
        True,
        False,
        False,
    ]
