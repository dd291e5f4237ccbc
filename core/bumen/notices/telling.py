"""Telling people: a notice in their inbox, and a mail with it where they wish one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select

from bumen.company.models import Membership
from bumen.i18n import LANGUAGES, Text, speaking
from bumen.model import CompanyModel
from bumen.model.accounts import User
from bumen.notices.kinds import USUAL, NoticeKind
from bumen.notices.models import LONGEST_LABEL, Notice, open_about, wishes
from bumen.unit_of_work import company_now, current, session


def tell(
    user_ids: Iterable[int],
    *,
    kind: NoticeKind,
    record: CompanyModel,
    text: Text,
    source: str | None = None,
    page: str | None = None,
) -> list[Notice]:
    """Tell people (ids of users) something about a record, as part of what is done now.

    Who does it is not told, nor who has no place in the company any more. Each is told once,
    in the own language; a mail goes out after the commit, when the person wishes one. Whoever
    calls has seen to it that they may read the record. `source` names what the text repeats, so
    that `unsay` finds it. `page` is one of `PAGES`, for what no resource shows.
    """
    told = _recipients(user_ids)
    if not told:
        return []
    session().flush()
    wished = {wish.user_id: wish.delivery for wish in session().scalars(wishes(told, kind=kind))}
    said = {
        "resource": page or key_of(record),
        "record_id": record.id,
        "label": str(record)[:LONGEST_LABEL],
        "kind": kind,
        "words": in_all_languages(text),
        "source": source,
    }
    notices = [Notice(user_id=one, delivery=wished.get(one, USUAL[kind]), **said) for one in told]
    session().add_all(notices)
    return notices


def settle(
    record: CompanyModel,
    *,
    kind: NoticeKind,
    at: datetime,
    user_ids: Iterable[int] | None = None,
) -> None:
    """Put away what people were told of one kind about a record: it waits for nobody any more.

    `user_ids` narrows it to some of them.
    """
    statement = open_about(key_of(record), record_id=record.id).where(Notice.kind == kind)
    if user_ids is not None:
        statement = statement.where(Notice.user_id.in_(list(user_ids)))
    session().execute(statement.values(done_at=at))


def key_of(record: CompanyModel) -> str:
    """Return the key of the resource that shows a record; LookupError when none does."""
    resource = current().neighbours.resource_of(type(record))
    if resource is None:
        raise LookupError(f"No resource shows a {type(record).__name__}.")
    return str(resource.key())


def in_all_languages(text: Text) -> dict[str, str]:
    """Return a sentence in each language of the house."""
    said: dict[str, str] = {}
    for wanted in LANGUAGES:
        with speaking(wanted):
            said[wanted] = str(text)
    return said


def _recipients(user_ids: Iterable[int]) -> list[int]:
    """Return those who work in the company and did not do it themselves, in a steady order."""
    doer = current().user
    wanted = set(user_ids) - {doer.id if doer else None}
    if not wanted:
        return []
    members = select(User.id).join(Membership, Membership.user_id == User.id)
    here = (Membership.company_id == company_now().id, User.active.is_(True))
    return list(session().scalars(members.where(User.id.in_(wanted), *here).order_by(User.id)))
