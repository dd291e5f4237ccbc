"""The rule that a scope stands for: own, own department, own regions, the company."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from bumen.model.describe import fields_of
from bumen.scopes import Scope, Scoped
from bumen.unit_of_work import current


def scope_limits(
    model: type[Any], scope: Scoped, *, by: Any, may: Callable[[str], bool]
) -> list[ColumnElement[bool]]:
    """Return what is true of the records somebody (a user) sees by a scope; empty means of all."""
    if by is None or may(Scope.COMPANY):
        return []
    further = scope_parts(model, scope, by=by)
    held = [condition for permission, condition in further.items() if may(permission)]
    return [or_(own_records(model, scope, by=by), *held)]


def scope_parts(model: type[Any], scope: Scoped, *, by: Any) -> dict[Scope, ColumnElement[bool]]:
    """Return what is true of the records beyond somebody's own, by the permission to see them."""
    reach = current().neighbours.reach_of(current(), by.id)
    if reach is None:
        return {}
    colleagues = _key(model, scope.by).in_(reach.colleagues)
    found = {Scope.DEPARTMENT: colleagues}
    if scope.department:
        its = _key(model, scope.department).in_(reach.departments)
        found[Scope.DEPARTMENT] = or_(colleagues, its)
    if scope.region:
        found[Scope.REGION] = _key(model, scope.region).in_(reach.regions)
    return found


def own_records(model: type[Any], scope: Scoped, *, by: Any) -> ColumnElement[bool]:
    """Return what is true of the records that are somebody's own: theirs, and their people's."""
    belongs_to, reach = _key(model, scope.by), current().neighbours.reach_of(current(), by.id)
    made = model.created_by_id == by.id
    nobodys = belongs_to.is_(None)
    own = or_(made if scope.makers else and_(nobodys, made), nobodys if scope.pooled else false())
    if reach is None:
        return own
    theirs = [_key(model, one).in_(reach.people) for one in (scope.by, scope.also) if one]
    return or_(*theirs, own)


def _key(model: type[Any], reference: str) -> Any:
    return getattr(model, fields_of(model)[reference].key)
