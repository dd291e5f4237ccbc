"""What groups of records come to, as it is read: by their keys, by some of them, and in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bumen.errors import BusinessError
from bumen.i18n import translator
from bumen.model.describe import Kind
from bumen.reports.dimensions import Key
from bumen.reports.gathering import Reading, gathered, parts_of
from bumen.reports.questions import Checked, Most
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

MOST_CELLS = 20_000
Values = tuple[Any, ...]
Parts = tuple[Decimal, ...]
Tallies = dict[Values, Parts]


class TableIsTooWide(BusinessError):
    """The refusal of a table with more cells than anybody reads."""

    def __init__(self) -> None:
        super().__init__(
            _("This table would have too many cells. Choose other columns, or narrow it.")
        )


@dataclass
class Tallying:
    """Reads the tallies of one question; `names` are what members are called, by key and value."""

    asked: Checked
    most: Most
    names: dict[tuple[int, Any], str] = field(default_factory=dict)

    def of(self, asked: Checked) -> Tallying:
        """Return what reads another question, and learns the same names."""
        return Tallying(asked, self.most, self.names)

    def read(self, reading: Reading) -> list[Tallies]:
        """Return the cells, what the members of each dimension come to, and the whole."""
        keys = self.asked.keys
        if len(keys) == 1:
            return self._plain(reading)
        cells = self._tallies(keys, reading, limit=MOST_CELLS + 1)[0]
        if len(cells) > MOST_CELLS:
            raise TableIsTooWide
        return [cells, *(self._total(part, cells, reading) for part in (*([k] for k in keys), []))]

    def _plain(self, reading: Reading) -> list[Tallies]:
        """Return the largest members and the whole: one statement, where the whole adds up."""
        keys, adds_up = self.asked.keys, self.asked.adds_up
        limit = self.most.rows + 1 + len(reading.first)
        members, whole = self._tallies(keys, reading, limit=limit, with_whole=adds_up)
        return [members, whole if adds_up else self._total([], members, reading)]

    def _total(self, keys: Sequence[Key], cells: Tallies, reading: Reading) -> Tallies:
        """Add up the cells by some of their keys, or ask for it where they do not add up."""
        if not self.asked.adds_up:
            return self._tallies(keys, reading, limit=MOST_CELLS + 1)[0]
        places = [self.asked.keys.index(key) for key in keys]
        found: Tallies = {}
        for values, parts in cells.items():
            kept = tuple(values[place] for place in places)
            held = found.get(kept, (Decimal(0),) * len(parts))
            found[kept] = tuple(one + more for one, more in zip(held, parts, strict=True))
        return found

    def _tallies(
        self, keys: Sequence[Key], reading: Reading, *, limit: int, with_whole: bool = False
    ) -> tuple[Tallies, Tallies]:
        """Return what groups come to, and, beside it, all of them together."""
        query = gathered(self.asked, keys, reading, limit=limit, with_whole=with_whole)
        number = len(parts_of(self.asked))
        named = [place for place, key in enumerate(keys) if key.kind is Kind.REFERENCE]
        found, whole = Tallies(), Tallies()
        for row in session().execute(query):
            records, rest = row[: len(named)], row[len(named) :]
            values, parts = tuple(rest[: len(keys)]), rest[len(keys) :]
            found[values] = _exact(parts[:number])
            if with_whole:
                whole[()] = _exact(parts[number:])
            for place, record in zip(named, records, strict=True):
                at = self.asked.keys.index(keys[place])
                self.names[at, values[place]] = str(record) if record else ""
        return found, whole


def _exact(parts: Sequence[Any]) -> Parts:
    return tuple(Decimal(0 if one is None else one) for one in parts)
