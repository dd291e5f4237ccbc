"""What tests of history start from: the kitchen without pages, and its history read plainly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, select

from bumen.documents.history import HistoryEntry, Signet, broken_histories
from bumen.host import Host
from bumen.records import change_record, create_record, delete_record, run_action
from bumen.registry import Candidate
from bumen.testing.makers import make_administrator, make_company
from bumen.unit_of_work import CurrentCompany, UnitOfWork

KITCHEN = (Candidate("kitchen", "kitchen"),)
DISH = {"code": "SOUP", "name": "Soup", "course": "starter", "price": "3.50"}
BEANS = {"name": "Beans", "amount": "2"}


@dataclass
class Cook:
    """Somebody who works in the kitchen of TW01, each thing in a unit of work of its own."""

    host: Host
    company: CurrentCompany

    @classmethod
    def at_work(cls, host: Host) -> Cook:
        """Open the kitchen."""
        company = make_company(host, code="TW01", plugins=["kitchen"])
        make_administrator(host, "cook", company="TW01")
        return cls(host, company)

    @contextmanager
    def unit(self, way: str = "cli") -> Iterator[UnitOfWork]:
        """Do something, wholly or not at all."""
        with self.host.unit_of_work(company="TW01", by="cook", way=way) as unit:
            yield unit

    def make(self, key: str = "kitchen.dishes", **values: Any) -> int:
        """Make a record and return its id."""
        given = {**DISH, **values} if key == "kitchen.dishes" else values
        with self.unit() as unit:
            ident: int = create_record(self._resource(key), given, by=unit.user).id
            return ident

    def change(self, ident: int, key: str = "kitchen.dishes", **values: Any) -> None:
        """Change a record."""
        with self.unit() as unit:
            record = self.record(unit, ident, key)
            change_record(self._resource(key), record, values, by=unit.user, version=record.version)

    def act(self, ident: int, action: str, **values: Any) -> None:
        """Do something with a dish."""
        with self.unit() as unit:
            dish, dishes = self.record(unit, ident), self._resource("kitchen.dishes")
            run_action(dishes, dish, action, values, by=unit.user, version=dish.version)

    def delete(self, ident: int) -> None:
        """Delete a dish."""
        with self.unit() as unit:
            delete_record(self._resource("kitchen.dishes"), self.record(unit, ident), by=unit.user)

    def record(self, unit: UnitOfWork, ident: int, key: str = "kitchen.dishes") -> Any:
        """Return a record in a unit of work."""
        return unit.session.get(self._resource(key).model, ident)

    def history(self, ident: int, key: str = "kitchen.dishes") -> list[HistoryEntry]:
        """Read the history of a record, the first entry first."""
        return [one for one in self.entries() if (one.resource, one.record_id) == (key, ident)]

    def entries(self) -> list[HistoryEntry]:
        """Read every entry about the kitchen's own records."""
        return [one for one in self.every_entry() if not one.resource.startswith("core.")]

    def every_entry(self) -> list[HistoryEntry]:
        """Read every entry there is, of how the kitchen was set up, too."""
        with self.host.database.wide_session() as wide:
            return list(wide.scalars(select(HistoryEntry).order_by(HistoryEntry.number)))

    def faults(self) -> list[str]:
        """Return what is wrong with the history."""
        with self.host.database.engine.connect() as connection:
            return list(broken_histories(connection, Signet(self.host.settings.secret)))

    @contextmanager
    def behind_its_back(self) -> Iterator[Connection]:
        """Write as no one should: around the house, with the database's guards taken away."""
        with create_engine(self.host.database.url, poolclass=NullPool).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET session_replication_role = replica")
            else:
                for deed in ("update", "delete"):
                    connection.exec_driver_sql(f"DROP TRIGGER core_history_no_{deed}")
            yield connection

    def _resource(self, key: str) -> Any:
        return self.host.registry.resources[key]


def changed(entry: HistoryEntry) -> dict[str, Any]:
    """Return what fields were and became, those of lines left out."""
    return {one["field"]: (one.get("from"), one.get("to")) for one in entry.changes["fields"]}


def lines_of(entry: HistoryEntry) -> list[tuple[str, str]]:
    """Return what became of which line."""
    return [(one["kind"], one["label"]) for one in entry.changes.get("lines", ())]
