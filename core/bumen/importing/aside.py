"""Trying many rows of a file without anybody who waits: on SQLite beside the database.

A check writes whatever the rows make, and undoes it. PostgreSQL lets others write meanwhile; of
SQLite that would be the one writer there may be. To do it in pieces, each undone before the next,
would find other things than the import does: rows refer to records of earlier rows, and rules may
look at what those have made (a limit that is used up, a name that is taken, one main contact of a
customer), of which a piece that was undone has left nothing. So many rows are tried on a copy of
the database, as one; few are not worth one.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bumen.company.isolation import CompanySession
from bumen.database import on_a_copy, writing
from bumen.model.accounts import User
from bumen.unit_of_work import UnitOfWork, current, working

FEW = 500
"""So many rows are tried in half a second."""


@contextmanager
def out_of_the_way(*, rows: int, by: User | None) -> Iterator[User | None]:
    """Try so many rows here; yields who does, as they are known there. Who tries rolls back.

    The unit of work of the moment lets go of the database first: what is to stay is kept before.
    """
    unit = current()
    unit.rollback()
    if rows <= FEW or unit.session.get_bind().dialect.name != "sqlite":
        with writing():
            yield by
        return
    ident = None if by is None else by.id
    with on_a_copy(unit.session) as there:
        person = None if ident is None else there.get_one(User, ident)
        with working(_at_work(unit, there, user=person)):
            yield person


def _at_work(unit: UnitOfWork, there: CompanySession, *, user: User | None) -> UnitOfWork:
    return UnitOfWork(
        session=there,
        neighbours=unit.neighbours,
        company=unit.company,
        user=user,
        on=unit.on,
        way=unit.way,
        may=unit.may,
        field_rules=unit.field_rules,
        reached=unit.reached,
    )
