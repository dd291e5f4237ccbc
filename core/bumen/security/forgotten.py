"""Forgotten passwords: whoever reads somebody's mail may set a new one, by a link.

It is never said whether an account was found. All of it runs inside a unit of work and commits
nothing.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, or_, select

from bumen.company.models import Company, Membership
from bumen.company.passwords import check_password, hashed
from bumen.i18n import translator
from bumen.mail.letters import Letter, Part, Point, write
from bumen.model.accounts import User
from bumen.security.links import LIVES, LinkIsOver, Links, Purpose
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")


def write_to_whoever_forgot(name: str, *, at: datetime, links: Links, house: str) -> None:
    """Write a letter with a link to whom this user name or address belongs, if to anybody.

    Nobody who may not sign in is written to, nor who has no address that mail reaches.
    """
    person: User | None = session().scalar(_signing_in_as(name))
    if person is None:
        return
    said = _(
        "Somebody, most likely you, wants to set a new password for “%(name)s”.",
        name=person.username,
    )
    minutes = LIVES[Purpose.PASSWORD].seconds // 60
    lives = _("The link can be used once, for %(minutes)s minutes.", minutes=minutes)
    letter = Letter(
        subject=_("A new password"),
        parts=[Part(points=[Point(text=said), Point(text=lives)])],
        link=f"{house}/password/new/{links.token(person, Purpose.PASSWORD)}",
        leads_to=_("Choose a password"),
        why=_("If you did not expect this, you need not do anything."),
    )
    mail = write(letter, to=person, locale=_language_of(person), at=at)
    if mail is not None:
        session().add(mail)


def person_who_forgot(token: str, *, links: Links) -> User:
    """Return whose password may be set by a link; `LinkIsOver` for links that do not count."""
    person = links.person(token, Purpose.PASSWORD)
    if not person.active:
        raise LinkIsOver
    return person


def set_forgotten(person: User, password: str) -> None:
    """Set the new password; every session and every link that knew the old one ends."""
    check_password(password, name=person.username)
    person.password = hashed(password)
    session().flush()


def _signing_in_as(name: str) -> Select[User]:
    folded = name.strip().lower()
    known = or_(func.lower(User.username) == folded, func.lower(User.email) == folded)
    return select(User).where(known, User.active).order_by(User.id).limit(1)


def _language_of(person: User) -> str:
    """Return the language somebody chose, or that of the company the person works for first."""
    if person.locale:
        return str(person.locale)
    places = select(Company.locale).join(Membership).where(Membership.user_id == person.id)
    found = session().scalar(places.order_by(Membership.preferred.desc(), Membership.id).limit(1))
    return found or "en"
