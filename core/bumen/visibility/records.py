"""Which records somebody sees of a resource, where that is not all of the company's."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from bumen.company.models import Membership
from bumen.model.accounts import User
from bumen.model.describe import fields_of
from bumen.resource import Resource
from bumen.unit_of_work import current
from bumen.visibility.scoped import scope_limits


def seen(resource: type[Resource]) -> list[ColumnElement[bool]]:
    """Return what is true of the records that whoever works now may see; empty means of all.

    Lists, pages, lookups and references ask here. A record one may not see is answered like one
    that does not exist; one that was reached by being asked is among them. Imports, jobs and the
    command line work for the company and see all.
    """
    unit = current()
    found = limits(resource, by=unit.user, may=partial(_may, resource.permission()))
    reached = unit.reached.get(resource.key())
    return [or_(and_(*found), resource.model.id.in_(reached))] if found and reached else found


def limits(
    resource: type[Resource], *, by: Any, may: Callable[[str], bool]
) -> list[ColumnElement[bool]]:
    """Return what is true of the records that somebody (a user) may see, who `may` do this."""
    scope, found = resource.scope, list[ColumnElement[bool]]()
    if scope is not None and scope.through:
        found += _through(resource, scope.through, by=by, may=may)
    elif scope is not None:
        found += scope_limits(resource.model, scope, by=by, may=may)
    return found if resource.rule is None else [*found, *resource.rule(by=by, may=may)]


def seen_of(model: type[Any]) -> list[ColumnElement[bool]]:
    """Return what is true of a model's records that may be seen: by its resource, if it has one."""
    resource = current().neighbours.resource_of(model)
    return [*in_the_company(model), *([] if resource is None else seen(resource))]


def in_the_company(model: type[Any]) -> list[ColumnElement[bool]]:
    """Return what keeps records in the company that are no company's: people work in several."""
    company = current().company
    if model is not User or company is None:
        return []
    here = select(Membership.user_id).where(Membership.company_id == company.id)
    return [User.id.in_(here)]


def _through(
    resource: type[Resource], reference: str, *, by: Any, may: Callable[[str], bool]
) -> list[ColumnElement[bool]]:
    """Limit records as what they belong to is limited, by the permissions on themselves."""
    target = fields_of(resource.model)[reference].target
    other = current().neighbours.resource_of(target) if target is not None else None
    its = [] if other is None else limits(other, by=by, may=may)
    return [getattr(resource.model, reference).has(and_(*its))] if its else []


def _may(view: str, verb: str) -> bool:
    return current().may(verb, view)
