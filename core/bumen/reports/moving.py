"""What was before, put beside what it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from bumen.listing import Span
from bumen.reports.comparing import Shift, span_of
from bumen.reports.dimensions import Key
from bumen.reports.questions import Checked
from bumen.reports.tallies import Tallies


@dataclass(frozen=True)
class Moving:
    """Moves tallies of days that lie back to the spans of time they are compared with."""

    question: Checked
    shift: Shift

    @property
    def asked(self) -> Checked:
        """What is asked of those days: by day, where spans as a whole are compared with none."""
        return replace(self.question, keys=tuple(self._apart(key) for key in self.question.keys))

    def moved(self, place: int, tallies: Tallies) -> Tallies:
        """Return the tallies at a place where they belong; what meets there is added up.

        The 29th, 30th and 31st of a month are compared with the 28th of a shorter one.
        """
        keys = self._keys_at(place)
        found: Tallies = {}
        for values, parts in tallies.items():
            there = tuple(self._forth(*one) for one in zip(keys, values, strict=True))
            held = found.get(there, (Decimal(0),) * len(parts))
            found[there] = tuple(one + more for one, more in zip(parts, held, strict=True))
        return found

    def _keys_at(self, place: int) -> Sequence[Key]:
        """Return the keys of the tallies at a place: the cells, each dimension, the whole."""
        keys = self.question.keys
        if place == 0:
            return keys
        return [keys[place - 1]] if len(keys) > 1 and place <= len(keys) else []

    def _apart(self, key: Key) -> Key:
        if key.span is None or not self._is_of_day(key) or self.shift.moves(key.span):
            return key
        return replace(key, span=Span.DAY)

    def _forth(self, key: Key, value: Any) -> Any:
        if key.span is None or value is None or not self._is_of_day(key):
            return value
        if self.shift.moves(key.span):
            return self.shift.forth(key.span, value)
        return span_of(key.span, self.shift.forth(Span.DAY, value))

    def _is_of_day(self, key: Key) -> bool:
        return key.path.name == self.question.analysis.day
