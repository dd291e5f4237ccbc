"""What an import leaves behind in the table of all models, and how to take it away again.

A plugin that fails half-way has already mapped some of its classes; left there, they would stop
every mapper of the house from being configured.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table

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


def _managers() -> Any:
    """Return what SQLAlchemy keeps of each class, those included whose mapping failed half-way."""
    return Model.registry._managers  # noqa: SLF001  # no public way
