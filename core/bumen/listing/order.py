"""The order of a list, and what comes before and after a place in it.

The order is total: rows that are alike in the column stand by their id, in the same direction.
No value comes last upwards and first downwards, as in PostgreSQL's indexes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, UniqueConstraint, and_, literal, tuple_

from bumen.i18n import translator
from bumen.listing.asked import Listing, refused
from bumen.model.describe import Described, fields_of
from bumen.remember import remembered
from bumen.resource import Resource

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place is where a row stands in an order: its value, and its id."""

    value: Any
    ident: int


@dataclass(frozen=True, kw_only=True)
class Order:
    """An order is a column, upwards or downwards; ids decide where rows may be alike in it."""

    model: type[Any]
    field: Described
    downwards: bool
    is_unique: bool

    @property
    def name(self) -> str:
        """What the API calls it: `-total`."""
        return f"{'-' if self.downwards else ''}{self.field.key}"

    @property
    def column(self) -> Any:
        """The column of the model."""
        return getattr(self.model, self.field.key)

    def by(self, *, backwards: bool = False) -> list[Any]:
        """Return what rows are ordered by, or by backwards."""
        columns = [self.column] if self.is_unique else [self.column, self.model.id]
        down = self.downwards is not backwards
        ordered = [column.desc() if down else column.asc() for column in columns]
        if self.may_be_empty:
            ordered[0] = ordered[0].nulls_first() if down else ordered[0].nulls_last()
        return ordered

    def beyond(self, place: Place, *, backwards: bool = False) -> list[ColumnElement[bool]]:
        """Return what is true of the rows after a place: one or two conditions that never meet.

        Each is one range of an index; together in one condition they would be none.
        """
        column, ident = self.column, self.model.id
        there = literal(place.ident, ident.type)
        down = self.downwards is not backwards
        if place.value is None:
            alike = and_(column.is_(None), ident < there if down else ident > there)
            return [alike, column.is_not(None)] if down else [alike]
        value = literal(place.value, column.type)
        if self.is_unique:
            return [column < value if down else column > value]
        mine, its = tuple_(column, ident), tuple_(value, there)
        further = mine < its if down else mine > its
        return [further] if down or not self.may_be_empty else [further, column.is_(None)]

    @property
    def may_be_empty(self) -> bool:
        """Whether there may be rows without a value."""
        return bool(self.field.column.nullable)


def order_of(resource: type[Resource], listing: Listing) -> Order:
    """Return the order that is asked for, or the resource's own; `Malformed` when not offered."""
    asked = listing.order or resource.order
    name, downwards = asked.removeprefix("-"), asked.startswith("-")
    found = _sortable(resource).get(name)
    if found is None:
        raise refused("order", _("The list cannot be sorted by “%(name)s”.", name=name))
    is_unique = _is_unique(resource, found.key)
    return Order(model=resource.model, field=found, downwards=downwards, is_unique=is_unique)


@remembered
def _sortable(resource: type[Resource]) -> dict[str, Described]:
    known = fields_of(resource.model)
    found = [known[name] for name in resource.sorted()]
    return {one.name: one for one in found} | {one.key: one for one in found}


def _is_unique(resource: type[Resource], column: str) -> bool:
    """Whether no two records of a company can be alike here, so that the order is certain."""
    if column == "id":
        return True
    table = resource.model.__table__
    wanted = {"company_id", column}
    keys = (one for one in table.constraints if isinstance(one, UniqueConstraint))
    found = any({part.name for part in key.columns} == wanted for key in keys)
    return found and not table.c[column].nullable
