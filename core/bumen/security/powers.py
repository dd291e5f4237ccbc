"""Power over the whole deployment: nobody gives it, takes it or acts through it beyond the own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from bumen.company.models import Membership, MembershipRole
from bumen.errors import Forbidden
from bumen.i18n import translator
from bumen.model.accounts import (
    Permission,
    PermissionView,
    Role,
    User,
    ViewMenu,
    assoc_group_role,
    assoc_permissionview_role,
    assoc_user_group,
    assoc_user_role,
)
from bumen.security.permissions import DEPLOYMENT_VIEWS
from bumen.security.roles import Grant
from bumen.unit_of_work import current

_ = translator(__file__, "bumen")


class PowerIsBeyondYours(Forbidden):
    """The refusal to give, or to gain, more power over the deployment than one has."""

    def __init__(self) -> None:
        super().__init__(
            _("This is about more rights over the whole deployment than you have: ask one who has.")
        )


class RoleIsBeyondYours(Forbidden):
    """The refusal to give, change or take a role that allows more than one may do oneself."""

    def __init__(self) -> None:
        super().__init__(
            _("This is about more rights in the company than you have: ask one who has.")
        )


def check_power_over(session: Session, person: User) -> None:
    """Refuse to change, lock or delete somebody with more power, or to set their password."""
    refuse_beyond(_powers(session, _held_by(person)))


def check_power_to_give(session: Session, roles: Iterable[str]) -> None:
    """Refuse to give roles, by their names, that hold more power."""
    refuse_beyond(_powers(session, select(Role.id).where(Role.name.in_(sorted(roles)))))


def refuse_beyond(grants: Iterable[Grant]) -> None:
    """Refuse what gives power over the whole deployment that whoever works does not have."""
    may = current().may
    for grant in grants:
        verb = grant.permission.removeprefix("can_")
        if grant.view in DEPLOYMENT_VIEWS and not may(verb, grant.view):
            raise PowerIsBeyondYours


def refuse_beyond_own(grants: Iterable[Grant]) -> None:
    """Refuse to give or take what whoever works may not do in this company, or over all of them.

    What belongs to a department that is off here counts for nothing until it is on.
    """
    unit, several = current(), list(grants)
    refuse_beyond(several)
    for grant in several:
        plugin, dot, _name = grant.view.partition(".")
        stands = dot and (plugin == "core" or plugin in unit.on)
        if stands and not unit.may(grant.permission.removeprefix("can_"), grant.view):
            raise RoleIsBeyondYours


def _powers(session: Session, role_ids: Select[Any]) -> list[Grant]:
    query = (
        select(Permission.name, ViewMenu.name)
        .select_from(PermissionView)
        .join(Permission, Permission.id == PermissionView.permission_id)
        .join(ViewMenu, ViewMenu.id == PermissionView.view_menu_id)
        .join(
            assoc_permissionview_role,
            assoc_permissionview_role.c.permission_view_id == PermissionView.id,
        )
        .where(ViewMenu.name.in_(DEPLOYMENT_VIEWS))
        .where(assoc_permissionview_role.c.role_id.in_(role_ids))
        .distinct()
    )
    return [Grant(permission, view) for permission, view in session.execute(query)]


def _held_by(person: User) -> Any:
    """Select the roles somebody holds: in any company, in all of them, or by a group."""
    somewhere = (
        select(MembershipRole.role_id)
        .join(Membership, Membership.id == MembershipRole.membership_id)
        .where(Membership.user_id == person.id)
    )
    everywhere = select(assoc_user_role.c.role_id).where(assoc_user_role.c.user_id == person.id)
    by_group = (
        select(assoc_group_role.c.role_id)
        .join(assoc_user_group, assoc_user_group.c.group_id == assoc_group_role.c.group_id)
        .where(assoc_user_group.c.user_id == person.id)
    )
    return somewhere.union(everywhere, by_group)
