"""Which roles somebody holds, and what they grant: here, everywhere, or by a group."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from bumen.company.models import MembershipRole
from bumen.model.accounts import (
    Permission,
    PermissionView,
    Role,
    ViewMenu,
    assoc_group_role,
    assoc_permissionview_role,
    assoc_user_group,
    assoc_user_role,
)


def held_roles(user_id: int, membership_id: int | None) -> Any:
    """Select the ids of the roles somebody holds: in one place, in all of them, and by groups."""
    here = select(MembershipRole.role_id).where(MembershipRole.membership_id == membership_id)
    everywhere = select(assoc_user_role.c.role_id).where(assoc_user_role.c.user_id == user_id)
    by_group = (
        select(assoc_group_role.c.role_id)
        .join(assoc_user_group, assoc_user_group.c.group_id == assoc_group_role.c.group_id)
        .where(assoc_user_group.c.user_id == user_id)
    )
    return here.union(everywhere, by_group)


def granted_to(role_ids: Any) -> Select[Any]:
    """Select what roles grant together: pairs of a permission and what it is for."""
    grants = assoc_permissionview_role.c
    return (
        select(Permission.name, ViewMenu.name)
        .select_from(PermissionView)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .join(assoc_permissionview_role, grants.permission_view_id == PermissionView.id)
        .where(grants.role_id.in_(role_ids))
        .distinct()
    )


def roles_that_grant(verb: str, view: str) -> Select[Role]:
    """Select the roles that allow something, by name."""
    grants = assoc_permissionview_role.c
    granting = (
        select(grants.role_id)
        .join(PermissionView, PermissionView.id == grants.permission_view_id)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .where(Permission.name == f"can_{verb}", ViewMenu.name == view)
    )
    return select(Role).where(Role.id.in_(granting)).order_by(Role.name)
