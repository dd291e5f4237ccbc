"""What the host remembers of fields that some roles do not see, or may not write."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Integer, Select, String, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from bumen.i18n import translator
from bumen.model import Model
from bumen.model.accounts import Role, User
from bumen.model.reported import Reported, told_fields
from bumen.values import BIG_ID, Choice

_ = translator(__file__, "bumen")

LONGEST_STATES = 400
FIELD_RULES = "core.field_rules"
"""What changes of field rules are kept under in the history."""


def _about(rule: FieldRule) -> tuple[int, str]:
    return rule.id, f"{rule.resource} {rule.field}"


def _its_company(_session: Session, rule: FieldRule) -> Iterable[int]:
    return [rule.company_id]


class Effect(Choice):
    """What a field rule does to a field: not shown at all, or shown and not written."""

    HIDDEN = "hidden", _("Hidden")
    FIXED = "fixed", _("Read-only")


class FieldRule(Model):
    """A field rule is a company's word that a role does not see a field, or may not write it.

    `resource` is the name its permissions are kept under, `field` an attribute of its model, or
    `lines.price` of its lines. `states` are the codes of the states it holds in, with blanks
    between them; empty means in every state.
    """

    __tablename__ = "core_field_rule"
    __table_args__ = (UniqueConstraint("company_id", "resource", "field", "role_id"),)
    reported: ClassVar[Reported] = Reported(
        key=FIELD_RULES,
        fields=told_fields("role_name", "effect", "states"),
        about=_about,
        companies=_its_company,
    )

    id: Mapped[int] = mapped_column(BIG_ID, primary_key=True)
    company_id: Mapped[int] = mapped_column(ForeignKey("core_company.id", ondelete="CASCADE"))
    resource: Mapped[str] = mapped_column(String(120))
    field: Mapped[str] = mapped_column(String(120))
    role_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_role.id", ondelete="CASCADE"), index=True
    )
    effect: Mapped[Effect]
    states: Mapped[str] = mapped_column(String(LONGEST_STATES), default="")
    at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="SET NULL")
    )

    role: Mapped[Role] = relationship(Role)
    by: Mapped[User | None] = relationship(User)

    @property
    def role_name(self) -> str:
        """The name of the role it is about, which never changes."""
        return str(self.role.name)

    @property
    def codes(self) -> frozenset[str]:
        """The codes of the states it holds in; none means all."""
        return frozenset(self.states.split())


def field_rules(company_id: int) -> Select[FieldRule]:
    """Select the field rules of a company, in the order of what they are about."""
    return (
        select(FieldRule)
        .where(FieldRule.company_id == company_id)
        .options(joinedload(FieldRule.role), joinedload(FieldRule.by))
        .order_by(FieldRule.resource, FieldRule.field, FieldRule.role_id)
    )
