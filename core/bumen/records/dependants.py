"""Which records others refer to, so that the database would not let them be deleted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Mapper, aliased

from bumen.model import Model
from bumen.remember import remembered
from bumen.unit_of_work import session

_LETS_GO = ("CASCADE", "SET NULL", "SET DEFAULT")
Spared = Callable[[Any], ColumnElement[bool] | None]
"""Tells of a model which of its records do not count, as a condition; None for all count."""


@dataclass(frozen=True, kw_only=True)
class _Link:
    """A link is a foreign key: the model that has it, its column, and whether it goes along."""

    model: type[Any]
    column: str
    cascades: bool


def referred_to(model: type[Any], idents: Sequence[int], *, spared: Spared) -> set[int]:
    """Return which of these records others refer to that are not `spared`.

    Asks once for every foreign key, of whichever department: what would be refused is refused.
    """
    found: set[int] = set()
    for path in _paths(model):
        found |= set(session().scalars(_referring(path, idents, spared)))
    return found


def _referring(path: tuple[_Link, ...], idents: Sequence[int], spared: Spared) -> Select[int]:
    """Select which of the records are referred to at the end of a path of links."""
    last = aliased(path[0].model)
    first = getattr(last, path[0].column)
    query = select(first).where(first.in_(idents)).distinct()
    for link in path[1:]:
        further = aliased(link.model)
        query = query.join(further, getattr(further, link.column) == last.id)
        last = further
    without = spared(last)
    return query if without is None else query.where(~without)


@remembered
def _paths(model: type[Any]) -> tuple[tuple[_Link, ...], ...]:
    return tuple(_ways_to(model, ()))


def _ways_to(model: type[Any], so_far: tuple[_Link, ...]) -> Iterator[tuple[_Link, ...]]:
    """Yield the paths of what refers to a model, or to what is deleted along with it."""
    for link in _links_to(model):
        path = (*so_far, link)
        if not link.cascades:
            yield path
        elif link.model is not model and all(link.model is not one.model for one in so_far):
            yield from _ways_to(link.model, path)


def _links_to(model: type[Any]) -> Iterator[_Link]:
    for mapper in sorted(Model.registry.mappers, key=lambda one: one.class_.__name__):
        for constraint in _keys_of(mapper):
            for key in constraint.elements:
                if key.column.table is model.__table__ and key.column.name == "id":
                    lets_go = constraint.ondelete in _LETS_GO
                    if lets_go and constraint.ondelete != "CASCADE":
                        continue
                    column = mapper.get_property_by_column(key.parent).key
                    yield _Link(model=mapper.class_, column=column, cascades=lets_go)


def _keys_of(mapper: Mapper[Any]) -> Any:
    return getattr(mapper.local_table, "foreign_key_constraints", ())
