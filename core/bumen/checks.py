"""What must always hold in a table, and the rows in which it does not: asked in plain SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Select

LISTED = 20
"""How many rows that break an invariant are named."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Check:
    """A check is a sentence about a table that must always hold, and a query for where it does not.

    `broken` selects the ids of rows of `table` that break it, across all companies: it runs
    outside any company and must join on `company_id` itself. It is one statement, and never run
    while people wait: `bumen check` asks it.
    """

    table: str
    sentence: str
    broken: Select[int]


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A check that does not hold, with the first rows that show it."""

    check: Check
    ids: tuple[int, ...]

    def __str__(self) -> str:
        rows = ", ".join(map(str, self.ids))
        return f"{self.check.table}: {self.check.sentence} Not so: {rows}"


def asked(connection: Connection, checks: Iterable[Check]) -> Iterator[Broken]:
    """Ask checks one after the other, and yield those that do not hold."""
    for one in checks:
        if ids := tuple(connection.scalars(one.broken.order_by("id").limit(LISTED))):
            yield Broken(check=one, ids=ids)
