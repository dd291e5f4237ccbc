"""What is remembered of a discussion: what was said, who has read it, and who follows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import JSON, ForeignKey, Integer, Select, Text, func, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen.documents.linked import Linked
from bumen.i18n import translator
from bumen.model import index, unique
from bumen.model.accounts import User
from bumen.model.fields import About
from bumen.model.personal import Personal
from bumen.model.references import BelongsTo

_ = translator(__file__, "bumen")

CORRECTED_WITHIN = timedelta(minutes=15)
"""How long the author of a comment may still change it."""


class Comment(Linked):
    """A comment is what somebody said about a record.

    `mentions` says where in the text people are named: [{"at": 0, "length": 4, "user": 7}].
    A comment that was withdrawn stays in its place, without its words.
    """

    __tablename__ = "core_comment"
    __table_args__ = (index("resource", "record_id", "id"),)
    is_work = True

    text: Mapped[str] = mapped_column(Text)
    mentions: Mapped[list[dict[str, int]]] = mapped_column(JSON, default=list)
    edited_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    @property
    def source(self) -> str:
        """What tells notices of this comment from others."""
        return f"{self.__tablename__}:{self.id}"

    def is_correctable(self, *, by: User, at: datetime) -> bool:
        """Whether a person may still change the words: one's own, for a quarter of an hour."""
        mine = self.created_by_id == by.id and self.deleted_at is None
        return mine and at < self.created_at + CORRECTED_WITHIN


class CommentReading(Personal, Linked):
    """A reading is that somebody has read a comment."""

    __tablename__ = "core_comment_reading"
    __table_args__ = (unique("comment_id", "user_id"), index("resource", "record_id", "user_id"))

    comment: Mapped[Comment] = BelongsTo(  # type: ignore[assignment]  # made a relationship by the model
        target=Comment, about=About(label=_("Comment")), ondelete="CASCADE"
    )
    comment_id: Mapped[int]
    user_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), index=True
    )


class Follower(Personal, Linked):
    """A follower is told what is new on a record; who does not want that any more is kept, too."""

    __tablename__ = "core_follower"
    __table_args__ = (unique("resource", "record_id", "user_id"),)

    user_id: Mapped[int] = mapped_column(
        Integer, ForeignKey("ab_user.id", ondelete="CASCADE"), index=True
    )
    follows: Mapped[bool]


def comments_of(resource: str, *, record_id: int, before: int | None = None) -> Select[Comment]:
    """Select what was said about a record, newest first; `before` a comment (its id) if given."""
    said = select(Comment).where(Comment.resource == resource, Comment.record_id == record_id)
    older = said if before is None else said.where(Comment.id < before)
    return older.order_by(Comment.id.desc())


def readings_of(comment_ids: Iterable[int]) -> Select[int, int, datetime]:
    """Select who has read which of some comments, and when: comment, user, moment."""
    wanted = CommentReading.comment_id.in_(list(comment_ids))
    return (
        select(CommentReading.comment_id, CommentReading.user_id, CommentReading.created_at)
        .where(wanted)
        .order_by(CommentReading.id)
    )


def unread_by(user_id: int, *, resource: str, record_id: int) -> Select[int]:
    """Select how many comments of others on a record somebody has not read."""
    read = select(CommentReading.comment_id).where(
        CommentReading.resource == resource,
        CommentReading.record_id == record_id,
        CommentReading.user_id == user_id,
    )
    return count_of(resource, record_id=record_id).where(
        Comment.created_by_id.is_distinct_from(user_id), Comment.id.not_in(read)
    )


def count_of(resource: str, *, record_id: int) -> Select[int]:
    """Select how many comments on a record have not been withdrawn."""
    return select(func.count(Comment.id)).where(
        Comment.resource == resource, Comment.record_id == record_id, Comment.deleted_at.is_(None)
    )


def followers_of(resource: str, *, record_id: int) -> Select[Follower]:
    """Select who follows a record, or does not want to."""
    return select(Follower).where(Follower.resource == resource, Follower.record_id == record_id)
