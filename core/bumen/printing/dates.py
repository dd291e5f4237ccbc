"""How days are written on papers: by the common era, or by the years of the Republic of China."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bumen.formats import Formats

_BEFORE_THE_FIRST = 1911
_ROC_LANGUAGE = "zh_Hant"


@dataclass(frozen=True, kw_only=True)
class PaperFormats(Formats):
    """Paper formats are how the reader of a paper reads; in Taiwan perhaps by years of its own."""

    roc_years: bool = False

    def day(self, day: date) -> str:
        """Write a day: 2026/11/21, or 民國 115 年 11 月 21 日."""
        year = day.year - _BEFORE_THE_FIRST
        if not self.roc_years or self.language != _ROC_LANGUAGE or year < 1:
            return super().day(day)
        return f"民國 {year} 年 {day.month} 月 {day.day} 日"
