"""How companies and people are set up: made, given a place in a company, given roles.

All of it runs inside a unit of work and commits nothing. Companies and people belong to the
deployment, so any session of the host's will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bumen.company.errors import (
    CompanyCodeIsMalformed,
    CompanyCodeIsTaken,
    CompanyIsUnknown,
    CountryIsUnknown,
    CurrencyIsUnknown,
    EmailIsMalformed,
    EmailIsTaken,
    LocaleIsUnknown,
    MembershipIsTaken,
    NameIsMissing,
    RoleIsUnknown,
    TimeZoneIsMissing,
    TimeZoneIsUnknown,
    UserIsUnknown,
    UserNameIsMalformed,
    UserNameIsTaken,
)
from bumen.company.models import Company, Membership
from bumen.company.passwords import check_password, hashed
from bumen.company.standards import countries, currencies, timezone_of, timezones
from bumen.i18n import LANGUAGES
from bumen.model.accounts import Role, User

DEPLOYMENT_ROLES = frozenset({"Admin"})
"""Roles that are held in the whole deployment and not in one company."""
NOBODYS_ROLES = frozenset({"Public"})
"""Roles that nobody is given: what visitors may do who have not signed in."""

UNREACHED = "@users.invalid"
"""How the address of somebody without one ends."""

_CODE = re.compile(r"[A-Z0-9]{2,20}")
_USER_NAME = re.compile(r"[^\W_][\w.@+-]{0,63}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_LONGEST_NAME = 200
_LONGEST_PERSON = 64
_LONGEST_EMAIL = 320


def add_company(
    session: Session,
    *,
    code: str,
    name: str,
    country: str,
    currency: str,
    locale: str,
    timezone: str | None = None,
    at: datetime,
) -> Company:
    """Make a company; its time zone is its country's main one unless named.

    Refuses a malformed or taken code, an empty name, and codes of countries (ISO 3166),
    currencies (ISO 4217), languages and time zones (IANA) that are not known.
    """
    if not _CODE.fullmatch(code):
        raise CompanyCodeIsMalformed(code)
    if session.scalar(select(Company.id).where(Company.code == code)) is not None:
        raise CompanyCodeIsTaken(code)
    _check_standards(country=country, currency=currency, locale=locale)
    company = Company(
        code=code,
        name=_checked_name(name, longest=_LONGEST_NAME),
        country=country,
        currency=currency,
        locale=locale,
        timezone=_checked_timezone(timezone, country=country),
        active=True,
        created_at=at,
    )
    session.add(company)
    flush_or(CompanyCodeIsTaken(code), session=session)
    return company


def add_user(
    session: Session,
    *,
    name: str,
    password: str,
    email: str | None = None,
    full_name: str | None = None,
) -> User:
    """Make a person who can sign in, without a place in any company yet.

    Refuses a malformed or taken user name or e-mail address, and a weak password. Without an
    e-mail address the person gets one that no mail reaches.
    """
    checked_user_name(session, name)
    address = checked_email(session, email=email or own_address(name))
    check_password(password, name=name)
    user = User(
        username=name,
        first_name=checked_person(full_name or name),
        last_name="",
        email=address,
        password=hashed(password),
        active=True,
    )
    session.add(user)
    flush_or(UserNameIsTaken(name), session=session)
    return user


def add_membership(session: Session, *, user: User, company: Company) -> Membership:
    """Give a person a place in a company; the first one is where the person starts.

    Refuses a second place in the same company.
    """
    places = list(session.scalars(select(Membership).where(Membership.user_id == user.id)))
    taken = MembershipIsTaken(name=user.username, company=company.code)
    if any(place.company_id == company.id for place in places):
        raise taken
    place = Membership(user=user, company=company, preferred=not places)
    session.add(place)
    flush_or(taken, session=session)
    return place


def grant_role(session: Session, *, membership: Membership, role: str) -> None:
    """Let a person have a role: in the membership's company, or everywhere for `Admin`.

    Held already, it stays as it is. What the person signed in with before ends, so that it takes
    effect at once. Refuses a role that no installed plugin brings.
    """
    found = session.scalar(select(Role).where(Role.name == role))
    if found is None or role in NOBODYS_ROLES:
        known = session.scalars(select(Role.name).where(Role.name.not_in(NOBODYS_ROLES)))
        raise RoleIsUnknown(role, known=known)
    held = membership.user.roles if role in DEPLOYMENT_ROLES else membership.roles
    if found not in held:
        held.append(found)
        membership.user.epoch = (membership.user.epoch or 0) + 1
    session.flush()


def grant_roles(session: Session, *, membership: Membership, roles: Iterable[str]) -> None:
    """Let a person have several roles; refuses them all when it refuses one."""
    for role in roles:
        grant_role(session, membership=membership, role=role)


def company_called(session: Session, code: str) -> Company:
    """Return the company with a code; refuses an unknown one."""
    company: Company | None = session.scalar(select(Company).where(Company.code == code))
    if company is None:
        raise CompanyIsUnknown(code)
    return company


def user_called(session: Session, name: str) -> User:
    """Return the person with a user name; refuses an unknown one."""
    user = session.scalar(select(User).where(User.username == name))
    if user is None:
        raise UserIsUnknown(name)
    return user


def checked_user_name(session: Session, name: str, *, of: User | None = None) -> str:
    """Return a user name that is good and that nobody else has (`of` is whose it is)."""
    if not _USER_NAME.fullmatch(name):
        raise UserNameIsMalformed(name)
    if _is_taken(session, func.lower(User.username) == func.lower(name), of=of):
        raise UserNameIsTaken(name)
    return name


def checked_email(session: Session, *, email: str, of: User | None = None) -> str:
    """Return an e-mail address that is one and that nobody else has (`of` is whose it is)."""
    if not _EMAIL.fullmatch(email) or len(email) > _LONGEST_EMAIL or not email.isprintable():
        raise EmailIsMalformed(email)
    if _is_taken(session, func.lower(User.email) == func.lower(email), of=of):
        raise EmailIsTaken(email)
    return email


def own_address(name: str) -> str:
    """Return a person's address when none was given: the name itself, or one no mail reaches."""
    return name if "@" in name else f"{name}{UNREACHED}"


def checked_person(full_name: str) -> str:
    """Return what a person is called; refuses an empty or overlong name."""
    return _checked_name(full_name, longest=_LONGEST_PERSON)


def _is_taken(session: Session, same: ColumnElement[bool], *, of: User | None) -> bool:
    others = select(User.id).where(same)
    found = session.scalars(others if of is None else others.where(User.id != of.id))
    return found.first() is not None


def _check_standards(*, country: str, currency: str, locale: str) -> None:
    if country not in countries():
        raise CountryIsUnknown(country)
    if currency not in currencies():
        raise CurrencyIsUnknown(currency)
    if locale not in LANGUAGES:
        raise LocaleIsUnknown(locale)


def _checked_timezone(timezone: str | None, *, country: str) -> str:
    chosen = timezone or timezone_of(country)
    if chosen is None:
        raise TimeZoneIsMissing(country)
    if chosen not in timezones():
        raise TimeZoneIsUnknown(chosen)
    return chosen


def _checked_name(name: str, *, longest: int) -> str:
    bare = name.strip()
    if not bare or len(bare) > longest or not bare.isprintable():
        raise NameIsMissing(longest=longest)
    return bare


def flush_or(refusal: Exception, *, session: Session) -> None:
    """Write now; somebody who was quicker by a moment makes the database refuse."""
    try:
        session.flush()
    except IntegrityError:
        raise refusal from None
