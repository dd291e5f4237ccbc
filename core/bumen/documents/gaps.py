"""Whether every number of a gapless kind is accounted for: by a document, or by its deletion."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, select

from bumen.company.models import Company
from bumen.documents.history.models import HistoryEntry, HistoryKind
from bumen.documents.numbering import CompanyNumbering, Numbering, Sequence
from bumen.documents.patterns import Pattern

LISTED = 20
"""How many gaps of one kind and period are named."""
_BATCH = 10_000
_NUMBERINGS: Table = CompanyNumbering.metadata.tables[CompanyNumbering.__tablename__]
_SEQUENCES: Table = Sequence.metadata.tables[Sequence.__tablename__]
_ENTRIES: Table = HistoryEntry.metadata.tables[HistoryEntry.__tablename__]
_COMPANIES: Table = Company.metadata.tables[Company.__tablename__]
Seen = dict[str, set[int]]
"""Which numbers of each period were seen."""


def gaps(connection: Connection, numberings: Iterable[Numbering]) -> Iterator[str]:
    """Yield the numbers of gapless kinds that nothing accounts for, in sentences."""
    codes = {row.id: row.code for row in connection.execute(select(_COMPANIES))}
    for one in numberings:
        if one.model is None:
            continue
        for company_id in _gapless_in(connection, one, codes):
            for gap in _gaps_of(connection, one, company_id):
                yield f"Numbers of {one.kind} in {codes[company_id]}: {gap}"


def _gapless_in(connection: Connection, one: Numbering, companies: Iterable[int]) -> list[int]:
    if one.gapless:
        return sorted(companies)
    own = select(_NUMBERINGS.c.company_id).where(
        _NUMBERINGS.c.kind == one.kind, _NUMBERINGS.c.gapless
    )
    return sorted(connection.scalars(own))


def _gaps_of(connection: Connection, one: Numbering, company_id: int) -> Iterator[str]:
    theirs = (_SEQUENCES.c.company_id == company_id, _SEQUENCES.c.kind == one.kind)
    counters = connection.execute(select(_SEQUENCES).where(*theirs)).all()
    seen = _seen(connection, one, company_id) if counters else {}
    for period, first, last in sorted((c.period, c.gaps_until + 1, c.last) for c in counters):
        there = seen.get(period, set())
        missing = (number for number in range(first, last + 1) if number not in there)
        if some := list(islice(missing, LISTED)):
            where = f" of {period}" if period else ""
            yield f"nothing accounts for {', '.join(map(str, some))}{where}."


def _seen(connection: Connection, one: Numbering, company_id: int) -> Seen:
    """Read every number back, by whichever pattern of the company's made it."""
    patterns, seen = _patterns(connection, one, company_id), defaultdict[str, set[int]](set)
    for number in _numbers(connection, one, company_id):
        for pattern in patterns:
            if (read := pattern.read(number)) is not None:
                seen[read.period].add(read.count)
    return seen


def _numbers(connection: Connection, one: Numbering, company_id: int) -> Iterator[str]:
    """Yield the numbers of the documents that are there, and of those that were deleted."""
    model: Any = one.model
    table: Table = model.__table__
    there = select(table.c.number).where(table.c.company_id == company_id)
    deleted = select(_ENTRIES.c.changes).where(
        _ENTRIES.c.company_id == company_id,
        _ENTRIES.c.kind == HistoryKind.DELETED,
        _ENTRIES.c.resource.startswith(f"{table.name.partition('_')[0]}."),
    )
    batches = {"yield_per": _BATCH}
    yield from connection.scalars(there, execution_options=batches)
    for changes in connection.scalars(deleted, execution_options=batches):
        for change in changes.get("fields", ()):
            if change["field"] == "number" and change.get("from"):
                yield str(change["from"])


def _patterns(connection: Connection, one: Numbering, company_id: int) -> list[Pattern]:
    """Return every pattern the company has had: the declared one, and what it decided since."""
    decided = select(_ENTRIES.c.changes).where(
        _ENTRIES.c.company_id == company_id,
        _ENTRIES.c.resource == CompanyNumbering.__tablename__,
        _ENTRIES.c.label == one.kind,
    )
    texts = [one.pattern]
    for changes in connection.scalars(decided):
        for change in changes.get("fields", ()):
            if change["field"] == "pattern":
                texts += [change.get(key) for key in ("from", "to") if change.get(key)]
    return [Pattern(text) for text in dict.fromkeys(texts)]
