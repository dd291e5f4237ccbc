"""How numbers look: patterns such as `SO-{YYYY}-{00000}`, written out and read back."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from bumen.errors import InvalidInput
from bumen.i18n import Text, translator

_ = translator(__file__, "bumen")

LONGEST_NUMBER = 40
_MOST_DIGITS = 12
_YEARLY = re.compile(r"\{YYYY\}|\{YY\}")
_MONTHLY = re.compile(r"\{MM\}")
_COUNTER = re.compile(r"\{(0+)\}")
_PART = re.compile(r"\{YYYY\}|\{YY\}|\{MM\}|\{0+\}")
_YEAR, _MONTH, _COUNT = "year", "month", "count"


class PatternIsWrong(InvalidInput):
    """The refusal of a pattern that makes no numbers, or the same one twice."""

    def __init__(self, said: Text) -> None:
        super().__init__({"pattern": [said]})


@dataclass(frozen=True)
class Read:
    """A number that was read back: the period it was given in, and which it was there."""

    period: str
    count: int


@dataclass(frozen=True)
class Pattern:
    """A pattern is how the numbers of a kind look.

    `{YYYY}` and `{YY}` are the year, `{MM}` the month, `{000}` the counter with that many digits at
    least. Counters start anew each year where the pattern holds the year, each month where it
    holds the month.
    """

    text: str

    @classmethod
    def checked(cls, text: str) -> Pattern:
        """Return a pattern that people wrote, or refuse it with the reason: `PatternIsWrong`."""
        plain = unicodedata.normalize("NFKC", text).strip()
        rest = _PART.sub("", plain)
        if "{" in rest or "}" in rest:
            raise PatternIsWrong(_("In braces, write YYYY, YY, MM, or zeros for the counter."))
        if len(_COUNTER.findall(plain)) != 1:
            raise PatternIsWrong(_("Write the counter exactly once: zeros in braces, {00000}."))
        if any(not (one.isalnum() or one in "-/._#") for one in rest):
            raise PatternIsWrong(_("Beside the braces, use letters, digits and - / . _ # only."))
        if _MONTHLY.search(plain) and not _YEARLY.search(plain):
            raise PatternIsWrong(_("A month needs its year beside it, {YY} or {YYYY}."))
        if not _is_short(found := cls(plain)):
            raise PatternIsWrong(_("This makes numbers that are too long."))
        return found

    def period(self, on: date) -> str:
        """Return the period that a day's numbers are counted in: "2026", "202611", or ""."""
        year = f"{on:%Y}" if _YEARLY.search(self.text) else ""
        return year + (f"{on:%m}" if _MONTHLY.search(self.text) else "")

    def number(self, count: int, *, on: date) -> str:
        """Write a number out."""
        dated = (
            self.text.replace("{YYYY}", f"{on:%Y}")
            .replace("{YY}", f"{on:%y}")
            .replace("{MM}", f"{on:%m}")
        )
        return _COUNTER.sub(lambda digits: f"{count:0{len(digits[1])}d}", dated)

    def read(self, number: str) -> Read | None:
        """Read a number back; None for what is no number of this pattern."""
        found = re.fullmatch(self._expression(), number)
        if found is None:
            return None
        parts = found.groupdict()
        year = parts.get(_YEAR) or ""
        century = "20" if len(year) == len("YY") else ""
        return Read(f"{century}{year}{parts.get(_MONTH) or ''}", int(parts[_COUNT]))

    def _expression(self) -> str:
        expression, place, seen = "", 0, set[str]()
        for part in _PART.finditer(self.text):
            expression += re.escape(self.text[place : part.start()])
            expression += _reading(part[0], seen)
            place = part.end()
        return expression + re.escape(self.text[place:])


def _is_short(pattern: Pattern) -> bool:
    digits = max(len(found) for found in _COUNTER.findall(pattern.text))
    longest = pattern.number(10**_MOST_DIGITS - 1, on=date(2026, 12, 31))
    return digits <= _MOST_DIGITS and len(longest) <= LONGEST_NUMBER


def _reading(part: str, seen: set[str]) -> str:
    """Return the expression that reads a part; what is said twice is read once."""
    name, digits = _COUNT, f"[0-9]{{{len(part) - 2},}}"
    if part in ("{YYYY}", "{YY}"):
        name, digits = _YEAR, f"[0-9]{{{len(part) - 2}}}"
    elif part == "{MM}":
        name, digits = _MONTH, "[0-9]{2}"
    if name in seen:
        return digits
    seen.add(name)
    return f"(?P<{name}>{digits})"
