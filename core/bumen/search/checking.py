"""Whether the search knows every record as it is, and none that is gone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, select

from bumen.search.declared import Indexed
from bumen.search.grams import grams_of, shelf
from bumen.search.keeping import words_of
from bumen.search.models import ENTRIES

LISTED = 20
"""How many records of a kind are named."""
_BATCH = 1000


def broken_entries(connection: Connection, indexed: Indexed) -> Iterator[str]:
    """Yield what the search has wrong, in sentences."""
    for model, fields in indexed.items():
        kind = str(model.__tablename__)
        if some := list(islice(_unknown(connection, model, fields), LISTED)):
            yield f"Search of {kind}: not known as they are: {_listed(some)}."
        if some := list(connection.scalars(_left_over(model.__table__).limit(LISTED))):
            yield f"Search of {kind}: known, but not there: {_listed(some)}."


def _unknown(connection: Connection, model: type[Any], fields: tuple[str, ...]) -> Iterator[int]:
    """Yield the ids of records without an entry, or whose entry says something else."""
    query = _beside(model, fields)
    with connection.execute(query, execution_options={"yield_per": _BATCH}) as found:
        for row in found.mappings():
            words = words_of({name: row[name] for name in fields})
            sign = shelf(row["of_company"], str(model.__tablename__))
            there = (row["known_words"], row["known_grams"])
            if there != (words, grams_of(words.values(), sign=sign)):
                yield row["of_record"]


def _beside(model: type[Any], fields: tuple[str, ...]) -> Select[Any]:
    """Select records with their entries."""
    table: Table = model.__table__
    its = and_(
        ENTRIES.c.company_id == table.c.company_id,
        ENTRIES.c.kind == table.name,
        ENTRIES.c.record_id == table.c.id,
    )
    return (
        select(
            table.c.id.label("of_record"),
            table.c.company_id.label("of_company"),
            ENTRIES.c.words.label("known_words"),
            ENTRIES.c.grams.label("known_grams"),
            *(getattr(model, name).label(name) for name in fields),
        )
        .select_from(table.outerjoin(ENTRIES, its))
        .order_by(table.c.id)
    )


def _left_over(table: Table) -> Select[int]:
    there = (table.c.id == ENTRIES.c.record_id, table.c.company_id == ENTRIES.c.company_id)
    missing = ~select(table.c.id).where(*there).exists()
    query = select(ENTRIES.c.record_id).where(ENTRIES.c.kind == table.name, missing)
    return query.order_by(ENTRIES.c.record_id)


def _listed(idents: list[int]) -> str:
    return ", ".join(map(str, idents))
