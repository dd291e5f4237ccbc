"""Letters about notices: what people wish to know at once leaves with the next look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import ColumnElement, Select, and_, or_, select

from bumen.company.models import Company
from bumen.i18n import speaking, translator
from bumen.mail import Mail
from bumen.mail.letters import Letter, Part, Point, write
from bumen.model.accounts import User
from bumen.notices.kinds import Delivery
from bumen.notices.models import WORK, Notice
from bumen.unit_of_work import company_now, current, session

_ = translator(__file__, "bumen")

FRESH = timedelta(days=3)
"""What is older was not mailed for a reason, such as no mail server: it stays in the inbox."""
MOST_AT_ONCE = 500
_HOST = "core"


def companies_to_mail(*, at: datetime) -> Select[str]:
    """Select the codes of the companies where somebody is still to be told by mail at once."""
    waiting = select(Notice.company_id).where(*_unmailed(Delivery.AT_ONCE, since=at - FRESH))
    return select(Company.code).where(Company.active, Company.id.in_(waiting))


def to_mail(delivery: Delivery, *, at: datetime, fresh: timedelta = FRESH) -> Select[Notice]:
    """Select what people have not been told by mail, person by person."""
    return (
        select(Notice)
        .where(*_unmailed(delivery, since=at - fresh), in_departments(current().on))
        .order_by(Notice.user_id, Notice.id)
    )


def in_departments(on: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that a notice is about a record, or work, of these departments.

    Background work of the host's own counts, too.
    """
    prefixes = [Notice.resource.startswith(f"{name}.", autoescape=True) for name in sorted(on)]
    work = and_(Notice.resource == WORK, Notice.source.in_(sorted({_HOST, *on})))
    return or_(work, *prefixes)


def write_at_once(*, house: str, at: datetime) -> int:
    """Write to whoever wishes to know at once; return how many letters.

    `house` is where people reach Bumen, or "". What somebody has seen in the meantime is not
    mailed; several notices to one person make one letter.
    """
    waiting = to_mail(Delivery.AT_ONCE, at=at).limit(MOST_AT_ONCE)
    notices = session().scalars(waiting.with_for_update(skip_locked=True)).all()
    readers = readers_of(notice.user_id for notice in notices)
    letters = 0
    for user_id, told in groupby(notices, key=lambda notice: notice.user_id):
        letters += _write_to(readers[user_id], list(told), house=house, at=at)
    return letters


def readers_of(user_ids: Iterable[int]) -> dict[int, User]:
    """Return people by their ids."""
    found = session().scalars(select(User).where(User.id.in_(set(user_ids))))
    return {person.id: person for person in found}


def locale_of(reader: User) -> str:
    """Return the language somebody reads: the chosen one, or the company's."""
    return str(reader.locale or company_now().locale)


def points_of(notices: Iterable[Notice], *, house: str) -> list[Point]:
    """Return notices as what a letter tells, in the language of the moment."""
    return [
        Point(text=one.text, about=one.label, link=address_of_notice(house, one.id))
        for one in notices
    ]


def address_of_inbox(house: str) -> str:
    """Return the address of the company's inbox; "" when nobody said where the house is."""
    return house and f"{house}/inbox/at/{company_now().code}/"


def address_of_notice(house: str, ident: int) -> str:
    """Return the address that leads to what a notice is about."""
    return house and f"{address_of_inbox(house)}{ident}"


def address_of_wishes(house: str) -> str:
    """Return the address where people choose what they are told by mail."""
    return house and f"{house}/inbox/wishes"


def _write_to(reader: User, notices: Sequence[Notice], *, house: str, at: datetime) -> int:
    locale = locale_of(reader)
    with speaking(locale):
        several = _("%(count)s new entries in your inbox", count=len(notices))
        letter = Letter(
            subject=notices[0].text if len(notices) == 1 else several,
            parts=[Part(points=points_of(notices, house=house))],
            link=address_of_inbox(house),
            wishes=address_of_wishes(house),
        )
        mail = write(letter, to=reader, locale=locale, at=at) if reader.active else None
    carried_by(mail, notices, at=at)
    return 0 if mail is None else 1


def carried_by(mail: Mail | None, notices: Iterable[Notice], *, at: datetime) -> None:
    """Remember that notices were told by a mail, or that there was nobody to write to."""
    if mail is not None:
        session().add(mail)
        session().flush()
    for notice in notices:
        notice.mailed_at, notice.mail_id = at, mail.id if mail else None


def _unmailed(delivery: Delivery, *, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Notice.delivery == delivery,
        Notice.mailed_at.is_(None),
        Notice.created_at > since,
        Notice.seen_at.is_(None),
        Notice.done_at.is_(None),
    )
