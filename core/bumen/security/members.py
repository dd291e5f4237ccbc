"""The people of one company, kept by its own administrators.

They make accounts, invite who has one, and give roles of the company. What reaches further is
not theirs: other companies, the roles of the whole deployment, and the account of somebody who
also works elsewhere. All of it runs inside a unit of work for the company and commits nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, selectinload

from bumen.company.errors import OwnAccountStays, RoleIsUnknown, UserIsUnknown
from bumen.company.models import Company, Membership
from bumen.company.passwords import check_password, hashed
from bumen.company.people import Portrait, change_person, make_person, people_found
from bumen.company.service import add_membership
from bumen.errors import Forbidden, NotFound
from bumen.i18n import translator
from bumen.model.accounts import Role, User, assoc_user_group, assoc_user_role
from bumen.security.keeping import grants_of
from bumen.security.kept import roles_here
from bumen.security.powers import check_power_over, refuse_beyond_own
from bumen.unit_of_work import company_now, session
from bumen.values import is_account_id

_ = translator(__file__, "bumen")


class AccountIsNotYours(Forbidden):
    """The refusal to change the account of somebody who does not work for this company alone."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This person works for other companies too, or for the whole deployment: only an "
                "administrator of the deployment changes the account."
            )
        )


def members_here(words: str = "") -> Select[Membership]:
    """Select the places of the company that works now, of people found by all of these words."""
    query = (
        select(Membership)
        .join(Membership.user)
        .where(Membership.company_id == company_now().id)
        .options(contains_eager(Membership.user), selectinload(Membership.roles))
    )
    if not words.split():
        return query
    works_here = select(Membership.user_id).where(Membership.company_id == company_now().id)
    found = people_found(session(), words, User.id.in_(works_here))
    return query.where(User.id.in_(found.with_only_columns(User.id)))


def member_here(user_id: int) -> Membership:
    """Return somebody's place in the company, or `NotFound`: others are nobody here."""
    found: Membership | None = None
    if is_account_id(user_id):
        found = session().scalar(members_here().where(Membership.user_id == user_id))
    if found is None:
        raise NotFound
    return found


def is_ours(person: User) -> bool:
    """Whether somebody works for this company alone, so that it may change the account."""
    elsewhere = (
        select(func.count())
        .select_from(Membership)
        .where(Membership.user_id == person.id, Membership.company_id != company_now().id)
    )
    everywhere = select(assoc_user_role.c.role_id).where(assoc_user_role.c.user_id == person.id)
    by_group = select(assoc_user_group.c.group_id).where(assoc_user_group.c.user_id == person.id)
    further = select(everywhere.union_all(by_group).subquery())
    return not session().scalar(elsewhere) and session().execute(further).first() is None


def make_member(*, password: str, portrait: Portrait) -> User:
    """Make a person with a place here and these roles; refuses roles that are not to be given."""
    held = portrait.places.get(company_now().code, frozenset())
    _given(held, had=frozenset())
    own = replace(portrait, everywhere=frozenset(), places={company_now().code: held})
    return make_person(session(), password=password, portrait=own)


def invite_member(name: str, *, roles: Iterable[str]) -> Membership:
    """Give somebody who has an account a place here: known by user name or e-mail, in full.

    Whoever has a place here already is refused, as is a name that nobody has.
    """
    folded = name.strip().lower()
    known = or_(func.lower(User.username) == folded, func.lower(User.email) == folded)
    person = session().scalar(select(User).where(known, User.active)) if folded else None
    if person is None:
        raise UserIsUnknown(name.strip())
    given = _given(frozenset(roles), had=frozenset())
    company = session().get_one(Company, company_now().id)
    place = add_membership(session(), user=person, company=company)
    place.roles = given
    session().flush()
    return place


def give_roles(place: Membership, roles: Iterable[str]) -> None:
    """Let somebody hold these roles of the company and no others; they sign in anew.

    Roles that are held already may stay; others are given only by whoever may do what they allow.
    """
    had, wanted = {role.name for role in place.roles}, frozenset(roles)
    taken = [role for role in place.roles if role.name not in wanted]
    for role in taken:
        refuse_beyond_own(grants_of(role))
    given = _given(wanted, had=frozenset(had))
    if had != wanted:
        place.roles = given
        place.user.epoch = (place.user.epoch or 0) + 1
    session().flush()


def change_account(place: Membership, *, portrait: Portrait, by: User) -> None:
    """Change the account of somebody who works here alone, and the roles held here."""
    check_account_is_ours(place.user)
    held = portrait.places.get(company_now().code, frozenset())
    give_roles(place, held)
    own = replace(portrait, everywhere=frozenset(), places={company_now().code: held})
    change_person(session(), place.user, portrait=own, by=by)


def check_account_is_ours(person: User) -> None:
    """Refuse to touch an account that reaches further than this company."""
    if not is_ours(person):
        raise AccountIsNotYours
    check_power_over(session(), person)


def let_member_go(place: Membership, *, by: User) -> None:
    """Take somebody's place in the company away; the account stays."""
    if place.user_id == by.id:
        raise OwnAccountStays
    for role in place.roles:
        refuse_beyond_own(grants_of(role))
    place.user.epoch = (place.user.epoch or 0) + 1
    session().delete(place)
    session().flush()


def set_password(place: Membership, password: str) -> None:
    """Set a new password for somebody whose account is this company's alone."""
    check_account_is_ours(place.user)
    check_password(password, name=place.user.username)
    place.user.password = hashed(password)
    session().flush()


def _given(wanted: frozenset[str], *, had: frozenset[str]) -> list[Role]:
    """Return the roles that are wanted; refuses those that are not known or not to be given."""
    known = {role.name: role for role in session().scalars(roles_here(company_now().id))}
    for name in sorted(wanted - known.keys()):
        raise RoleIsUnknown(name, known=known)
    for name in sorted(wanted - had):
        refuse_beyond_own(grants_of(known[name]))
    return [known[name] for name in sorted(wanted)]
