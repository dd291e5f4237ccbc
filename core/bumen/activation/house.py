"""What switching needs of the host, which stands above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from bumen.database import Database
from bumen.registry import Registry
from bumen.unit_of_work import UnitOfWork


class House(Protocol):
    """The host, as far as switching knows it."""

    @property
    def database(self) -> Database:
        """The database of the deployment."""

    @property
    def registry(self) -> Registry:
        """The installed plugins."""

    def pending(self) -> Mapping[str, Sequence[str]]:
        """Return the plugins whose tables are behind, each with the revisions it waits for."""

    def unit_of_work(
        self, *, company: str | None = None, by: str | None = None
    ) -> AbstractContextManager[UnitOfWork]:
        """Do one thing for a company (its code), by a person (the user name)."""
