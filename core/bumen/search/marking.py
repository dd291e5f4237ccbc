"""Where the words that were searched for stand in a text, as it is written."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from bumen.folding import folded, sign_folded

Marked = list[tuple[str, bool]]
"""A text in pieces, each with whether it was searched for."""


def marked(text: str, words: Iterable[str]) -> Marked:
    """Cut a text where the words occur in it, in whatever script or width they were typed."""
    plain = unicodedata.normalize("NFC", text)
    places = [at for at, sign in enumerate(plain) for _one in sign_folded(sign)]
    compared = folded(plain)
    hit = {at for word in words for at in _occurrences(compared, folded(word), places)}
    pieces = groupby(enumerate(plain), key=lambda one: one[0] in hit)
    return [("".join(sign for _at, sign in piece), is_hit) for is_hit, piece in pieces]


def occurs_in(text: str, words: Iterable[str]) -> bool:
    """Whether one of the words occurs in a text."""
    return any(is_hit for _piece, is_hit in marked(text, words))


def _occurrences(compared: str, word: str, places: list[int]) -> Iterable[int]:
    """Yield the places of all characters that belong to an occurrence of a word."""
    at = compared.find(word) if word else -1
    while at >= 0:
        yield from places[at : at + len(word)]
        at = compared.find(word, at + 1)
