"""Who works where: what administrators write down about a person, as a whole.

All of it runs inside a unit of work and commits nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bumen.company.errors import (
    LocaleIsUnknown,
    NobodyWouldAdminister,
    OwnAccountStays,
    PersonIsNamedInRecords,
    RoleIsUnknown,
    UserNameIsTaken,
)
from bumen.company.models import Company, Membership
from bumen.company.service import (
    DEPLOYMENT_ROLES,
    NOBODYS_ROLES,
    UNREACHED,
    add_membership,
    add_user,
    checked_email,
    checked_person,
    checked_user_name,
    company_called,
    flush_or,
    own_address,
)
from bumen.folding import words_stand_in
from bumen.i18n import LANGUAGES
from bumen.model.accounts import Role, User, called

Places = Mapping[str, frozenset[str]]
"""The companies somebody works for, by code, each with the roles held there."""


@dataclass(frozen=True, kw_only=True)
class Portrait:
    """A portrait is everything about a person that administrators decide.

    `everywhere` are the roles held in every company the person works for; `locale` may be empty:
    then the browser's language counts. Without an e-mail address no mail reaches the person.
    """

    user_name: str
    full_name: str
    email: str = ""
    locale: str = ""
    active: bool = True
    everywhere: frozenset[str] = frozenset()
    places: Places = field(default_factory=dict)

    @property
    def roles(self) -> frozenset[str]:
        """Every role held, wherever it is."""
        return self.everywhere.union(*self.places.values())


def make_person(session: Session, *, password: str, portrait: Portrait) -> User:
    """Make a person with places and roles; refuses what `add_user` does, and unknown roles."""
    person = add_user(
        session,
        name=portrait.user_name,
        password=password,
        email=portrait.email or None,
        full_name=portrait.full_name,
    )
    person.active = portrait.active
    person.locale = _checked_locale(portrait.locale)
    _give_roles(session, person, portrait)
    return person


def change_person(session: Session, person: User, *, portrait: Portrait, by: User) -> None:
    """Make a person what the portrait says; whoever loses or gains a role signs in again.

    Refuses what `make_person` does, that people lock themselves out, and that nobody is left who
    administers the deployment.
    """
    if person.id == by.id and not portrait.active:
        raise OwnAccountStays
    administered = _administrators(session)
    name = checked_user_name(session, portrait.user_name, of=person)
    address = portrait.email or own_address(name)
    if address != person.email:
        checked_email(session, email=address, of=person)
    rename(person, full_name=portrait.full_name)
    person.username, person.email = name, address
    person.active, person.locale = portrait.active, _checked_locale(portrait.locale)
    flush_or(UserNameIsTaken(name), session=session)
    _give_roles(session, person, portrait)
    if administered and not _administrators(session):
        raise NobodyWouldAdminister


def rename(person: User, *, full_name: str) -> None:
    """Call a person by another name, written as the person writes it."""
    if full_name.strip() != full_name_of(person):
        person.first_name, person.last_name = checked_person(full_name), ""


def speak_to(person: User, *, locale: str) -> None:
    """Speak to a person in a language from now on; in the browser's when it is empty."""
    person.locale = _checked_locale(locale)


def delete_person(session: Session, person: User, *, by: User) -> None:
    """Delete a person who never wrote anything; others are locked, not deleted."""
    if person.id == by.id:
        raise OwnAccountStays
    administered = _administrators(session)
    try:
        with session.begin_nested():
            session.delete(person)
    except IntegrityError:
        raise PersonIsNamedInRecords(person.username) from None
    if administered and not _administrators(session):
        raise NobodyWouldAdminister


def full_name_of(person: User) -> str:
    """Return what a person is called, or the user name of somebody without a name."""
    return called(person)


def address_of(person: User) -> str:
    """Return where mail reaches a person; "" where none does."""
    return "" if str(person.email).endswith(UNREACHED) else str(person.email)


def people_found(session: Session, words: str, *limits: ColumnElement[bool]) -> Select[User]:
    """Select the people whose user name, name or e-mail address contains all of these words.

    In whatever script they are written: 陳國華 is found as 陈国华.
    """
    query = select(User).where(*limits)
    if not words.split():
        return query
    texts = (User.username, User.first_name, User.last_name, User.email)
    return query.where(User.id.in_(people_called(session, words, *limits, texts=texts)))


def people_called(
    session: Session, words: str, *limits: ColumnElement[bool], texts: Sequence[Any]
) -> list[int]:
    """Return the ids of the people in whose texts all of these words stand."""
    everybody = session.execute(select(User.id, *texts).where(*limits))
    return [ident for ident, *said in everybody if words_stand_in(said, words)]


def places_of(*user_ids: int) -> Select[Membership]:
    """Select where people work, in the order of the companies' codes."""
    return (
        select(Membership)
        .join(Membership.company)
        .where(Membership.user_id.in_(user_ids))
        .order_by(Company.code)
    )


def _give_roles(session: Session, person: User, portrait: Portrait) -> None:
    known = _roles(session)
    for name in portrait.roles - known.keys():
        raise RoleIsUnknown(name, known=known)
    if {role.name for role in person.roles} - NOBODYS_ROLES != portrait.everywhere:
        person.roles = [known[name] for name in sorted(portrait.everywhere)]
        _sign_out(person)
    held = {one.company.code: one for one in session.scalars(places_of(person.id))}
    for code in held.keys() - portrait.places.keys():
        session.delete(held[code])
        _sign_out(person)
    for code, names in sorted(portrait.places.items()):
        place = held.get(code) or add_membership(
            session, user=person, company=company_called(session, code)
        )
        if {role.name for role in place.roles} != names:
            place.roles = [known[name] for name in sorted(names)]
            _sign_out(person)
    session.flush()


def _roles(session: Session) -> dict[str, Role]:
    found = session.scalars(select(Role).where(Role.name.not_in(NOBODYS_ROLES)))
    return {role.name: role for role in found}


def _sign_out(person: User) -> None:
    """Let nothing count any more that the person has signed in with."""
    person.epoch = (person.epoch or 0) + 1


def _administrators(session: Session) -> int:
    """Count the people who may sign in and administer the whole deployment."""
    query = select(func.count(User.id.distinct())).join(User.roles).where(User.active)
    return session.scalar(query.where(Role.name.in_(DEPLOYMENT_ROLES))) or 0


def _checked_locale(locale: str) -> str | None:
    if locale and locale not in LANGUAGES:
        raise LocaleIsUnknown(locale)
    return locale or None
