"""Which records words occur in: what the grams answer, exact like LIKE.

It can be asked in two ways. The entries lead to the records: dear where very many have the words.
Or each record is looked at on its way, as LIKE would: cheap where the first that one meets have
them. Whoever reads a list decides (`bumen.listing.near`).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    column,
    false,
    func,
    or_,
    select,
    table,
    true,
    union,
    union_all,
)
from sqlalchemy.orm import aliased

from bumen.folding import folded
from bumen.model.describe import fields_of
from bumen.resource import Resource
from bumen.search.declared import Place, has_entries, places_of
from bumen.search.grams import full_text_index, holds_grams, is_exact, shelf
from bumen.search.models import ENTRIES
from bumen.unit_of_work import current

OFTEN = 2000
"""Words that so many records have are frequent: whoever reads a list meets them soon."""

_TABLE = table(ENTRIES.name, *(column(one.name, one.type) for one in ENTRIES.c))
_ENTRY = _TABLE.c


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is sought: folded words, each of which must occur in one of the places of a record."""

    model: type[Any]
    places: tuple[Place, ...]
    words: tuple[str, ...]

    def found(self) -> Any:
        """Select the ids of the records, each once, as the entries lead to them."""
        several = self.found_by_place()
        return several[0] if len(several) == 1 else union(*several)

    def found_by_place(self) -> list[Select[int]]:
        """Select the ids by each place: none of them has to wait for all that another finds."""
        return [self._by(place) for place in self.places]

    def found_first(self) -> Any:
        """Select the same, and keep PostgreSQL from going through the list for it all the same."""
        return self.found() if _is_sqlite() else self.found().offset(0)

    def condition(self) -> ColumnElement[bool]:
        """Say that a record is one of those that the entries lead to."""
        every = _together(self.found_by_place())
        here: ColumnElement[bool] = self.model.id.in_(every)
        return here

    def looked_at(self) -> ColumnElement[bool]:
        """Say the same of a record one has before oneself: its entries are read one by one."""
        return and_(
            *(or_(*(self._holds(place, one) for place in self.places)) for one in self.words)
        )

    def is_frequent(self) -> ColumnElement[bool]:
        """Say that many records may have it; nothing is counted beyond `OFTEN`.

        A single letter or digit is taken for frequent: to gather its pairs takes long.
        """
        if any(len(word) == 1 and word.isascii() for word in self.words):
            return true()
        several = [self._by(place, is_rough=True) for place in self.places]
        some = _together(several).limit(OFTEN).subquery()
        return select(func.count()).select_from(some).scalar_subquery() >= OFTEN

    def _by(self, place: Place, *, is_rough: bool = False) -> Select[int]:
        """Select the records themselves, or those that refer to what is found."""
        entries = _entries_holding(str(place.model.__tablename__), " ".join(self.words))
        unsure = () if is_rough else [one for one in self.words if not _is_told(place, one)]
        entries = entries.where(*(_written(place.fields, one) for one in unsure))
        if not place.reference:
            return entries
        other: Any = aliased(self.model)
        known = entries.subquery()
        return select(other.id).join(known, known.c.record_id == self._key(place, other))

    def _holds(self, place: Place, word: str) -> ColumnElement[bool]:
        kind = str(place.model.__tablename__)
        theirs = (
            _ENTRY.company_id == _company_id(),
            _ENTRY.kind == kind,
            _ENTRY.record_id == self._key(place, self.model),
        )
        if _is_told(place, word):
            holds: Any = _ENTRY.grams.contains(shelf(_company_id(), kind) + word, autoescape=True)
        else:
            holds = _written(place.fields, word)
        query = select(holds).where(*theirs).correlate(self.model)
        return query.scalar_subquery() == true()

    def _key(self, place: Place, model: Any) -> Any:
        name = fields_of(self.model)[place.reference].key if place.reference else "id"
        return getattr(model, name)


def sought_in(
    resource: type[Resource], words: Sequence[str]
) -> tuple[list[Sought], list[ColumnElement[bool]]]:
    """Return what is sought by the entries, and what only the records themselves can tell."""
    model, places = resource.model, places_of(resource)
    by_entries = all(has_entries(place.model) for place in places)
    known = [folded(one) for one in words if by_entries and folded(one).split()]
    others = [one for one in words if not (by_entries and folded(one).split())]
    alone = len(places) == 1 and not places[0].reference
    together = [tuple(known)] if alone and known else [(one,) for one in known]
    sought = [Sought(model=model, places=places, words=some) for some in together]
    return sought, [_occurs(resource, one) for one in others]


def contains(model: type[Any], field: str, text: str) -> Sought | None:
    """Return what is sought where a text occurs in one field; None where no entry tells."""
    word = folded(text)
    if field not in current().neighbours.indexed.get(model, ()) or not word.split():
        return None
    return Sought(model=model, places=(Place(model=model, fields=(field,)),), words=(word,))


def _entries_holding(kind: str, word: str) -> Select[int]:
    """Select the records of a kind whose entries have all grams of these words: the index leads.

    SQLite would read all entries of the company if it could; what is added to a column keeps it
    from that.
    """
    company_id = _company_id()
    query = select(_ENTRY.record_id)
    if not _is_sqlite():
        return query.where(holds_grams(_ENTRY, company_id=company_id, kind=kind, word=word))
    index = full_text_index(word, sign=shelf(company_id, kind))
    theirs = (_ENTRY.company_id + 0 == company_id, _ENTRY.kind.concat("") == kind)
    there = _ENTRY.id == index.c.rowid + 0
    return query.select_from(index).join(_TABLE, there).where(*theirs)


def _is_told(place: Place, word: str) -> bool:
    """Whether the grams alone tell: the word is one of them, and no other field is known."""
    known = current().neighbours.indexed.get(place.model, ())
    return is_exact(word) and set(known) <= set(place.fields)


def _together(several: list[Select[int]]) -> Any:
    return several[0] if len(several) == 1 else union_all(*several)


def _written(fields: Collection[str], word: str) -> ColumnElement[bool]:
    texts = (_ENTRY.words[name].as_string() for name in fields)
    return or_(*(one.contains(word, autoescape=True) for one in texts))


def _is_sqlite() -> bool:
    return bool(current().session.get_bind().dialect.name == "sqlite")


def _company_id() -> int:
    company = current().company
    return company.id if company else 0


def _occurs(resource: type[Resource], word: str) -> ColumnElement[bool]:
    """Say that a word occurs, where some of the records that are searched have no entries."""
    model, sought = resource.model, folded(word)
    found = []
    for place in places_of(resource):
        if has_entries(place.model) and sought.split():
            found.append(Sought(model=model, places=(place,), words=(sought,)).condition())
        else:
            found.append(_written_in(model, place, word))
    return or_(false(), *found)


def _written_in(model: type[Any], place: Place, word: str) -> ColumnElement[bool]:
    """Say that a word is written in the fields themselves."""
    there: Any = place.model
    texts = (getattr(there, name).icontains(word, autoescape=True) for name in place.fields)
    found = or_(*texts)
    return getattr(model, place.reference).has(found) if place.reference else found
