"""Records found by what people call them: a chunk's worth of names in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select, tuple_

from bumen.exchange.drafts import Named
from bumen.exchange.plan import Finder, PlannedField
from bumen.records.references import References
from bumen.unit_of_work import session
from bumen.visibility import seen_of

_AT_ONCE = 500
_REMEMBERED = 20_000
_MOST_WORDS = 8

Records = dict[Any, list[Any]]


@dataclass(slots=True)
class _Called:
    """What records are called by: their key, all that names them together, another of their names.

    The first of these by which anybody is found counts.
    """

    by_key: Records = field(default_factory=dict)
    by_label: Records = field(default_factory=dict)
    by_name: Records = field(default_factory=dict)

    def named(self, finder: Finder, text: str) -> list[Any]:
        """Return whom a cell means."""
        found = self.by_key.get(finder.typed(text))
        name = finder.called(text) or ""
        return found or self.by_label.get(name) or self.by_name.get(name) or []

    def __len__(self) -> int:
        return len(self.by_key) + len(self.by_label) + len(self.by_name)


class Lookups:
    """The records that cells have named so far, handed on so that nobody looks them up again."""

    def __init__(self) -> None:
        self.known = References()
        self._found: dict[tuple[type[Any], str, tuple[str, ...]], _Called] = defaultdict(_Called)

    def find(self, named: Iterable[Named]) -> None:
        """Look up everything that a chunk's cells name and that is not known yet."""
        wanted: dict[int, tuple[Finder, set[str]]] = {}
        for one in named:
            wanted.setdefault(id(one.finder), (one.finder, set()))[1].add(one.text)
        for finder, texts in wanted.values():
            self._find(finder, texts)

    def named(self, finder: Finder, text: str) -> list[Any]:
        """Return the records that a cell names: one, when all is well."""
        return self._called(finder).named(finder, text)

    def is_key(self, finder: Finder, text: str) -> bool:
        """Whether a cell names somebody by a key, or by all that names a record."""
        called = self._called(finder)
        return finder.typed(text) in called.by_key or finder.called(text) in called.by_label

    def forget(self) -> None:
        """Make room when very many records have been named."""
        if sum(map(len, self._found.values())) > _REMEMBERED:
            self._found.clear()
            self.known.found.clear()

    def forget_names(self, model: type[Any]) -> None:
        """Forget who of a model is called what: some have just been made, or are called otherwise.

        So it makes no difference whether a name was asked for before.
        """
        for place in [one for one in self._found if one[0] is model]:
            del self._found[place]

    def _find(self, finder: Finder, texts: Iterable[str]) -> None:
        called, key = self._called(finder), finder.key
        left = {text for text in texts if not called.named(finder, text)}
        typed = {finder.typed(text) for text in left} - {None}
        for record in self._selected(finder, key, typed):
            called.by_key.setdefault(getattr(record, key), []).append(record)
        if key == next(iter(finder.model.named_by), ""):
            self._find_labels(finder, _unmet(left, finder, called))
        for name in finder.else_by:
            for record in self._selected(finder, name, _unmet(left, finder, called)):
                called.by_name.setdefault(getattr(record, name), []).append(record)

    def _find_labels(self, finder: Finder, labels: set[str]) -> None:
        """Look up what cells name as an export does, by all that names a record: "N01 North"."""
        keys = {finder.typed(one) for label in labels for one in _beginnings(label)} - {None}
        for record in self._selected(finder, finder.key, keys):
            if str(record) in labels:
                self._called(finder).by_label[str(record)] = [record]

    def _selected(self, finder: Finder, name: str, wanted: Iterable[Any]) -> Iterator[Any]:
        """Yield the records that have one of these values, as far as they may be seen."""
        column, here = getattr(finder.model, name), seen_of(finder.model)
        for some in _parts(sorted(wanted)):
            for record in session().scalars(select(finder.model).where(column.in_(some), *here)):
                self.known.found[finder.model][record.id] = record
                yield record

    def _called(self, finder: Finder) -> _Called:
        return self._found[finder.model, finder.key, finder.else_by]


def _unmet(texts: Iterable[str], finder: Finder, called: _Called) -> set[str]:
    """Return what is said in cells of those whom nobody has been found by yet."""
    names = (finder.called(text) for text in texts if not called.named(finder, text))
    return {name for name in names if name is not None}


def key_of(values: dict[str, Any], *, fields: Sequence[PlannedField]) -> tuple[Any, ...] | None:
    """Return the key of a record as the database knows it; None when a part of it is missing."""
    key = tuple(planned.typed(values.get(planned.key)) for planned in fields)
    return None if not key or None in key else key


def existing_records(
    keys: Iterable[tuple[Any, ...]], *, model: type[Any], fields: Sequence[PlannedField]
) -> Records:
    """Find the records that have one of these keys."""
    columns = [getattr(model, planned.key) for planned in fields]
    found: Records = {}
    for part in _parts(list(keys)):
        one_of = tuple_(*columns).in_(part)
        if len(columns) == 1:
            one_of = columns[0].in_([name for (name,) in part])
        for record in session().scalars(select(model).where(one_of)):
            found.setdefault(tuple(getattr(record, c.key) for c in columns), []).append(record)
    return found


def _beginnings(label: str) -> list[str]:
    """Return what comes before each of the first spaces in a label."""
    words = label.split(" ", maxsplit=_MOST_WORDS)
    return [" ".join(words[:count]) for count in range(1, len(words))]


def _parts(names: list[Any]) -> Iterator[list[Any]]:
    return (names[start : start + _AT_ONCE] for start in range(0, len(names), _AT_ONCE))
