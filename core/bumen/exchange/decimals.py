"""Numbers as people write them: with separators, signs, currencies and full-width digits."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal

_CURRENCY = re.compile(
    r"^(NT\$|HK\$|US\$|MOP\$|\$|¥|TWD|CNY|RMB|HKD|MOP|USD|EUR|€)\s*|\s*(元|TWD|CNY|HKD|MOP|USD|EUR|€)$",
    re.IGNORECASE,
)
_MINUS = "\u2212"


@dataclass(frozen=True)
class Notation:
    """How the numbers of a column are written."""

    decimal: str = "."
    thousands: str = ","
    percent_sign: bool = False
    _pattern: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        point, between = re.escape(self.decimal), re.escape(self.thousands)
        grouped = rf"|\d{{1,3}}(?:{between}\d{{3}})+" if self.thousands else ""
        pattern = rf"[+-]?(?:(?:\d{{1,30}}{grouped})(?:{point}\d{{0,30}})?|{point}\d{{1,30}})"
        object.__setattr__(self, "_pattern", re.compile(pattern, re.ASCII))

    def read(self, text: str) -> Decimal:
        """Return the number; `ValueError` when it is none, or written in another way."""
        if not self._pattern.fullmatch(text):
            text = self._bare(text)
        if self.thousands:
            text = text.replace(self.thousands, "")
        return Decimal(text.replace(self.decimal, "."))

    def _bare(self, text: str) -> str:
        """Take off what stands around the digits, and write them as everywhere."""
        text = _CURRENCY.sub("", unicodedata.normalize("NFKC", text).replace(_MINUS, "-").strip())
        if text.startswith("(") and text.endswith(")"):
            text = f"-{text[1:-1]}"
        if self.percent_sign:
            text = text.removesuffix("%").rstrip()
        if not self._pattern.fullmatch(text):
            raise ValueError(text)
        return text
