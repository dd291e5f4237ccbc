"""Signing histories anew: after the secret key was changed, or a doubt was looked into."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, select, update

from bumen.documents.history.chain import Head, Signet
from bumen.documents.history.checking import COMPANIES, HEADS, broken_seals


def sign_anew(connection: Connection, signet: Signet) -> Iterator[str]:
    """Sign the history of every company whose seals hold; yield what was done, in sentences."""
    codes = {row.id: row.code for row in connection.execute(select(COMPANIES))}
    for row in connection.execute(select(HEADS).with_for_update()).all():
        head = Head(*row)
        code = codes[head.company_id]
        if list(broken_seals(connection, head.company_id, head)):
            yield f"History of {code}: not signed, for its seals are broken."
            continue
        signature = signet.signature_of(replace(head, doubted=None))
        values = {"doubted": None, "key": signet.name, "signature": signature}
        mine = HEADS.c.company_id == head.company_id
        connection.execute(update(HEADS).where(mine).values(values))
        doubt = f" It was doubted from entry {head.doubted} on." if head.doubted else ""
        yield f"History of {code}: {head.count} entries signed.{doubt}"
