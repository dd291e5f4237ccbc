"""Field rules that departments propose: a company begins with them, and keeps them as its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bumen.model.accounts import Role
from bumen.model.denied import Denied
from bumen.resource import Resource
from bumen.visibility.models import Effect, FieldRule


def begin_with_proposed(
    session: Session, resources: Iterable[type[Resource]], *, company_id: int, at: datetime
) -> None:
    """Give a company the rules its departments propose, where it has none about the same.

    Whoever works for the company may change them or take them away, as any other rule.
    """
    missing = list(missing_rules(session, resources, company_id=company_id))
    if not missing:
        return
    known = select(Role).where(Role.name.in_({denied.role for _resource, denied in missing}))
    roles = {role.name: role for role in session.scalars(known)}
    session.add_all(
        _rule(resource, denied, role=roles[denied.role], company_id=company_id, at=at)
        for resource, denied in missing
        if denied.role in roles
    )
    session.flush()


def missing_rules(
    session: Session, resources: Iterable[type[Resource]], *, company_id: int
) -> Iterator[tuple[type[Resource], Denied]]:
    """Yield what is proposed and the company has no rule about; asks only where something is."""
    proposed = [(one, denied) for one in resources for denied in one.field_rules]
    if not proposed:
        return
    query = (
        select(FieldRule.resource, FieldRule.field, Role.name)
        .join(FieldRule.role)
        .where(FieldRule.company_id == company_id)
    )
    known = {tuple(row) for row in session.execute(query)}
    for resource, denied in proposed:
        if (resource.permission(), denied.field, denied.role) not in known:
            yield resource, denied


def _rule(
    resource: type[Resource], denied: Denied, *, role: Role, company_id: int, at: datetime
) -> FieldRule:
    return FieldRule(
        company_id=company_id,
        resource=resource.permission(),
        field=denied.field,
        role=role,
        effect=Effect.HIDDEN if denied.is_hidden else Effect.FIXED,
        states=" ".join(denied.states),
        at=at,
    )
