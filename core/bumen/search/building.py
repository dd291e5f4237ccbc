"""Entries made anew: in parts, each of them committed, so that it can be stopped and goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, delete, select, update

from bumen.database import Database
from bumen.search.declared import Indexed
from bumen.search.keeping import entry, insert_into, put
from bumen.search.models import BUILDS, ENTRIES

AT_ONCE = 1000
"""So many records are read and written in one transaction."""
ALL = 0
"""Stands for all companies."""


@dataclass(frozen=True, kw_only=True)
class Built:
    """A part that was built: how many records of a kind; 0 when the kind is finished."""

    kind: str
    records: int


def rebuild(
    database: Database, indexed: Indexed, *, company_id: int = ALL, at_once: int = AT_ONCE
) -> Iterator[Built]:
    """Make the entries of all kinds anew; one that was stopped goes on where it was."""
    for model, fields in indexed.items():
        work = _Work(database, model, fields, company_id=company_id, at_once=at_once)
        work.begin(anew=True)
        yield from work.parts()


def fill_missing(database: Database, indexed: Indexed) -> Iterator[Built]:
    """Make the entries of the kinds that never had them, or whose searched fields are others."""
    for model, fields in _unfinished(database, indexed).items():
        work = _Work(database, model, fields, company_id=ALL, at_once=AT_ONCE)
        if work.begin(anew=False):
            yield from work.parts()


def _unfinished(database: Database, indexed: Indexed) -> Indexed:
    """Return what is left to build; new kinds without any record are at once noted as built."""
    with database.engine.begin() as connection:
        noted = connection.execute(select(BUILDS).where(BUILDS.c.company_id == ALL))
        found = {one.kind: one for one in noted}
        left = {
            model: fields
            for model, fields in indexed.items()
            if not _is_built(found.get(model.__table__.name), fields)
        }
        new = [model for model in left if model.__table__.name not in found]
        empty = _without_records(connection, new)
        if empty:
            built = [_built(model, left.pop(model)) for model in empty]
            note = insert_into(BUILDS, connection.dialect).on_conflict_do_nothing()
            connection.execute(note, built)
    return left


def _is_built(noted: Row[Any] | None, fields: tuple[str, ...]) -> bool:
    return noted is not None and noted.done and noted.fields == " ".join(fields)


def _built(model: type[Any], fields: tuple[str, ...]) -> dict[str, Any]:
    mine = {"kind": model.__table__.name, "company_id": ALL}
    return {**mine, "fields": " ".join(fields), "reached": 0, "done": True}


def _without_records(connection: Connection, models: list[type[Any]]) -> list[type[Any]]:
    """Return those of the models of which there is no record, all asked at once."""
    if not models:
        return []
    there = [select(model.__table__.c.id).exists() for model in models]
    asked = [one.label(f"has_{number}") for number, one in enumerate(there)]
    answers = connection.execute(select(*asked)).one()
    return [model for model, is_there in zip(models, answers, strict=True) if not is_there]


class _Work:
    """The building of one kind."""

    def __init__(
        self,
        database: Database,
        model: type[Any],
        fields: tuple[str, ...],
        *,
        company_id: int,
        at_once: int,
    ) -> None:
        self._engine = database.engine
        self._table: Table = model.__table__
        self._columns = [getattr(model, name).label(name) for name in fields]
        self._fields = fields
        self._company_id = company_id
        self._at_once = at_once
        self._mine = (BUILDS.c.kind == self._kind, BUILDS.c.company_id == company_id)

    @property
    def _kind(self) -> str:
        return self._table.name

    def begin(self, *, anew: bool) -> bool:
        """Remember that it is being built; False when it is already, and need not be anew."""
        wanted = {"fields": " ".join(self._fields), "reached": 0, "done": False}
        with self._engine.begin() as connection:
            found = self._state(connection)
            if found is None:
                connection.execute(self._noting(wanted))
                return True
            if found.fields == wanted["fields"] and not (found.done and anew):
                return not found.done
            connection.execute(update(BUILDS).where(*self._mine).values(wanted))
            return True

    def parts(self) -> Iterator[Built]:
        """Build part by part, each in a transaction of its own."""
        while True:
            with self._engine.begin() as connection:
                state = self._state(connection)
                if state is None or state.done:
                    return
                count = self._part(connection, after=state.reached)
            yield Built(kind=self._kind, records=count)

    def _noting(self, wanted: Mapping[str, Any]) -> Any:
        """Return what remembers it first, unless somebody else does at the same time."""
        new = insert_into(BUILDS, self._engine.dialect)
        mine = {"kind": self._kind, "company_id": self._company_id}
        return new.values(**mine, **wanted).on_conflict_do_nothing()

    def _state(self, connection: Connection) -> Row[Any] | None:
        """Return how far it is; whoever else builds the same waits."""
        return connection.execute(select(BUILDS).where(*self._mine).with_for_update()).one_or_none()

    def _part(self, connection: Connection, *, after: int) -> int:
        rows = connection.execute(self._records(after)).mappings().all()
        if not rows:
            self._finish(connection)
            return 0
        entries = [
            entry(
                {name: row[name] for name in self._fields},
                company_id=row["company_id"],
                kind=self._kind,
                record_id=row["id"],
            )
            for row in rows
        ]
        connection.execute(put(connection.dialect), entries)
        reached = rows[-1]["id"]
        connection.execute(update(BUILDS).where(*self._mine).values(reached=reached))
        return len(rows)

    def _records(self, after: int) -> Select[Any]:
        """Select the next records, and keep others from changing them meanwhile."""
        table = self._table
        found = select(table.c.id, table.c.company_id, *self._columns).where(table.c.id > after)
        if self._company_id != ALL:
            found = found.where(table.c.company_id == self._company_id)
        return found.order_by(table.c.id).limit(self._at_once).with_for_update(read=True)

    def _finish(self, connection: Connection) -> None:
        """Forget what is no more, and remember that all is there."""
        table = self._table
        there = (table.c.id == ENTRIES.c.record_id, table.c.company_id == ENTRIES.c.company_id)
        theirs = [ENTRIES.c.kind == self._kind, ~select(table.c.id).where(*there).exists()]
        if self._company_id != ALL:
            theirs.append(ENTRIES.c.company_id == self._company_id)
        connection.execute(delete(ENTRIES).where(*theirs))
        if self._company_id == ALL:
            connection.execute(update(BUILDS).where(*self._mine).values(done=True))
        else:
            connection.execute(delete(BUILDS).where(*self._mine))
