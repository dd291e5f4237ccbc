"""Entries are kept with the records: written in the unit of work that writes the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Dialect, Table, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from bumen.company.isolation import CompanySession
from bumen.documents.history import HistoryKind, Touched, noted
from bumen.folding import folded
from bumen.search.declared import Indexed
from bumen.search.grams import grams_of, shelf
from bumen.search.models import ENTRIES
from bumen.unit_of_work import current

LONGEST = 100_000
"""So many characters of a text can be searched; what follows is not found."""
_AT_ONCE = 500
Texts = Mapping[str, Any]


def keep_entries(session: CompanySession, *, company_id: int, indexed: Indexed) -> None:
    """Write the entries of what was written in this session since it was done last."""
    for model, became in _become(noted(session).unsearched(), indexed).items():
        kind = str(model.__tablename__)
        with session.no_autoflush:
            texts = became.texts | _read(session, model, indexed[model], became.changed)
            rows = [
                entry(several, company_id=company_id, kind=kind, record_id=ident)
                for ident, several in texts.items()
            ]
            if rows:
                session.execute(put(session.get_bind().dialect), rows)
            for some in _parts(became.gone):
                theirs = (ENTRIES.c.company_id == company_id, ENTRIES.c.kind == kind)
                session.execute(delete(ENTRIES).where(*theirs, ENTRIES.c.record_id.in_(some)))


def up_to_date() -> None:
    """Let the search know what the unit of work that runs now has written so far."""
    unit = current()
    here = unit.session
    if here.autoflush and (here.new or here.dirty or here.deleted or noted(here).items):
        here.flush()
        unit.neighbours.keep_search(unit)


def entry(texts: Texts, *, company_id: int, kind: str, record_id: int) -> dict[str, Any]:
    """Return the entry of a record with these texts."""
    words = words_of(texts)
    return {
        "company_id": company_id,
        "kind": kind,
        "record_id": record_id,
        "words": words,
        "grams": grams_of(words.values(), sign=shelf(company_id, kind)),
    }


def words_of(texts: Texts) -> dict[str, str]:
    """Return what is kept of texts: folded, without those that say nothing."""
    return {name: folded(text)[:LONGEST] for name, text in texts.items() if text}


def put(dialect: Dialect) -> Any:
    """Return the statement that writes entries, over those that are there."""
    new = insert_into(ENTRIES, dialect)
    there = ("company_id", "kind", "record_id")
    return new.on_conflict_do_update(
        index_elements=there, set_={"words": new.excluded.words, "grams": new.excluded.grams}
    )


def insert_into(table: Table, dialect: Dialect) -> Any:
    """Return an INSERT that can say what is done about rows that are there."""
    insert: Any = sqlite.insert if dialect.name == "sqlite" else postgresql.insert
    return insert(table)


def forget_entries(connection: Any, *, company_id: int, prefix: str) -> None:
    """Delete the entries of all kinds whose tables begin so: a department was purged."""
    theirs = ENTRIES.c.kind.startswith(prefix, autoescape=True)
    connection.execute(delete(ENTRIES).where(ENTRIES.c.company_id == company_id, theirs))


@dataclass
class Became:
    """What became of the records of a model: what those say that were made, and the others."""

    texts: dict[int, Texts] = field(default_factory=dict)
    changed: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)

    def take(self, item: Touched, fields: tuple[str, ...]) -> None:
        """Add what became of one record."""
        now = {name: item.differences[name][1] for name in fields if name in item.differences}
        if item.kind is HistoryKind.DELETED:
            self.texts.pop(item.ident, None)
            self.changed.discard(item.ident)
            self.gone.add(item.ident)
        elif item.kind is HistoryKind.MADE:
            self.texts[item.ident] = now
        elif item.ident in self.texts:
            self.texts[item.ident] = {**self.texts[item.ident], **now}
        elif now:
            self.changed.add(item.ident)


def _become(items: Iterable[Any], indexed: Indexed) -> dict[type[Any], Became]:
    found: dict[type[Any], Became] = {}
    for item in items:
        if isinstance(item, Touched) and item.model in indexed:
            found.setdefault(item.model, Became()).take(item, indexed[item.model])
    return found


def _read(
    session: CompanySession, model: type[Any], fields: tuple[str, ...], idents: Iterable[int]
) -> dict[int, Texts]:
    """Return what records say now, however they were changed."""
    columns = [getattr(model, name).label(name) for name in fields]
    found: dict[int, Texts] = {}
    for some in _parts(idents):
        query = select(model.id.label("id"), *columns).where(model.id.in_(some))
        rows = session.execute(query).mappings()
        found |= {row["id"]: {name: row[name] for name in fields} for row in rows}
    return found


def _parts(idents: Iterable[int]) -> Iterator[list[int]]:
    several = sorted(idents)
    for start in range(0, len(several), _AT_ONCE):
        yield several[start : start + _AT_ONCE]
