"""What must always hold in the database, whoever wrote to it: asked in plain SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import ForeignKeyConstraint, Table, UniqueConstraint, and_, func, or_, select

from bumen.checks import LISTED, Broken, Check, asked
from bumen.database import Database, only_reading
from bumen.keepers import KEEPERS
from bumen.registry import Registry
from bumen.storage import FileStore

_AN_HOUR = timedelta(hours=1)
COMPANY = "company_id"
NUMBER = "number"


def broken_invariants(database: Database, registry: Registry) -> list[Broken]:
    """Ask every invariant of every table, across companies, and return those that do not hold."""
    with only_reading(), database.engine.connect() as connection:
        return list(asked(connection, invariants(registry)))


def astray_files(database: Database, files: FileStore) -> list[str]:
    """Name the rows whose file is gone, and the files that nothing speaks of.

    A file that was written within the last hour may belong to somebody who has not finished.
    """
    with only_reading(), database.engine.connect() as connection:
        known = {
            name: (keeper.model.__tablename__, keeper.called, ident)
            for keeper in KEEPERS
            for ident, name in connection.execute(keeper.stored())
        }
    there, settled = set(files.names()), set(files.names(older_than=_AN_HOUR))
    lost = sorted(known[name] for name in known.keys() - there)
    left = sorted(settled - known.keys())
    return [
        *(f"{table}: The file of {one} {ident} is gone." for table, one, ident in lost[:LISTED]),
        *(f"{files.address}: Nothing speaks of {name}." for name in left[:LISTED]),
    ]


def invariants(registry: Registry) -> Iterator[Check]:
    """Yield what must hold of every table that belongs to companies, and what plugins check."""
    for table in (one for name in registry.plugins for one in registry.tables_of(name)):
        if COMPANY in table.c and "id" in table.c:
            for key in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
                if COMPANY in key.column_keys and len(key.column_keys) > 1:
                    yield _reference_stays_inside(table, key)
            if NUMBER in table.c and not _numbers_are_shared(table):
                yield _numbers_are_unique(table)
    for installed in registry.plugins.values():
        yield from installed.plugin.checks


def _reference_stays_inside(table: Table, key: ForeignKeyConstraint) -> Check:
    """What a record refers to exists, in the same company."""
    target = key.referred_table.alias("target")
    pairs = [(element.parent, target.c[element.column.name]) for element in key.elements]
    names = [column.name for column, _there in pairs if column.name != COMPANY]
    found = select(target.c.id).where(*(here == there for here, there in pairs)).exists()
    named = and_(*(table.c[name].is_not(None) for name in names))
    return Check(
        table=table.name,
        sentence=f"{', '.join(names)} names a record of the same company.",
        broken=select(table.c.id).where(named, ~found),
    )


def _numbers_are_shared(table: Table) -> bool:
    """Whether a table says itself what makes a number its own, as the versions of a paper do."""
    keys = [
        set(one.columns.keys()) for one in table.constraints if isinstance(one, UniqueConstraint)
    ]
    return any({COMPANY, NUMBER} < names for names in keys)


def _numbers_are_unique(table: Table) -> Check:
    """No two records of a company have the same number, and none has none."""
    other = table.alias("other")
    twice = (
        select(func.count())
        .select_from(other)
        .where(other.c[COMPANY] == table.c[COMPANY], other.c[NUMBER] == table.c[NUMBER])
        .scalar_subquery()
    )
    missing = or_(table.c[NUMBER].is_(None), table.c[NUMBER] == "")
    return Check(
        table=table.name,
        sentence="Every record has a number of its own in its company.",
        broken=select(table.c.id).where(or_(missing, twice > 1)),
    )
