"""Who may read a record: asked of other people, before they are told anything about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, select, true, union

from bumen.company.models import Membership, MembershipRole
from bumen.model.accounts import (
    Permission,
    PermissionView,
    User,
    ViewMenu,
    assoc_group_role,
    assoc_permissionview_role,
    assoc_user_group,
    assoc_user_role,
)
from bumen.resource import READ, Resource
from bumen.unit_of_work import company_now, current, session
from bumen.values import is_account_id
from bumen.visibility import limits

Verbs = dict[int, set[str]]
"""What people may do with the records of a resource, by the ids of users."""
_AT_ONCE = 50
"""So many people are asked about in one statement: each may bring a recursion of its own."""


def readers(resource: type[Resource], record: Any, *, user_ids: Iterable[int]) -> frozenset[int]:
    """Return those of some people who work in the company and may read a record.

    By their rights, or because they are asked to decide about it.
    """
    wanted = {one for one in user_ids if is_account_id(one)}
    found = _by_right(resource, record, wanted) if wanted else frozenset()
    if found == wanted or not _is_decided_by_others(resource):
        return found
    asked = current().neighbours.asked_about(resource.key(), record.id) & (wanted - found)
    return found.union(one.id for one in _people(asked)) if asked else found


def _is_decided_by_others(resource: type[Resource]) -> bool:
    return bool(getattr(getattr(resource.model, "workflow", None), "approvals", None))


def _by_right(resource: type[Resource], record: Any, wanted: Collection[int]) -> frozenset[int]:
    verbs = _verbs(resource, wanted)
    allowed = [one for one in _people(wanted) if READ in verbs[one.id]]
    limited = [limits(resource, by=one, may=partial(_may, verbs[one.id])) for one in allowed]
    if not any(limited):
        return frozenset(one.id for one in allowed)
    each = [and_(true(), *some) for some in limited]
    seen = [
        sees
        for start in range(0, len(each), _AT_ONCE)
        for sees in _seen(resource, record, each[start : start + _AT_ONCE])
    ]
    return frozenset(one.id for one, sees in zip(allowed, seen, strict=True) if sees)


def _seen(
    resource: type[Resource], record: Any, limited: Sequence[ColumnElement[bool]]
) -> Sequence[Any]:
    """Tell of each limit whether it lets a record be seen."""
    model = resource.model
    told = session().execute(select(model.id, *limited).where(model.id == record.id)).first()
    return told[1:] if told else (False,) * len(limited)


def members_reading(resource: type[Resource]) -> Select[User]:
    """Select the people of the company whose roles let them read a resource's records."""
    grants = _grants(resource).subquery()
    granted = select(grants.c.user_id).where(grants.c.name == f"can_{READ}")
    return members().where(User.id.in_(granted))


def members() -> Select[User]:
    """Select the people who work in the company and may sign in."""
    return (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.company_id == company_now().id, User.active.is_(True))
    )


def _people(wanted: Collection[int]) -> list[User]:
    return list(session().scalars(members().where(User.id.in_(wanted)).order_by(User.id)))


def _verbs(resource: type[Resource], wanted: Collection[int]) -> Verbs:
    grants = _grants(resource).subquery()
    found: Verbs = defaultdict(set)
    for user_id, name in session().execute(select(grants).where(grants.c.user_id.in_(wanted))):
        found[user_id].add(name.removeprefix("can_"))
    return found


def _grants(resource: type[Resource]) -> Select[int, str]:
    """Select who may do what with a resource's records in the company."""
    held = _held()
    return (
        select(held.c.user_id, Permission.name.label("name"))
        .join(assoc_permissionview_role, assoc_permissionview_role.c.role_id == held.c.role_id)
        .join(PermissionView, PermissionView.id == assoc_permissionview_role.c.permission_view_id)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(ViewMenu.name == resource.permission())
        .distinct()
    )


def _may(verbs: set[str], verb: str) -> bool:
    return verb in verbs


def _held() -> Subquery:
    """Select who holds which role in the company: there, everywhere, or as one of a group."""
    here = (
        select(Membership.user_id, MembershipRole.role_id)
        .join(MembershipRole, MembershipRole.membership_id == Membership.id)
        .where(Membership.company_id == company_now().id)
    )
    everywhere = select(assoc_user_role.c.user_id, assoc_user_role.c.role_id)
    by_group = select(assoc_user_group.c.user_id, assoc_group_role.c.role_id).join(
        assoc_group_role, assoc_group_role.c.group_id == assoc_user_group.c.group_id
    )
    return union(here, everywhere, by_group).subquery()
