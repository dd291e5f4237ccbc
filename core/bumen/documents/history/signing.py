"""Signing histories anew: after the secret key was changed, or a doubt was looked into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace

from sqlalchemy import Connection, insert, select, update

from bumen.documents.history.chain import Head, Signet
from bumen.documents.history.checking import COMPANIES, HEADS, broken_seals, last_head


def sign_anew(connection: Connection, signet: Signet) -> Iterator[str]:
    """Sign the history of every company whose seals hold; yield what was done, in sentences."""
    rows = connection.execute(select(HEADS).with_for_update()).all()
    heads = {row.company_id: Head(*row) for row in rows}
    for company in connection.execute(select(COMPANIES).order_by(COMPANIES.c.id)).all():
        found = heads.get(company.id)
        head = found or last_head(connection, company.id)
        if list(broken_seals(connection, company.id, head)):
            yield f"History of {company.code}: not signed, for its seals are broken."
            continue
        _sign(connection, replace(head, doubted=None), signet, is_there=found is not None)
        doubt = f" It was doubted from entry {head.doubted} on." if head.doubted else ""
        lost = "" if found else " Its head was missing."
        yield f"History of {company.code}: {head.count} entries signed.{doubt}{lost}"


def sign_first(connection: Connection, signet: Signet) -> None:
    """Sign the histories that begin now, in a database that kept none before.

    Only just after the tables were made: later an empty history without a signature is a fault.
    """
    for row in connection.execute(select(HEADS).where(HEADS.c.count == 0)).all():
        _sign(connection, Head(*row), signet, is_there=True)


def _sign(connection: Connection, head: Head, signet: Signet, *, is_there: bool) -> None:
    values = asdict(signet.signed(head))
    mine = HEADS.c.company_id == head.company_id
    there = update(HEADS).where(mine)
    connection.execute((there if is_there else insert(HEADS)).values(values))
