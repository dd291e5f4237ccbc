"""Who is about to change a record holds it: before anything is written into it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from bumen.errors import StaleVersion
from bumen.resource import Resource

What = TypeVar("What")


def held(resource: type[Resource], many: Iterable[tuple[Any, What]]) -> list[tuple[Any, What]]:
    """Return what is to be changed, each record with its values, once nobody else works on it.

    Records are held by their ids, so that two who want the same never wait for each other.
    `StaleVersion` when somebody else was faster.
    """
    changes = list(many)
    if resource.holds is not None:
        for record in sorted((record for record, _values in changes), key=lambda one: one.id):
            seen = record.version
            resource.holds(record)
            if record.version != seen:
                raise StaleVersion
    return changes
