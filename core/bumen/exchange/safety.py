"""Texts in files that spreadsheets open: no formula starts by itself, no sign breaks the file.

A text that begins like a formula gets an apostrophe before it, as people type it themselves; so
does one that already has such an apostrophe, so that an import gets every text back as it was.
"""

from __future__ import annotations

import re

STARTS = "=+-@\t\r＝＋－＠"
"""What spreadsheets take for the beginning of a formula, in full width too."""
_DANGEROUS = re.compile(rf"'*[{re.escape(STARTS)}]")
_DEFUSED = re.compile(rf"'+[{re.escape(STARTS)}]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """Leave out what no file of this kind can hold: control characters and half characters."""
    return _UNSTORABLE.sub("", text)


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return text.startswith(tuple(STARTS))


def defused(text: str) -> str:
    """Put an apostrophe before what begins like a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def as_it_was(text: str) -> str:
    """Take away the apostrophe before what begins like a formula."""
    return text[1:] if _DEFUSED.match(text) else text
