"""Which records somebody sees of a resource, where that is not all of the company's."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import ColumnElement

from bumen.resource import Resource
from bumen.unit_of_work import current


def seen(resource: type[Resource]) -> list[ColumnElement[bool]]:
    """Return what is true of the records that whoever works now may see; empty means of all.

    Lists, pages, lookups and references ask here. A record one may not see is answered like one
    that does not exist. Imports, jobs and the command line work for the company and see all.
    """
    if resource.rule is None:
        return []
    unit = current()
    return list(resource.rule(by=unit.user, may=partial(_may, resource.permission())))


def seen_of(model: type[Any]) -> list[ColumnElement[bool]]:
    """Return what is true of a model's records that may be seen: by its resource, if it has one."""
    resource = current().neighbours.resource_of(model)
    return [] if resource is None else seen(resource)


def _may(view: str, verb: str) -> bool:
    return current().may(verb, view)
