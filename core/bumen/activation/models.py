"""What the host remembers of switching: what is on where, and who switched what, when and why."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Text,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bumen.model import Model
from bumen.model.accounts import User
from bumen.model.reported import Reported
from bumen.values import BIG_ID

ONLY = 1
"""The one row of `core_activation`."""
DEPARTMENTS = "core.departments"
"""What switches are kept under in the history."""


def _about(switch: Switch) -> tuple[int, str]:
    return switch.id, switch.plugin


def _its_company(_session: Session, switch: Switch) -> Iterable[int]:
    return [switch.company_id]


def _what_was_done(switch: Switch) -> str:
    if "purged" in switch.plan:
        return "purged"
    return "switched_on" if switch.enabled else "switched_off"


def _why(switch: Switch) -> str:
    return switch.reason


class CompanyPlugin(Model):
    """A company's plugin is one it has switched on: on now, or off with its records kept."""

    __tablename__ = "core_company_plugin"

    company_id: Mapped[int] = mapped_column(
        ForeignKey("core_company.id", ondelete="CASCADE"), primary_key=True
    )
    plugin: Mapped[str] = mapped_column(String(60), primary_key=True)
    enabled: Mapped[bool]
    since: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))

    by: Mapped[User | None] = relationship(User)


class Switch(Model):
    """A switch is one plugin going on, going off or being purged in one company. Never changed."""

    __tablename__ = "core_switch"
    __table_args__ = (Index(None, "company_id", "plugin", "id"),)
    reported: ClassVar[Reported] = Reported(
        key=DEPARTMENTS,
        fields=(),
        about=_about,
        companies=_its_company,
        action=_what_was_done,
        opinion=_why,
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id", ondelete="CASCADE"))
    plugin: Mapped[str] = mapped_column(String(60))
    enabled: Mapped[bool]
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(Integer, ForeignKey("ab_user.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)

    by: Mapped[User | None] = relationship(User)


class ActivationVersion(Model):
    """The activation version is a number that grows with every switch in any company."""

    __tablename__ = "core_activation"
    __table_args__ = (CheckConstraint(f"id = {ONLY}", name="only_one"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[int]


def version_now() -> Select[int]:
    """Return the query for the activation version; no row stands for no switch yet."""
    return select(ActivationVersion.version).where(ActivationVersion.id == ONLY)


def switched_on(company_id: int) -> Select[str]:
    """Return the query for the names of the plugins that are on in a company."""
    return select(CompanyPlugin.plugin).where(
        CompanyPlugin.company_id == company_id, CompanyPlugin.enabled
    )


def last_switches(company_id: int) -> Select[Switch]:
    """Return the query for the history of a company's switches, the latest first."""
    return select(Switch).where(Switch.company_id == company_id).order_by(Switch.id.desc())
