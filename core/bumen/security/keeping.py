"""The roles that administrators keep: made, changed and deleted by people, not by plugins.

All of it runs inside a unit of work and commits nothing. Who holds a role needs no new sign-in
when it changes: permissions are read anew for every request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from bumen.company.errors import NameIsMissing
from bumen.company.models import MembershipRole
from bumen.errors import BusinessError, Conflict
from bumen.i18n import translator
from bumen.model.accounts import (
    PermissionView,
    Role,
    assoc_group_role,
    assoc_user_role,
)
from bumen.security.permissions import DEPLOYMENT_ADMINISTRATOR, VISITOR, everybodys
from bumen.security.powers import refuse_beyond
from bumen.security.roles import Grant

_ = translator(__file__, "bumen")
_LONGEST = 64


class RoleNameIsTaken(Conflict):
    """The refusal of a name that another role has, capitals or not."""

    def __init__(self, name: str) -> None:
        super().__init__(_("There is a role “%(name)s” already.", name=name), field="name")


class RoleIsFixed(BusinessError):
    """The refusal to change what the role of the deployment's administrators may do."""

    def __init__(self) -> None:
        super().__init__(_("This role may do everything, always; it cannot be changed."))


class RoleIsBroughtByADepartment(BusinessError):
    """The refusal to rename or delete a role that a plugin brings: it would come back."""

    def __init__(self) -> None:
        super().__init__(
            _("A department brings this role: it cannot be renamed or deleted."), field="name"
        )


class RoleIsHeld(Conflict):
    """The refusal to delete a role that somebody holds."""

    def __init__(self, name: str) -> None:
        super().__init__(
            _("Somebody still holds the role “%(name)s”. Take it away from them first.", name=name)
        )


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """What was ticked for a role, out of what was offered; the rest of the role stays."""

    offered: frozenset[Grant]
    chosen: frozenset[Grant]


def kept_roles() -> Select[Role]:
    """Select every role that people can hold, by name."""
    return select(Role).where(Role.name != VISITOR).order_by(Role.name)


def make_role(session: Session, *, name: str, ticked: Ticked) -> Role:
    """Make a role; whoever holds it may also see and change the own account.

    Refuses to grant more power over the deployment than one has.
    """
    refuse_beyond(ticked.chosen)
    role = Role(name=_checked_name(session, name, of=None))
    session.add(role)
    grant_exactly(session, role, ticked.chosen | everybodys())
    session.flush()
    return role


def change_role(
    session: Session, role: Role, *, name: str, ticked: Ticked, brought: Collection[str]
) -> None:
    """Rename a role and grant it what was ticked; `brought` are the names of plugins' roles.

    Refuses to grant more power over the deployment than one has.
    """
    if role.name == DEPLOYMENT_ADMINISTRATOR:
        raise RoleIsFixed
    if name != role.name:
        if role.name in brought:
            raise RoleIsBroughtByADepartment
        role.name = _checked_name(session, name, of=role)
    had = grants_of(role)
    refuse_beyond(ticked.chosen - had)
    grant_exactly(session, role, (had - ticked.offered) | ticked.chosen)
    session.flush()


def delete_role(session: Session, role: Role, *, brought: Collection[str]) -> None:
    """Delete a role that nobody holds and no plugin brings."""
    if role.name in {*brought, DEPLOYMENT_ADMINISTRATOR}:
        raise RoleIsBroughtByADepartment
    if holders(session, [role.id])[role.id]:
        raise RoleIsHeld(role.name)
    session.delete(role)
    session.flush()


def grants_of(role: Role) -> frozenset[Grant]:
    """Return what a role is granted."""
    return frozenset(Grant(one.permission.name, one.view_menu.name) for one in role.permissions)


def holders(session: Session, role_ids: Iterable[int]) -> dict[int, int]:
    """Count how often each role is held: in a company, in all of them, and by groups."""
    counts = dict.fromkeys(role_ids, 0)
    for held in (MembershipRole.role_id, assoc_user_role.c.role_id, assoc_group_role.c.role_id):
        query = select(held, func.count()).where(held.in_(counts)).group_by(held)
        for role_id, count in session.execute(query):
            counts[role_id] += count
    return counts


def grant_exactly(session: Session, role: Role, wanted: frozenset[Grant]) -> None:
    """Let a role grant this and nothing else; what is no permission is passed over."""
    every = session.scalars(select(PermissionView)).all()
    by_grant = {Grant(one.permission.name, one.view_menu.name): one for one in every}
    role.permissions = [by_grant[grant] for grant in sorted(wanted & by_grant.keys())]


def _checked_name(session: Session, name: str, *, of: Role | None) -> str:
    bare = name.strip()
    if not bare or len(bare) > _LONGEST or not bare.isprintable():
        raise NameIsMissing(longest=_LONGEST)
    same = session.scalars(select(Role).where(func.lower(Role.name) == func.lower(bare)))
    if any(role is not of for role in same):
        raise RoleNameIsTaken(bare)
    return bare
