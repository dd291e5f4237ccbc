"""What the host remembers of whom it told what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import (
    JSON,
    Delete,
    ForeignKey,
    Index,
    Integer,
    Select,
    String,
    Update,
    delete,
    func,
    select,
    text,
    update,
)
from sqlalchemy.orm import Mapped, mapped_column

from bumen.i18n import language
from bumen.model import CompanyModel, Model, index
from bumen.notices.kinds import Delivery, NoticeKind
from bumen.values import BIG_ID

LONGEST_KEY = 120
LONGEST_LABEL = 200
LONGEST_SOURCE = 60
WORK = "core.work"
"""What notices about background work name as their resource; `source` is whose work it is."""
ABSENCES, WEBHOOKS = "core.absences", "core.webhooks"
PAGES = (ABSENCES, WEBHOOKS)
"""What notices name as their resource that lead to a page of the house instead of a record."""
_UNMAILED = text("mailed_at IS NULL AND seen_at IS NULL AND done_at IS NULL")


class Notice(CompanyModel):
    """A notice is what one person was told about one record.

    It names the record by the resource's key and the id, and goes when the record goes. `words`
    are the sentence in each language of the house, so that it reads the same when the record has
    changed, and everybody reads it in the own language. `source` says where words come from that
    may be taken back, `mail_id` which mail carried them.
    """

    __tablename__ = "core_notice"
    __table_args__ = (
        index("resource", "record_id"),
        index("user_id", "seen_at"),
        index("user_id", "kind", "id"),
        Index(
            "ix_core_notice_unmailed",
            "delivery",
            "created_at",
            sqlite_where=_UNMAILED,
            postgresql_where=_UNMAILED,
        ),
    )
    in_history: ClassVar[bool] = False

    resource: Mapped[str] = mapped_column(String(LONGEST_KEY))
    record_id: Mapped[int]
    label: Mapped[str] = mapped_column(String(LONGEST_LABEL))
    user_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[NoticeKind]
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    delivery: Mapped[Delivery]
    mailed_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    source: Mapped[str | None] = mapped_column(String(LONGEST_SOURCE))
    mail_id: Mapped[int | None] = mapped_column(
        ForeignKey("core_mail.id", ondelete="SET NULL"), index=True
    )

    @property
    def text(self) -> str:
        """The sentence in the language of the moment."""
        return self.words.get(language()) or self.words["en"]


class NoticeWish(Model):
    """A wish is how somebody wants to hear of one kind of notice, in all companies alike."""

    __tablename__ = "core_notice_wish"

    user_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True
    )
    kind: Mapped[NoticeKind] = mapped_column(primary_key=True)
    delivery: Mapped[Delivery]


class Digest(Model):
    """The last day a company's people got their daily mail.

    `told_until` is the last of them (the id of a user) who has it, None once everybody has.
    """

    __tablename__ = "core_digest"

    company_id: Mapped[int] = mapped_column(
        BIG_ID, ForeignKey("core_company.id", ondelete="CASCADE"), primary_key=True
    )
    day: Mapped[date]
    told_until: Mapped[int | None] = mapped_column(Integer)


def wishes(user_ids: Iterable[int], *, kind: NoticeKind) -> Select[NoticeWish]:
    """Select what some people decided about a kind of notice."""
    return select(NoticeWish).where(NoticeWish.user_id.in_(list(user_ids)), NoticeWish.kind == kind)


def unseen(user_id: int) -> Select[int]:
    """Select how many notices somebody has not looked at."""
    return select(func.count(Notice.id)).where(
        Notice.user_id == user_id, Notice.seen_at.is_(None), Notice.done_at.is_(None)
    )


def open_about(resource: str, *, record_id: int) -> Update:
    """Select, to change them, the notices about a record that nobody has done with."""
    return update(Notice).where(
        Notice.resource == resource, Notice.record_id == record_id, Notice.done_at.is_(None)
    )


def forget_about(page: str, *, ident: int) -> Delete:
    """Forget what was told about something on a page of the house."""
    return delete(Notice).where(Notice.resource == page, Notice.record_id == ident)


def forget_about_work(run_ids: Iterable[int]) -> Delete:
    """Forget what was told about runs of background work."""
    return delete(Notice).where(Notice.resource == WORK, Notice.record_id.in_(list(run_ids)))


def forget_work_of(plugin: str, *, company_id: int) -> Delete:
    """Forget what was told about a department's background work in a company."""
    theirs = (Notice.resource == WORK, Notice.source == plugin)
    return delete(Notice).where(Notice.company_id == company_id, *theirs)
