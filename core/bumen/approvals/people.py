"""Who may be asked in a company: roles, superiors and fields of a document, as ids of users."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, or_, select

from bumen.company.holding import holds_one_of, roles_in
from bumen.company.models import Membership
from bumen.model.accounts import Role, User
from bumen.organisation import position_of, superiors_of
from bumen.security.models import CompanyRole, company_roles
from bumen.security.permissions import ADMINISTRATOR
from bumen.unit_of_work import company_now, session
from bumen.values import is_account_id
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
    """Return who holds a role in the company, or what the company has made of it."""
    copies = company_roles(company_now().id).where(CompanyRole.copied_from == role)
    meant = select(Role.id).where(
        or_(Role.name == role, Role.id.in_(copies.with_only_columns(CompanyRole.role_id)))
    )
    return list(session().scalars(_members().where(holds_one_of(meant)).distinct()))


def working(user_ids: Iterable[int]) -> list[int]:
    """Return those who work in the company and may sign in, in the order they are named."""
    named = [one for one in dict.fromkeys(user_ids) if is_account_id(one)]
    if not named:
        return []
    found = set(session().scalars(_members().where(User.id.in_(named))))
    return [one for one in named if one in found]


def roles_held(user_id: int) -> frozenset[str]:
    """Return the names of the roles somebody holds in the company, and of those they are copied
    from."""
    held = roles_in(company_now().id, user_id=user_id).subquery()
    query = select(held.c.name, CompanyRole.copied_from).outerjoin(
        CompanyRole, CompanyRole.role_id == held.c.id
    )
    return frozenset(name for row in session().execute(query) for name in row if name)


def _members() -> Select[int]:
    return (
        select(User.id)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.company_id == company_now().id, User.active.is_(True))
        .order_by(User.id)
    )


def _user_ids(named: Any) -> list[int]:
    """Return the user that a value of a document names: a user, an employee, or an id."""
    if isinstance(named, User):
        return [named.id]
    ident = getattr(named, "user_id", named)
    return [ident] if isinstance(ident, int) and not isinstance(ident, bool) else []
