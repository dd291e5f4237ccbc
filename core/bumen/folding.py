"""Texts as a search compares them: one script, one width, small letters.

Each character is folded for itself, so that a word that stands in a text still stands in it when
both are folded: whatever LIKE finds is found.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache

from opencc import OpenCC

_UNSEEN = "\ufffd"
"""What stands for signs that are not seen."""
_VARIANTS = {"着": "著"}
"""What OpenCC leaves as it is, since only the words around it tell which one is meant."""


def folded(text: str) -> str:
    """Return a text as it is compared: 臺灣, 台灣 and 台湾 are one, so are ＡＢＣ and abc."""
    return unicodedata.normalize("NFC", text).translate(_FOLDS)


def words_stand_in(texts: Iterable[str | None], words: str) -> bool:
    """Whether each word stands in one of these texts, in whatever script and width."""
    compared = [folded(one) for one in texts if one]
    return all(any(word in one for one in compared) for word in folded(words).split())


def sign_folded(sign: str) -> str:
    """Return one character as it is compared; it may become several."""
    return _FOLDS[ord(sign)]


class _Folds(dict[int, str]):
    """How each character is folded, worked out when it is met first."""

    def __missing__(self, code: int) -> str:
        self[code] = found = _fold(chr(code))
        return found


_FOLDS = _Folds()


def _fold(sign: str) -> str:
    if unicodedata.category(sign) == "Cc" and not sign.isspace():
        return _UNSEEN
    plain = unicodedata.normalize("NFKC", sign).casefold()
    return "".join(_VARIANTS.get(one, one) for one in map(_simplified, plain))


def _simplified(sign: str) -> str:
    return sign if sign.isascii() else _t2s().convert(sign)


@cache
def _t2s() -> OpenCC:
    """Return OpenCC's own table from Traditional to Simplified, read when it is needed first."""
    return OpenCC("t2s")
