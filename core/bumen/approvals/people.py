"""Who may be asked in a company: roles, superiors and fields of a document, as ids of users."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, or_, select

from bumen.company.models import Membership, MembershipRole
from bumen.model.accounts import Role, User, assoc_user_role
from bumen.organisation import position_of, superiors_of
from bumen.security.permissions import ADMINISTRATOR
from bumen.unit_of_work import company_now, session
from bumen.workflow import Asker, AskField, AskManager, AskPerson, AskRole, AskSuperior


@dataclass(frozen=True)
class PeopleOfCompany:
    """The people of the company of the unit of work, as seen from a document."""

    record: Any
    requester: int | None

    def found(self, asker: Asker) -> Sequence[int]:
        """Return whom a way to find people finds, as far as they work here and may sign in."""
        if isinstance(asker, AskRole):
            return holders(asker.role)
        return working(self._named(asker))

    def superiors(self) -> Iterable[int]:
        """Return who stands above the requester, nearest first."""
        return working(self._above)

    def administrators(self) -> Sequence[int]:
        """Return who administers the company."""
        return holders(ADMINISTRATOR)

    @cached_property
    def _above(self) -> list[int]:
        return [] if self.requester is None else list(superiors_of(self.requester))

    def _named(self, asker: Asker) -> list[int]:
        if isinstance(asker, AskPerson):
            return [asker.user_id]
        if isinstance(asker, AskField):
            return _user_ids(getattr(self.record, asker.name, None))
        if isinstance(asker, AskSuperior):
            return self._above[: asker.levels][-1:]
        if isinstance(asker, AskManager) and self.requester is not None:
            position = position_of(self.requester)
            return _user_ids(position.manager if position else None)
        return []


def holders(role: str) -> list[int]:
    """Return who holds a role in the company, or everywhere."""
    return list(session().scalars(_members().where(_holds(Role.name == role)).distinct()))


def working(user_ids: Iterable[int]) -> list[int]:
    """Return those who work in the company and may sign in, in the order they are named."""
    named = list(dict.fromkeys(user_ids))
    if not named:
        return []
    found = set(session().scalars(_members().where(User.id.in_(named))))
    return [one for one in named if one in found]


def roles_held(user_id: int) -> frozenset[str]:
    """Return the names of the roles somebody holds in the company."""
    query = (
        select(Role.name)
        .join(MembershipRole, MembershipRole.role_id == Role.id)
        .join(Membership, Membership.id == MembershipRole.membership_id)
        .where(Membership.company_id == company_now().id, Membership.user_id == user_id)
    )
    return frozenset(session().scalars(query))


def _members() -> Select[int]:
    return (
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.company_id == company_now().id, User.active.is_(True))
        .order_by(User.id)
    )


def _holds(role: Any) -> Any:
    here = (
        select(MembershipRole.membership_id)
        .join(Role, Role.id == MembershipRole.role_id)
        .where(role)
    )
    everywhere = (
        select(assoc_user_role.c.user_id)
        .join(Role, Role.id == assoc_user_role.c.role_id)
        .where(role)
    )
    return or_(Membership.id.in_(here), User.id.in_(everywhere))


def _user_ids(named: Any) -> list[int]:
    """Return the user that a value of a document names: a user, an employee, or an id."""
    if isinstance(named, User):
        return [named.id]
    ident = getattr(named, "user_id", named)
    return [ident] if isinstance(ident, int) and not isinstance(ident, bool) else []
