"""Ways to reach whom or what a value names: to write, to call, to open."""

from __future__ import annotations

import re

from bumen.model.describe import Kind
from bumen.web.cells import Cell

_MAIL = re.compile(r"[^@\s<>\"?&]+@[^@\s<>\"?&]+\.[^@\s<>\"?&]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(/[^\s<>\"]*)?", re.IGNORECASE)
_CALL = re.compile(r"\+?[(0-9][0-9 ()/-]{4,}[0-9]")
_CALLED = {"phone", "mobile", "telephone"}
_OPENED = {"website"}


def reach_of(cell: Cell) -> str:
    """Return the address that a value leads to: `mailto:`, `tel:` or a web page; "" for others.

    What looks like a number may be a code, so that only fields named for it are called.
    """
    described, text = cell.column.described, cell.text
    if described.kind is not Kind.TEXT or cell.is_empty:
        return ""
    if _MAIL.fullmatch(text):
        return f"mailto:{text}"
    if _ADDRESS.fullmatch(text):
        return text
    if described.name in _OPENED and _BARE_ADDRESS.fullmatch(text):
        return f"https://{text}"
    if described.name in _CALLED and _CALL.fullmatch(text):
        return "tel:" + re.sub(r"[^0-9+]", "", text)
    return ""
