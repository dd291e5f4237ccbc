"""Looking at what one was told, and how one wants to be told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update

from bumen.errors import NotFound
from bumen.model.accounts import User
from bumen.notices.kinds import USUAL, Delivery, NoticeKind
from bumen.notices.models import Notice, NoticeWish
from bumen.unit_of_work import session
from bumen.values import is_record_id


def notice_of(ident: int, *, by: User) -> Notice:
    """Return a notice somebody got, or `NotFound`."""
    mine = (Notice.id == ident, Notice.user_id == by.id)
    if not is_record_id(ident):
        raise NotFound
    found: Notice | None = session().scalar(select(Notice).where(*mine))
    if found is None:
        raise NotFound
    return found


def see(notice: Notice, *, at: datetime) -> None:
    """Remember that somebody has looked at a notice; the first time counts."""
    if notice.seen_at is None:
        notice.seen_at = at


def see_all(*, by: User, at: datetime) -> None:
    """Remember that somebody has looked at everything told so far."""
    mine = (Notice.user_id == by.id, Notice.seen_at.is_(None), Notice.created_at <= at)
    session().execute(update(Notice).where(*mine).values(seen_at=at))


def see_about(resource: str, record_id: int, *, by: User, at: datetime) -> None:
    """Remember that somebody has looked at a record, and so at what was told about it."""
    about = (Notice.resource == resource, Notice.record_id == record_id)
    mine = (Notice.user_id == by.id, Notice.seen_at.is_(None))
    session().execute(update(Notice).where(*about, *mine).values(seen_at=at))


def wishes_of(person: User) -> dict[NoticeKind, Delivery]:
    """Return how somebody is told of each kind, decided or as usual."""
    query = select(NoticeWish).where(NoticeWish.user_id == person.id)
    decided = {one.kind: one.delivery for one in session().scalars(query)}
    return {kind: decided.get(kind, USUAL[kind]) for kind in NoticeKind}


def wish(deliveries: Mapping[NoticeKind, Delivery], *, by: User) -> None:
    """Keep how somebody wants to be told; what is as usual is not kept."""
    session().execute(
        delete(NoticeWish).where(NoticeWish.user_id == by.id, NoticeWish.kind.in_(deliveries))
    )
    session().add_all(
        NoticeWish(user_id=by.id, kind=kind, delivery=delivery)
        for kind, delivery in deliveries.items()
        if delivery is not USUAL[kind]
    )
    session().flush()
