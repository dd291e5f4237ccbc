"""The daily mail: what is overdue, what waits, and what is new, once each working day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.exc import IntegrityError

from bumen.approvals import Absence, Seat, Standing
from bumen.company.models import Company, Membership
from bumen.documents.activities import Activity
from bumen.documents.working_days import working_time
from bumen.i18n import Text, speaking, translator
from bumen.inbox.items import Item, Tab, Viewer
from bumen.inbox.paging import page_of
from bumen.inbox.sources import sources_of
from bumen.mail import Mail
from bumen.mail.letters import Letter, Part, Point, write
from bumen.model.accounts import User
from bumen.notices import Delivery, Notice, NoticeKind
from bumen.notices.letters import (
    address_of_inbox,
    address_of_wishes,
    carried_by,
    locale_of,
    points_of,
    to_mail,
)
from bumen.notices.models import Digest
from bumen.notices.seeing import wishes_of
from bumen.resource import Resource
from bumen.unit_of_work import company_now, session

_ = translator(__file__, "bumen")

AT = time(8)
"""When it is written, by the clocks where the company is."""
FRESH = timedelta(days=14)
"""News older than this are no news."""
MOST = 20
"""So many lines of a part are written; all of them are in the inbox."""
AT_ONCE = 50
"""So many people are written to in one transaction."""
_NOBODY = 0
"""Less than the id of any user."""

Resources = Mapping[str, type[Resource]]


def companies_with_digest() -> Select[Company, date]:
    """Select the companies, each with the last day all its people got their daily mail."""
    all_told = and_(Digest.company_id == Company.id, Digest.told_until.is_(None))
    return (
        select(Company, Digest.day)
        .outerjoin(Digest, all_told)
        .where(Company.active)
        .order_by(Company.id)
    )


def is_due(company: Company, last: date | None, *, at: datetime) -> bool:
    """Whether it is time for a company's daily mail."""
    there = at.astimezone(ZoneInfo(company.timezone))
    return there.time() >= AT and (last is None or last < there.date())


def write_digests(resources: Resources, *, house: str, at: datetime) -> bool:
    """Write to the next people for whom there may be something; return whether others wait.

    `resources` are those of the departments that are on. Nothing is written twice on a day, nor
    on a day on which the company does not work. Who calls commits, and calls again.
    """
    day = at.astimezone(ZoneInfo(company_now().timezone)).date()
    digest = _begun(day)
    if digest is None:
        return False
    worked = working_time(since=day).is_worked(day)
    readers = _readers(after=digest.told_until, at=at) if worked else []
    news = _news(readers, at=at)
    for reader in readers:
        new, viewer = news.get(reader.id, []), _viewer(reader, resources, day, at)
        carried_by(_letter(reader, new, viewer, house=house), new, at=at)
    digest.told_until = readers[-1].id if len(readers) == AT_ONCE else None
    return digest.told_until is not None


def _begun(day: date) -> Digest | None:
    """Begin with the day's mail, or go on with it, alone; None when everybody has it."""
    company_id = company_now().id
    there = select(Digest).where(Digest.company_id == company_id).with_for_update()
    digest: Digest | None = session().scalar(there)
    if digest is None:
        digest = Digest(company_id=company_id, day=day, told_until=_NOBODY)
        try:
            with session().begin_nested():
                session().add(digest)
        except IntegrityError:
            return None
    elif digest.day < day:
        digest.day, digest.told_until = day, _NOBODY
    return None if digest.told_until is None else digest


def _news(readers: Iterable[User], *, at: datetime) -> dict[int, list[Notice]]:
    """Return what people have not seen and want to be told in the daily mail."""
    theirs = Notice.user_id.in_([reader.id for reader in readers])
    untold = to_mail(Delivery.DIGEST, at=at, fresh=FRESH).where(theirs)
    told: dict[int, list[Notice]] = {}
    for notice in session().scalars(untold.with_for_update(skip_locked=True)):
        told.setdefault(notice.user_id, []).append(notice)
    return told


def _with_something(*, at: datetime) -> ColumnElement[bool]:
    """Tell for whom there may be something; whether there is, is looked at one by one."""
    untold = to_mail(Delivery.DIGEST, at=at, fresh=FRESH).order_by(None)
    asked = select(Seat.user_id).where(Seat.standing == Standing.ASKED)
    escalated = select(Seat.escalated_to_id).where(
        Seat.standing == Standing.ASKED, Seat.escalated_to_id.is_not(None)
    )
    doing = select(Activity.user_id).where(Activity.done_at.is_(None))
    substitutes = select(Absence.substitute_id)
    news = untold.with_only_columns(Notice.user_id)
    return or_(*(User.id.in_(one) for one in (news, asked, escalated, doing, substitutes)))


def _readers(*, after: int | None, at: datetime) -> Sequence[User]:
    """Return the next of those who work here and for whom there may be something."""
    members = select(User).join(Membership, Membership.user_id == User.id)
    here = (Membership.company_id == company_now().id, User.active.is_(True))
    theirs = (User.id > (after or _NOBODY), _with_something(at=at))
    query = members.where(*here, *theirs).order_by(User.id).limit(AT_ONCE)
    return session().scalars(query).all()


def _viewer(reader: User, resources: Resources, day: date, at: datetime) -> Viewer:
    return Viewer(user_id=reader.id, on=day, at=at, resources=resources)


def _letter(reader: User, news: list[Notice], viewer: Viewer, *, house: str) -> Mail | None:
    """Return somebody's daily mail; None when there is nothing to tell."""
    locale = locale_of(reader)
    with speaking(locale):
        parts = [part for part in _parts(reader, news, viewer, house=house) if part.points]
    if not parts:
        return None
    letter = Letter(
        subject=_("Your inbox today"),
        parts=parts,
        link=address_of_inbox(house),
        wishes=address_of_wishes(house),
    )
    return write(letter, to=reader, locale=locale, at=viewer.at)


def _parts(reader: User, news: list[Notice], viewer: Viewer, *, house: str) -> Iterator[Part]:
    wanted = {kind for kind, way in wishes_of(reader).items() if way is not Delivery.NONE}
    late = _lines(Tab.OVERDUE, viewer) if NoticeKind.LATE in wanted else []
    told = {(item.kind, item.id) for item in late}
    waits = [item for item in _lines(Tab.WAITING, viewer) if (item.kind, item.id) not in told]
    if not wanted & {NoticeKind.ASKED, NoticeKind.ACTIVITY}:
        waits = []
    yield _part(_("Overdue"), late)
    yield _part(_("Waiting for me"), waits)
    yield Part(title=_("Mentions and news"), points=points_of(news, house=house)[:MOST])


def _lines(tab: Tab, viewer: Viewer) -> list[Item]:
    return page_of(sources_of(tab, viewer), after=None, size=MOST).items


def _part(title: Text, items: list[Item]) -> Part:
    return Part(title=title, points=[Point(text=item.text, about=item.label) for item in items])
