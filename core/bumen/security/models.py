"""What the host remembers of the permissions it handed out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, Integer, Select, String, UniqueConstraint, select
from sqlalchemy.orm import (
    Mapped,
    Session,
    contains_eager,
    mapped_column,
    object_session,
    relationship,
)

from bumen.company.models import Membership
from bumen.model import Model
from bumen.model.accounts import PermissionView, Role
from bumen.model.reported import Reported, ReportedField, told_fields

LONGEST_TITLE = 40
ROLES = "core.roles"
"""What changes of roles are kept under in the history."""


def _own_of(own: CompanyRole) -> tuple[int, str]:
    return own.role_id, own.title


def _owner(_session: Session, own: CompanyRole) -> Iterable[int]:
    return [own.company_id]


class SyncedRole(Model):
    """A synced role is what the last upgrade granted a role, so that what people changed since
    then can be told from what the plugins changed, and is left alone."""

    __tablename__ = "core_synced_role"

    role_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_role.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    grants: Mapped[list[str]] = mapped_column(JSON)


class CompanyRole(Model):
    """A company's role is one that its own administrators have made, mostly of a copy.

    Nobody outside the company holds it. `title` is what the company calls it, `copied_from` the
    name of the role it began as.
    """

    __tablename__ = "core_company_role"
    __table_args__ = (UniqueConstraint("company_id", "title"),)
    reported: ClassVar[Reported] = Reported(
        key=ROLES, fields=told_fields("title", "copied_from"), about=_own_of, companies=_owner
    )

    role_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_role.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(String(LONGEST_TITLE))
    copied_from: Mapped[str] = mapped_column(String(64), default="")

    role: Mapped[Role] = relationship(Role)


def company_roles(company_id: int) -> Select[CompanyRole]:
    """Select the roles that belong to a company alone, with what they grant to be loaded later."""
    return (
        select(CompanyRole)
        .join(CompanyRole.role)
        .where(CompanyRole.company_id == company_id)
        .options(contains_eager(CompanyRole.role))
        .order_by(CompanyRole.title)
    )


def _of_role(role: Role) -> tuple[int, str]:
    """Return a role by what its company calls it, where it is a company's own."""
    own = select(CompanyRole.title).where(CompanyRole.role_id == role.id)
    session = object_session(role)
    title = None if session is None else session.scalar(own)
    return role.id, title or str(role.name)


def _where_it_is_held(session: Session, role: Role) -> Iterable[int]:
    """Return the companies a role belongs to or is held in."""
    owned = select(CompanyRole.company_id).where(CompanyRole.role_id == role.id)
    held = select(Membership.company_id).where(Membership.roles.any(Role.id == role.id))
    return list(session.scalars(owned.union(held)))


def _grant_of(pair: PermissionView) -> str:
    return f"{pair.view_menu.name}:{pair.permission.name.removeprefix('can_')}"


Role.reported = Reported(
    key=ROLES,
    fields=(
        *told_fields("name"),
        ReportedField(attribute="permissions", each=_grant_of, is_piecemeal=True),
    ),
    about=_of_role,
    companies=_where_it_is_held,
)
