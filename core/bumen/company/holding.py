"""Which roles somebody holds, and who holds a role: here, everywhere, or by a group."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from bumen.company.models import Membership, MembershipRole
from bumen.model.accounts import (
    Role,
    User,
    assoc_group_role,
    assoc_user_group,
    assoc_user_role,
)


def held_roles(user_id: Any, membership_id: Any) -> Any:
    """Select the ids of the roles somebody holds: in one place, in all of them, and by groups."""
    here = select(MembershipRole.role_id).where(MembershipRole.membership_id == membership_id)
    everywhere = select(assoc_user_role.c.role_id).where(assoc_user_role.c.user_id == user_id)
    by_group = (
        select(assoc_group_role.c.role_id)
        .join(assoc_user_group, assoc_user_group.c.group_id == assoc_group_role.c.group_id)
        .where(assoc_user_group.c.user_id == user_id)
    )
    return here.union(everywhere, by_group)


def roles_in(company_id: int, *, user_id: int) -> Select[Role]:
    """Select the roles somebody holds in a company, however they are held."""
    place = select(Membership.id).where(
        Membership.company_id == company_id, Membership.user_id == user_id
    )
    return select(Role).where(Role.id.in_(held_roles(user_id, place.scalar_subquery())))


def holds_one_of(role_ids: Any) -> ColumnElement[bool]:
    """Return the condition that a member holds one of these roles, however they are held."""
    here = select(MembershipRole.membership_id).where(MembershipRole.role_id.in_(role_ids))
    of_people, of_groups = assoc_user_role.c, assoc_group_role.c
    everywhere = select(of_people.user_id).where(of_people.role_id.in_(role_ids))
    by_group = (
        select(assoc_user_group.c.user_id)
        .join(assoc_group_role, of_groups.group_id == assoc_user_group.c.group_id)
        .where(of_groups.role_id.in_(role_ids))
    )
    return or_(Membership.id.in_(here), User.id.in_(everywhere), User.id.in_(by_group))
