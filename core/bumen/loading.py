"""What an import leaves behind in the table of all models, and how to take it away again.

A plugin that fails half-way has already mapped some of its classes; left there, they would stop
every mapper of the house from being configured.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table
from sqlalchemy.exc import NoReferenceError
from sqlalchemy.orm import configure_mappers

from bumen.events import Event
from bumen.model import Model, metadata


@dataclass(frozen=True)
class LoadedModels:
    """The models, tables, events and modules that were there at one moment."""

    classes: frozenset[Any]
    tables: frozenset[Table]
    events: frozenset[str]
    modules: frozenset[str]

    @classmethod
    def now(cls) -> LoadedModels:
        """Remember what is there."""
        return cls(
            classes=frozenset(_managers()),
            tables=frozenset(metadata.tables.values()),
            events=frozenset(Event.known),
            modules=frozenset(sys.modules),
        )

    @classmethod
    def without(cls, package: str, plugin: str) -> LoadedModels:
        """Remember what is there but for a package and the tables of its plugin."""
        there = cls.now()
        return cls(
            classes=frozenset(
                m for m in there.classes if not _inside(package, m.class_.__module__)
            ),
            tables=frozenset(t for t in there.tables if not t.name.startswith(f"{plugin}_")),
            events=frozenset(
                name for name in there.events if not _inside(package, Event.known[name].__module__)
            ),
            modules=frozenset(name for name in there.modules if not _inside(package, name)),
        )

    def restore(self) -> None:
        """Take away what has come since, so that the house stands as if it had never been tried."""
        for manager in set(_managers()) - self.classes:
            Model.registry._dispose_manager_and_mapper(manager)  # noqa: SLF001  # no public way
            _managers().pop(manager, None)
        for table in set(metadata.tables.values()) - self.tables:
            metadata.remove(table)
        for name in set(Event.known) - self.events:
            del Event.known[name]
        for module in set(sys.modules) - self.modules:
            del sys.modules[module]


def first_misfit(plugins: Iterable[str]) -> tuple[str, Exception] | None:
    """Return a plugin whose models do not fit in with the others, and why; None when all fit.

    One that refers to what is nowhere would stop every model of the house, not just its own.
    """
    for name in plugins:
        for table in [one for one in metadata.tables.values() if one.name.startswith(f"{name}_")]:
            try:
                for key in table.foreign_keys:
                    key.column  # noqa: B018  # asking finds the column, or raises
            except NoReferenceError as why:
                return name, why
    try:
        configure_mappers()
    except Exception as why:  # noqa: BLE001  # whatever a plugin does wrong
        failed = (one for one in Model.registry.mappers if one._configure_failed)  # noqa: SLF001  # no public way
        return str(next(failed).local_table).partition("_")[0], why
    return None


def _inside(package: str, module: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _managers() -> Any:
    """Return what SQLAlchemy keeps of each class, those included whose mapping failed half-way."""
    return Model.registry._managers  # noqa: SLF001  # no public way
