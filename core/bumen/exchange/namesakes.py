"""Who is called what in a file whose rows refer to one another: of two of one name nobody is meant.

The whole file is looked at before its first row is taken. Otherwise it would depend on where a row
stands whether a second of that name is known already.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from bumen.exchange.cells import Row, filled_up, text_of
from bumen.exchange.conversions import Unfit
from bumen.exchange.plan import Finder, Plan, PlannedField

_Ident = tuple[Any, Any]


class Namesakes:
    """Knows the names that the rows of a file give their records."""

    def __init__(self, plan: Plan, *, finders: Iterable[Finder]) -> None:
        self._names: dict[tuple[str, tuple[str, ...]], _Names] = {}
        planned = {one.field.name: one for one in plan.fields}
        for finder in finders:
            names = [planned[name] for name in finder.else_by if name in planned]
            if names and _place(finder) not in self._names:
                key = next((one for one in plan.fields if one.key == finder.key), None)
                self._names[_place(finder)] = _Names(plan, names, key=key)

    def meant(self, finder: Finder, text: str, *, there: Sequence[Any]) -> Sequence[Any] | None:
        """Return whom of those `there` a name means, nobody for one to come; None for several."""
        names, name = self._names.get(_place(finder)), finder.called(text)
        if names is None or name is None:
            return there
        return [] if names.has_key(finder.typed(text)) else names.meant(name, there=there)


class _Names:
    """The names of a file, each with what tells the rows that have it: their keys, if they say."""

    def __init__(self, plan: Plan, names: list[PlannedField], *, key: PlannedField | None) -> None:
        self._plan, self._key = plan, key
        self._rows: set[_Ident] = set()
        self._of: dict[str, set[_Ident]] = defaultdict(set)
        width = len(plan.table.header)
        for row in (filled_up(one, width) for one in plan.table.rows()):
            ident = self._ident(row)
            self._rows.add(ident)
            for name in _said(names, row):
                self._of[name].add(ident)

    def has_key(self, key: Any) -> bool:
        """Whether a row has this key."""
        return key is not None and (key, None) in self._rows

    def meant(self, name: str, *, there: Sequence[Any]) -> Sequence[Any] | None:
        """Return whom of those `there` a name means; what the file says of somebody counts."""
        here = self._of.get(name, set())
        if self._key is None or any(key is None for key, _place in here):
            return there if len(here) < 2 else None
        known = {(getattr(one, self._key.key), None): one for one in there}
        meant = here | known.keys() - self._rows
        return None if len(meant) > 1 else [known[one] for one in meant if one in known]

    def _ident(self, row: Row) -> _Ident:
        key = None if self._key is None else next(_said([self._key], row), None)
        if key is not None:
            return key, None
        together = tuple(text_of(row.cells[place]) for place in self._plan.group_by)
        return None, together or row.number


def _place(finder: Finder) -> tuple[str, tuple[str, ...]]:
    return finder.key, finder.else_by


def _said(fields: Iterable[PlannedField], row: Row) -> Iterator[Any]:
    """Yield what a row says to some fields, as far as it can be read."""
    for field in fields:
        try:
            value = field.read(row.cells)
        except Unfit:
            continue
        typed = None if value is None else field.typed(value)
        if typed is not None:
            yield typed
