"""Invitations by mail: somebody new is given a place, and chooses the password by a link.

The account may not sign in before. All of it runs inside a unit of work and commits nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKey, Integer, Select, event, inspect, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from bumen.company.isolation import CompanySession
from bumen.company.models import PEOPLE, Membership
from bumen.company.passwords import check_password, hashed, new_password
from bumen.company.people import Portrait, delete_person, full_name_of, rename
from bumen.errors import NotFound
from bumen.i18n import translator
from bumen.mail.letters import Letter, Part, Point, write
from bumen.model import Model
from bumen.model.accounts import User, called
from bumen.model.reported import Reported, told_fields
from bumen.security.links import LIVES, LinkIsOver, Links, Purpose
from bumen.security.members import (
    check_account_is_ours,
    let_member_go,
    make_member,
    member_here,
)
from bumen.unit_of_work import company_now, session
from bumen.values import BIG_ID

_ = translator(__file__, "bumen")


def _about(invitation: Invitation) -> tuple[int, str]:
    return invitation.membership.user_id, called(invitation.membership.user)


def _its_company(_session: Session, invitation: Invitation) -> Iterable[int]:
    return [invitation.membership.company_id]


def _what_was_done(_invitation: Invitation) -> str:
    return "invited"


class Invitation(Model):
    """An invitation is that somebody was sent a link, and has not opened it yet."""

    __tablename__ = "core_invitation"
    reported: ClassVar[Reported] = Reported(
        key=PEOPLE,
        fields=told_fields("expires_at"),
        about=_about,
        companies=_its_company,
        action=_what_was_done,
    )

    membership_id: Mapped[int] = mapped_column(
        BIG_ID,
        ForeignKey("core_membership.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    by_id: Mapped[int | None] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="SET NULL")
    )

    membership: Mapped[Membership] = relationship(Membership)


def invitations_of(membership_ids: Collection[int]) -> Select[Invitation]:
    """Select the invitations to some places of work.

    Whom an administrator has let in meanwhile, without the link, is not invited any more.
    """
    return _open().where(Invitation.membership_id.in_(membership_ids))


def invite_by_mail(
    *,
    email: str,
    full_name: str,
    locale: str,
    roles: Iterable[str],
    by: User,
    at: datetime,
    links: Links,
    house: str,
) -> Membership:
    """Give somebody new a place with these roles, and write a letter with the link.

    `house` is where people reach Bumen. Refuses an address that is none or that somebody has, and
    roles that are not to be given.
    """
    held = {company_now().code: frozenset(roles)}
    name = full_name.strip() or email.partition("@")[0]
    portrait = Portrait(
        user_name=email, full_name=name, email=email, locale=locale, active=False, places=held
    )
    person = make_member(password=new_password(name=email), portrait=portrait)
    place = member_here(person.id)
    invitation = Invitation(membership=place)
    _send(invitation, by=by, at=at, links=links, house=house)
    return place


def send_again(place: Membership, *, by: User, at: datetime, links: Links, house: str) -> None:
    """Write the letter anew, with a new link: the one before opens nothing any more."""
    invitation = invitation_to(place)
    check_account_is_ours(place.user)
    place.user.password = hashed(new_password(name=place.user.username))
    _send(invitation, by=by, at=at, links=links, house=house)


def withdraw(place: Membership, *, by: User) -> None:
    """Take an invitation back: the account that nobody has used is deleted."""
    invitation_to(place)
    check_account_is_ours(place.user)
    delete_person(session(), place.user, by=by)


def end_place(place: Membership, *, by: User) -> None:
    """Take somebody's place away; of whom was only invited, the invitation and the account."""
    if session().scalar(invitations_of([place.id])) is None:
        let_member_go(place, by=by)
    else:
        withdraw(place, by=by)


def invitation_to(place: Membership) -> Invitation:
    """Return the invitation to a place of work; `NotFound` where there is none any more.

    Nobody accepts it, or takes it back, until the unit of work ends.
    """
    found: Invitation | None = session().scalar(_held(invitations_of([place.id])))
    if found is None:
        raise NotFound
    return found


def invited(token: str, *, links: Links, at: datetime) -> Invitation:
    """Return the invitation that a link opens; `LinkIsOver` for every other link.

    It is not withdrawn until the unit of work ends.
    """
    person = links.person(token, Purpose.INVITATION)
    query = _open().where(Membership.user_id == person.id, Invitation.expires_at > at)
    found: Invitation | None = session().scalar(_held(query))
    if found is None:
        raise LinkIsOver
    return found


def accept(invitation: Invitation, *, full_name: str, password: str) -> User:
    """Let the person who was invited in from now on, with a password only this person knows."""
    person = invitation.membership.user
    check_password(password, name=person.username)
    rename(person, full_name=full_name)
    person.password, person.active = hashed(password), True
    session().delete(invitation)
    session().flush()
    return person


def _open() -> Select[Invitation]:
    """Select the invitations of accounts by which nobody may sign in yet."""
    query = select(Invitation).join(Invitation.membership).join(Membership.user)
    return query.where(User.active.is_not(True))


def _held(query: Select[Invitation]) -> Select[Invitation]:
    """Lock the invitations that are selected, and read them anew."""
    return query.with_for_update(of=Invitation).execution_options(populate_existing=True)


@event.listens_for(CompanySession, "before_flush")
def _end_with_letting_in(written: CompanySession, _context: Any, _instances: Any) -> None:
    """End the invitation of whoever may sign in from now on, by whichever way that was said.

    Who is locked later was not invited again.
    """
    let_in = [
        one.id
        for one in written.dirty
        if isinstance(one, User) and one.active and inspect(one).attrs.active.history.added
    ]
    if not let_in:
        return
    query = select(Invitation).join(Invitation.membership)
    with written.no_autoflush:
        found = written.scalars(query.where(Membership.user_id.in_(let_in))).all()
    for one in found:
        if one not in written.deleted:
            written.delete(one)


def _send(invitation: Invitation, *, by: User, at: datetime, links: Links, house: str) -> None:
    person = invitation.membership.user
    invitation.sent_at, invitation.by_id = at, by.id
    invitation.expires_at = at + LIVES[Purpose.INVITATION]
    session().add(invitation)
    session().flush()
    session().refresh(person)
    company = company_now()
    said = _(
        "%(person)s has made an account for you at %(company)s. You sign in as %(name)s.",
        person=full_name_of(by),
        company=company.name,
        name=person.username,
    )
    days = LIVES[Purpose.INVITATION].days
    lives = _("The link can be used once, for %(days)s days.", days=days)
    letter = Letter(
        subject=_("Your account for %(company)s", company=company.name),
        parts=[Part(points=[Point(text=said), Point(text=lives)])],
        link=f"{house}/invitation/{links.token(person, Purpose.INVITATION)}",
        leads_to=_("Choose a password"),
        why=_("If you did not expect this, you need not do anything."),
    )
    mail = write(letter, to=person, locale=person.locale or company.locale, at=at)
    if mail is not None:
        session().add(mail)
