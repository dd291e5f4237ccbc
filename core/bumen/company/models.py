"""What the host remembers of companies and of who works in them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Index, Integer, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bumen.i18n import translator
from bumen.model import Model, field
from bumen.model.accounts import Role, User, called
from bumen.model.reported import Reported, ReportedField, told_fields
from bumen.values import BIG_ID

_ = translator(__file__, "bumen")
PEOPLE = "core.people"
"""What changes of people are kept under in the history."""


def _role_name(role: Role) -> str:
    return str(role.name)


def _person_of(place: Membership) -> tuple[int, str]:
    return place.user_id, called(place.user)


def _its_company(_session: Session, place: Membership) -> Iterable[int]:
    return [place.company_id]


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

    reported: ClassVar[Reported] = Reported(
        key=PEOPLE,
        fields=(ReportedField(attribute="roles", each=_role_name),),
        about=_person_of,
        companies=_its_company,
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


def _of_person(person: User) -> tuple[int, str]:
    return person.id, called(person)


def _where_they_work(session: Session, person: User) -> Iterable[int]:
    found: Any = session.scalars(
        select(Membership.company_id).where(Membership.user_id == person.id)
    )
    return list(found)


User.reported = Reported(
    key=PEOPLE,
    fields=(
        *told_fields("username", "first_name", "last_name", "email", "locale", "active"),
        ReportedField(attribute="password", is_veiled=True),
        ReportedField(attribute="roles", name="everywhere", each=_role_name),
    ),
    about=_of_person,
    companies=_where_they_work,
)
