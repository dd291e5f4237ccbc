"""What roles grant, and which roles grant something."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from bumen.company.holding import holds_one_of
from bumen.company.models import Membership
from bumen.model.accounts import (
    Permission,
    PermissionView,
    Role,
    User,
    ViewMenu,
    assoc_permissionview_role,
)


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


def people_who_may(verb: str, view: str, *, company_id: int) -> Select[User]:
    """Select who may do something in a company, however they come by it, and may sign in."""
    granting = roles_that_grant(verb, view).with_only_columns(Role.id).order_by(None)
    return (
        select(User)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.company_id == company_id, User.active, holds_one_of(granting))
        .order_by(User.id)
    )
