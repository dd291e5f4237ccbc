"""A desk where records are made and searched for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from bumen.host import Host
from bumen.listing import Condition, Listing, search_in, wheres_of
from bumen.records import change_record, create_record
from bumen.resource import Resource
from bumen.unit_of_work import CurrentCompany, UnitOfWork


@dataclass
class Desk:
    """A desk of the administrator of TW01, where all departments are on."""

    host: Host
    company: str = "TW01"

    @contextmanager
    def unit(self) -> Iterator[UnitOfWork]:
        """Do one thing."""
        with self.host.unit_of_work(company=self.company) as unit:
            yield unit

    def resource(self, key: str) -> type[Resource]:
        """Return a resource by its key."""
        return self.host.registry.resources[key]

    def make(self, key: str, **values: Any) -> int:
        """Make a record, and return its id."""
        with self.unit() as unit:
            ident: int = create_record(self.resource(key), values, by=unit.user).id
            return ident

    def category(self, name: str) -> int:
        """Make a category, the plainest record with a name."""
        return self.make("base.categories", name=name)

    def change(self, key: str, ident: int, **values: Any) -> None:
        """Change a record."""
        resource = self.resource(key)
        with self.unit() as unit:
            record = unit.session.get(resource.model, ident)
            change_record(resource, record, values, by=unit.user, version=record.version)

    def found(self, key: str, words: str) -> list[int]:
        """Return the ids of the records in which all words occur."""
        resource = self.resource(key)
        with self.unit() as unit:
            query = select(resource.model.id).where(search_in(resource, words))
            return list(unit.session.scalars(query.order_by(resource.model.id)))

    def filtered(self, key: str, field: str, operator: str, value: Any) -> list[int]:
        """Return the ids of the records of a list with one condition."""
        resource = self.resource(key)
        asked = Listing(conditions=[Condition(field=field, operator=operator, value=value)])
        with self.unit() as unit:
            query = select(resource.model.id).where(*wheres_of(resource, asked))
            return list(unit.session.scalars(query.order_by(resource.model.id)))


@pytest.fixture
def desk(host: Host, company: CurrentCompany) -> Desk:
    """A desk in TW01."""
    return Desk(host)
