"""What was searched for is marked where it stands, as it is written there."""

from __future__ import annotations

import pytest

from bumen.search.marking import marked, occurs_in


@pytest.mark.parametrize(
    ("text", "words", "hits"),
    [
        ("臺灣電子", ["台湾"], ["臺灣"]),
        ("ＡＢＣ 公司", ["abc"], ["ＡＢＣ"]),
        ("Straße 9", ["STRASSE"], ["Straße"]),
        ("aaa", ["aa"], ["aaa"]),
        ("green tea, tea", ["tea", "gr"], ["gr", "tea", "tea"]),
        ("nothing", ["tea"], []),
        ("", ["tea"], []),
    ],
)
def test_words_are_marked_in_the_script_of_the_text(
    text: str, words: list[str], hits: list[str]
) -> None:
    pieces = marked(text, words)

    assert [piece for piece, is_hit in pieces if is_hit] == hits
    assert "".join(piece for piece, _is_hit in pieces) == text
    assert occurs_in(text, words) == bool(hits)
