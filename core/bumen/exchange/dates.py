"""Dates as they are written: ISO, Chinese, in years of the Republic, or in a named format."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time

ISO, ROC = "iso", "roc"
DATE_WORDS = (ISO, ROC)
"""What may be said instead of a format."""

_ROC_BEGAN = 1911
_DAY = r"[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?"
_TIME = r"(?:[T ] *(?P<time>\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?))?"
_COMPACT = r"(?P<month>\d\d)(?P<day>\d\d)"
_REPUBLIC = r"(?:民國|民国) *(?P<year>\d{1,3})"


def _patterns(*dates: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(date + _TIME, re.ASCII) for date in dates)


_ISO_DATES = _patterns(rf"(?P<year>\d{{4}}){_DAY}", rf"(?P<year>\d{{4}}){_COMPACT}")
_SURE_ROC_DATES = _patterns(rf"{_REPUBLIC}{_DAY}", rf"(?P<year>1\d\d){_DAY}")
_ROC_DATES = _patterns(
    rf"{_REPUBLIC}{_DAY}", rf"(?P<year>\d{{1,3}}){_DAY}", rf"(?P<year>\d{{2,3}}){_COMPACT}"
)


def read_moment(text: str, *, formats: Sequence[str]) -> datetime:
    """Read a date, with a time where there is one; `ValueError` when it is in none of the formats.

    Without formats: ISO order (2026-11-21, 2026/11/21, 2026年11月21日, 20261121) and years of the
    Republic that cannot be mistaken (115/11/21, 民國99年1月5日). What can be, such as 11/21/2026,
    is read only where a format says so.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    readings = (_in_format(text, one) for one in formats) if formats else (_usual(text),)
    for found in readings:
        if found is not None:
            return found
    raise ValueError(text)


def _usual(text: str) -> datetime | None:
    return _read(text, _ISO_DATES) or _read(text, _SURE_ROC_DATES, since=_ROC_BEGAN)


def _in_format(text: str, wanted: str) -> datetime | None:
    if wanted == ISO:
        return _read(text, _ISO_DATES)
    if wanted == ROC:
        return _read(text, _ROC_DATES, since=_ROC_BEGAN)
    try:
        return datetime.strptime(text, wanted)  # noqa: DTZ007  # the company's zone comes later
    except ValueError:
        return None


def _read(text: str, patterns: Sequence[re.Pattern[str]], *, since: int = 0) -> datetime | None:
    for pattern in patterns:
        if match := pattern.fullmatch(text):
            return _moment(match, since=since)
    return None


def _moment(match: re.Match[str], *, since: int) -> datetime | None:
    year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    try:
        clock = time.fromisoformat(match["time"]) if match["time"] else time()
        return datetime.combine(date(year + since, month, day), clock)
    except ValueError:
        return None
