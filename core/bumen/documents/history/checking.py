"""Whether a history is whole: nothing in it was changed, swapped, cut off or taken out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from bumen.company.models import Company
from bumen.documents.history.chain import BEGINNING, Head, Signet, seal
from bumen.documents.history.models import HistoryEntry, HistoryHead

LISTED = 20
"""How many faults of one company's history are named."""
_BATCH = 1000
ENTRIES: Table = HistoryEntry.metadata.tables[HistoryEntry.__tablename__]
HEADS: Table = HistoryHead.metadata.tables[HistoryHead.__tablename__]
COMPANIES: Table = Company.metadata.tables[Company.__tablename__]


def broken_histories(connection: Connection, signet: Signet) -> Iterator[str]:
    """Yield what is wrong with the histories of all companies, in sentences."""
    heads = {row.company_id: Head(*row) for row in connection.execute(select(HEADS))}
    for company in connection.execute(select(COMPANIES.c.id, COMPANIES.c.code)).all():
        faults = _faults(connection, company.id, heads.get(company.id), signet)
        for fault in islice(faults, LISTED):
            yield f"History of {company.code}: {fault}"


def _faults(
    connection: Connection, company_id: int, head: Head | None, signet: Signet
) -> Iterator[str]:
    yield from broken_seals(connection, company_id, head)
    if head is not None:
        yield from _of_signature(head, signet)


def broken_seals(connection: Connection, company_id: int, head: Head | None) -> Iterator[str]:
    """Yield where the entries of a company do not follow each other as they were sealed."""
    number, sealed = 0, BEGINNING
    for entry in _entries(connection, company_id):
        if entry.number != number + 1:
            yield _missing(number + 1, entry.number - 1)
        elif seal(sealed, entry._asdict()) != entry.hash:
            yield f"Entry {entry.number} is not what was written."
        number, sealed = entry.number, entry.hash
    if head is None:
        yield "Its head is missing."
    elif head.count > number:
        yield _missing(number + 1, head.count)
    elif (head.count, head.hash) != (number, sealed):
        yield f"Its head tells of {head.count} entries, and not of these."


def last_head(connection: Connection, company_id: int) -> Head:
    """Return where a company's history stands by its entries alone; unsigned."""
    mine = ENTRIES.c.company_id == company_id
    last = select(ENTRIES.c.number, ENTRIES.c.hash).where(mine).order_by(ENTRIES.c.number.desc())
    found = connection.execute(last.limit(1)).one_or_none()
    return Head(company_id, *found) if found else Head(company_id)


def _of_signature(head: Head, signet: Signet) -> Iterator[str]:
    if head.doubted is not None:
        yield f"When entry {head.doubted} was written, the signature did not fit."
    if signet.name and head.key != signet.name:
        yield "It was signed with another secret key."
    elif signet.name and not signet.fits(head):
        yield "Its head does not bear its signature."


def _entries(connection: Connection, company_id: int) -> Iterator[Row[Any]]:
    query = select(ENTRIES).where(ENTRIES.c.company_id == company_id).order_by(ENTRIES.c.number)
    with connection.execute(query, execution_options={"yield_per": _BATCH}) as found:
        yield from found


def _missing(first: int, last: int) -> str:
    if first == last:
        return f"Entry {first} is missing."
    return f"Entries {first} to {last} are missing."
