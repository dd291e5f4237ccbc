"""What the host remembers of companies and of who works in them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from bumen.i18n import translator
from bumen.model import Model, field
from bumen.model.accounts import Role, User
from bumen.values import BIG_ID

_ = translator(__file__, "bumen")


class Company(Model):
    """A company is a legal entity whose records nobody outside it sees."""

    __tablename__ = "core_company"
    named_by = ("code", "name")

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    code: Mapped[str] = field(String(20), label=_("Code"), pattern=r"[A-Z0-9]{2,20}", unique=True)
    name: Mapped[str] = field(String(200), label=_("Name"))
    country: Mapped[str] = field(String(2), label=_("Country"), pattern=r"[A-Z]{2}")
    currency: Mapped[str] = field(String(3), label=_("Currency"), pattern=r"[A-Z]{3}")
    locale: Mapped[str] = field(String(16), label=_("Language"))
    timezone: Mapped[str] = field(String(64), label=_("Time zone"))
    active: Mapped[bool] = field(label=_("Active"), default=True)
    created_at: Mapped[datetime] = field(label=_("Created at"), readonly=True)


class Membership(Model):
    """A membership is a person's place in one company, with the roles held there."""

    __tablename__ = "core_membership"
    __table_args__ = (
        UniqueConstraint("user_id", "company_id"),
        Index(None, "company_id", "user_id"),
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    user_id: Mapped[int] = mapped_column(Integer, ForeignKey("ab_user.id", ondelete="CASCADE"))
    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id", ondelete="CASCADE"))
    preferred: Mapped[bool] = mapped_column(default=False)

    user: Mapped[User] = relationship(User)
    company: Mapped[Company] = relationship(Company)
    roles: Mapped[list[Role]] = relationship(Role, secondary="core_membership_role")


class MembershipRole(Model):
    """A role somebody holds in one company, and only there."""

    __tablename__ = "core_membership_role"
    __table_args__ = (Index(None, "role_id"),)

    membership_id: Mapped[int] = mapped_column(
        ForeignKey("core_membership.id", ondelete="CASCADE"), primary_key=True
    )
    role_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_role.id", ondelete="CASCADE"), primary_key=True
    )


def members(company_id: int) -> Select[User]:
    """Select the people who have a place in a company (its id)."""
    return select(User).join(Membership).where(Membership.company_id == company_id)
