"""Finding records by their words in whatever somebody may read, for the palette and the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Select, literal, select, union_all

from bumen.listing import some_found, words_in
from bumen.reading import only_names
from bumen.resource import READ, Resource
from bumen.unit_of_work import company_now, current, session
from bumen.visibility import as_seen, seen
from bumen.web.house import registry
from bumen.web.security import allowed

LONGEST = 200
"""So many characters are searched for."""


@dataclass(frozen=True, kw_only=True)
class Hits:
    """What was found of one resource: its first records, and whether there are more."""

    resource: type[Resource]
    records: Sequence[Any]
    goes_on: bool


def searchable() -> list[type[Resource]]:
    """Return what may be found here: it is on, somebody may read it, and it can be searched."""
    every = registry().resources.values()
    on = [as_seen(one) for one in every if one.plugin() in current().on]
    return [one for one in on if one.searched() and allowed(READ, one.permission())]


def found_everywhere(words: str, *, most: int, options: Any = None) -> Iterator[Hits]:
    """Yield what the words are found in: one statement for all, and one for each with records.

    `options` says what is loaded of a resource's records; default: what names them.
    """
    resources = {one.key(): one for one in searchable()} if is_enough(words) else {}
    idents: dict[str, list[int]] = {}
    if resources:
        parts = (_first(one, words, most + 1) for one in resources.values())
        for key, ident in session().execute(_together(parts)):
            idents.setdefault(key, []).append(ident)
    for key, resource in resources.items():
        if some := idents.get(key):
            goes_on = len(some) > most
            loaded = [only_names(resource.model)] if options is None else options(resource)
            query = _ordered(resource).options(*loaded).where(resource.model.id.in_(some))
            records = session().scalars(query.limit(most)).all()
            yield Hits(resource=resource, records=records, goes_on=goes_on)


def is_enough(words: str) -> bool:
    """Whether words say enough to search for: two letters, or one Chinese character."""
    said = "".join(words_in(words))
    return len(said) > 1 or (len(said) == 1 and not said.isascii())


def _first(resource: type[Resource], words: str, most: int) -> Select[Any]:
    """Select the first records of a resource: its key, and their ids."""
    model = resource.model
    here = model.company_id == company_now().id
    some = some_found(resource, words, among=(here, *seen(resource))).subquery()
    found: Any = _ordered(resource).with_only_columns(
        literal(resource.key()).label("key"), model.id.label("id")
    )
    return cast(Select[Any], found.join(some, some.c.id == model.id).where(here).limit(most))


def _ordered(resource: type[Resource]) -> Select[Any]:
    model = resource.model
    return select(model).order_by(*(getattr(model, name) for name in model.named_by[:1]), model.id)


def _together(parts: Iterable[Select[Any]]) -> Any:
    tables = [part.subquery() for part in parts]
    return union_all(*(select(one.c.key, one.c.id) for one in tables))
