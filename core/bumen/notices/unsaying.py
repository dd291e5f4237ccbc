"""Taking back what people were told, and the mail about it that has not left the house."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, select, update

from bumen.i18n import Text
from bumen.mail import Mail
from bumen.notices.models import Notice
from bumen.notices.telling import in_all_languages
from bumen.unit_of_work import session


def unsay(source: str, *, resource: str, record_id: int, text: Text, at: datetime) -> None:
    """Let notices from a source say this instead, and wait for nobody any more.

    A mail that is still to be sent is not: what else it told is told by another one.
    """
    about = (Notice.resource == resource, Notice.record_id == record_id)
    told = select(Notice).where(*about, Notice.source == source).with_for_update()
    words, mails = in_all_languages(text), set()
    for notice in session().scalars(told):
        notice.words, notice.done_at = words, notice.done_at or at
        mails.add(notice.mail_id)
    session().flush()
    _hold_back(mails - {None})


def _hold_back(mail_ids: Collection[int | None]) -> None:
    unsent = select(Mail.id).where(Mail.id.in_(mail_ids), Mail.sent_at.is_(None))
    held = session().scalars(unsent.with_for_update()).all() if mail_ids else ()
    if held:
        again = {"mailed_at": None, "mail_id": None}
        session().execute(update(Notice).where(Notice.mail_id.in_(held)).values(again))
        session().execute(delete(Mail).where(Mail.id.in_(held)))
