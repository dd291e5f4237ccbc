"""Records found by what people call them: a chunk's worth of names in one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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


class Lookups:
    """The records that cells have named so far, handed on so that nobody looks them up again."""

    def __init__(self) -> None:
        self.known = References()
        self._found: dict[tuple[type[Any], str, tuple[str, ...]], Records] = defaultdict(dict)

    def find(self, named: Iterable[Named]) -> None:
        """Look up everything that a chunk's cells name and that is not known yet."""
        wanted: dict[int, tuple[Finder, set[str]]] = {}
        for one in named:
            wanted.setdefault(id(one.finder), (one.finder, set()))[1].add(one.text)
        for finder, texts in wanted.values():
            self._find(finder, texts)

    def named(self, finder: Finder, text: str) -> list[Any]:
        """Return the records that a cell names: one, when all is well."""
        return self._records(finder).get(finder.typed(text), [])

    def learn(self, finder: Finder, record: Any) -> Any:
        """Remember a record; return what it is called."""
        name = getattr(record, finder.key)
        called_so = self._records(finder).setdefault(name, [])
        if record not in called_so:
            called_so.append(record)
        self.known.found[finder.model][record.id] = record
        return name

    def forget(self) -> None:
        """Make room when very many records have been named."""
        if sum(map(len, self._found.values())) > _REMEMBERED:
            self._found.clear()
            self.known.found.clear()

    def _find(self, finder: Finder, texts: Iterable[str]) -> None:
        column, here = getattr(finder.model, finder.key), seen_of(finder.model)
        missing = {finder.typed(text) for text in texts} - {None, *self._records(finder)}
        for names in _parts(sorted(missing)):
            for record in session().scalars(select(finder.model).where(column.in_(names), *here)):
                self.learn(finder, record)
        if finder.key == next(iter(finder.model.named_by), ""):
            self._find_labels(finder, missing - {*self._records(finder)})
        for name in finder.else_by:
            self._find_by(name, finder, missing - {*self._records(finder)})

    def _find_by(self, name: str, finder: Finder, texts: set[Any]) -> None:
        """Look up what the key finds nobody by: those who are called so."""
        column, here = getattr(finder.model, name), seen_of(finder.model)
        for names in _parts(sorted(one for one in texts if isinstance(one, str))):
            for record in session().scalars(select(finder.model).where(column.in_(names), *here)):
                self._records(finder).setdefault(getattr(record, name), []).append(record)
                self.known.found[finder.model][record.id] = record

    def _find_labels(self, finder: Finder, labels: set[Any]) -> None:
        """Look up what cells name as an export does, by all that names a record: "N01 North"."""
        column, here = getattr(finder.model, finder.key), seen_of(finder.model)
        named = {label: _beginnings(label) for label in labels if isinstance(label, str)}
        for names in _parts(sorted({one for some in named.values() for one in some})):
            for record in session().scalars(select(finder.model).where(column.in_(names), *here)):
                if str(record) in named:
                    self._records(finder)[str(record)] = [record]
                    self.known.found[finder.model][record.id] = record

    def _records(self, finder: Finder) -> Records:
        return self._found[finder.model, finder.key, finder.else_by]


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
