"""What the host remembers of the permissions it handed out."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Integer, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

from bumen.model import Model
from bumen.model.accounts import Role

LONGEST_TITLE = 40


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
