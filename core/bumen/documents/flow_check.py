"""What must always hold of flows: how they are declared, and that records stand where they moved.

Asked in plain SQL, across companies, whoever wrote to the tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bumen.documents.movements import Movement
from bumen.model.describe import beginning_of, fields_of
from bumen.resource import Resource

LISTED = 20
_MOVED = Movement.__table__


def broken_flows(connection: Connection, resources: Iterable[type[Resource]]) -> Iterator[str]:
    """Yield what does not hold of the flows of these resources, in sentences."""
    for resource in resources:
        if hasattr(resource.model, "workflow"):
            yield from flaws_of(resource)
            yield from _astray(connection, resource)
    twice = sorted(str(row[1]) for row in connection.execute(_standing_twice()))
    if twice:
        yield f"{_MOVED.name}: A record stands in one place. Not so: {', '.join(twice)}"


def flaws_of(resource: type[Resource]) -> Iterator[str]:
    """Yield what is wrong with how the flow of a resource is declared."""
    model: Any = resource.model
    states = tuple(fields_of(model)["state"].choices or ())
    for flaw in model.workflow.flaws(states, start=beginning_of(model)):
        yield f"{resource.key()}: {flaw}"


def _astray(connection: Connection, resource: type[Resource]) -> Iterator[str]:
    """Yield the records that stand in another state than the one they last moved to."""
    table = resource.model.__table__
    query = (
        select(table.c.id)
        .join(_MOVED, _MOVED.c.record_id == table.c.id)
        .where(_MOVED.c.company_id == table.c.company_id, _MOVED.c.resource == resource.key())
        .where(_MOVED.c.left_at.is_(None), _MOVED.c.to_state != table.c.state)
        .order_by(table.c.id)
        .limit(LISTED)
    )
    if ids := [str(ident) for ident in connection.scalars(query)]:
        said = "A record stands in the state it last moved to."
        yield f"{table.name}: {said} Not so: {', '.join(ids)}"


def _standing_twice() -> Select[str, int]:
    there = (_MOVED.c.company_id, _MOVED.c.resource, _MOVED.c.record_id)
    return (
        select(_MOVED.c.resource, _MOVED.c.record_id)
        .where(_MOVED.c.left_at.is_(None))
        .group_by(*there)
        .having(func.count() > 1)
        .limit(LISTED)
    )
