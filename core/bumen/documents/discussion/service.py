"""Talking about a record: saying, correcting, withdrawing, reading, following."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, select
from sqlalchemy.exc import IntegrityError

from bumen.argument import Argument
from bumen.company.people import full_name_of
from bumen.documents.asked import Asked
from bumen.documents.called import people_called
from bumen.documents.discussion.errors import CommentIsAnothers, CommentIsWithdrawn, CommentStands
from bumen.documents.discussion.following import join, wishes_about
from bumen.documents.discussion.mentions import mentions_in
from bumen.documents.discussion.models import (
    CORRECTED_WITHIN,
    Comment,
    CommentReading,
    comments_of,
)
from bumen.documents.readers import readers
from bumen.documents.writing import written
from bumen.errors import NotFound
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.notices import NoticeKind, settle, tell, unsay
from bumen.resource import Resource
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

LONGEST_COMMENT = 10_000
COMMENT = Asked("comment", (Argument("text", String(LONGEST_COMMENT), label=_("Comment")),))
"""What a comment is made of."""
_SNIPPET = 120


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was said, and who was mentioned in it but may not read the record."""

    comment: Comment
    unreached: Sequence[User] = ()


def comment_on(resource: type[Resource], record: Any, *, text: str, by: User, at: datetime) -> Said:
    """Say something about a record, and tell who is mentioned in it and who follows.

    Nobody is told who may not read the record; the author learns whom that leaves out.
    """
    comment = Comment(resource=resource.key(), record_id=record.id, text=_plain(text))
    comment.mentions = mentions_in(comment.text)
    comment.created_at, comment.created_by_id = at, by.id
    session().add(comment)
    session().flush()
    return Said(comment=comment, unreached=_tell(resource, record, comment, by=by, told=set()))


def correct_comment(
    resource: type[Resource], record: Any, comment: Comment, *, text: str, by: User, at: datetime
) -> Said:
    """Change one's own words while they are fresh; who is mentioned only now is told."""
    _check_own(comment, by=by)
    if not comment.is_correctable(by=by, at=at):
        raise CommentStands(minutes=int(CORRECTED_WITHIN.total_seconds() // 60))
    before = {one["user"] for one in comment.mentions}
    with written():
        comment.text, comment.edited_at = _plain(text), at
        comment.mentions = mentions_in(comment.text)
    unreached = _tell(resource, record, comment, by=by, told=before | {by.id})
    return Said(comment=comment, unreached=unreached)


def withdraw_comment(comment: Comment, *, by: User, at: datetime) -> None:
    """Take one's own words back: that there was a comment is still seen, what it said is gone."""
    _check_own(comment, by=by)
    with written():
        comment.text, comment.mentions, comment.deleted_at = "", [], at
    gone = _("The comment was withdrawn.")
    about, ident = comment.resource, comment.record_id
    unsay(comment.source, resource=about, record_id=ident, text=gone, at=at)


def comment_called(resource: type[Resource], record: Any, *, ident: int) -> Comment:
    """Return a comment on a record by its id, or `NotFound`."""
    query = comments_of(resource.key(), record_id=record.id).where(Comment.id == ident)
    found: Comment | None = session().scalar(query)
    if found is None:
        raise NotFound
    return found


def read_comments(
    resource: type[Resource], record: Any, *, comment_ids: Iterable[int], by: User, at: datetime
) -> None:
    """Remember that somebody has read these comments; what they were told of it is done with."""
    wanted = set(comment_ids)
    read = select(CommentReading.comment_id).where(CommentReading.user_id == by.id)
    others = comments_of(resource.key(), record_id=record.id).where(
        Comment.id.in_(wanted),
        Comment.created_by_id.is_distinct_from(by.id),
        Comment.id.not_in(read),
    )
    place = {"resource": resource.key(), "record_id": record.id, "user_id": by.id}
    fresh = session().scalars(others).all()
    with suppress(IntegrityError), session().begin_nested():  # read in another window just now
        session().add_all(
            CommentReading(comment_id=one.id, created_at=at, **place) for one in fresh
        )
    for kind in (NoticeKind.MENTIONED, NoticeKind.FOLLOWED):
        settle(record, kind=kind, at=at, user_ids=(by.id,))


def _tell(
    resource: type[Resource], record: Any, comment: Comment, *, by: User, told: set[int]
) -> list[User]:
    """Tell who is mentioned, then who follows; return who is mentioned but may not read it."""
    wishes = wishes_about(resource, record)
    called = {one["user"] for one in comment.mentions} - told
    followers = {one for one, follows in wishes.items() if follows} if not told else set()
    reached = readers(resource, record, user_ids=(called | followers) - {by.id})
    mentioned = called & reached
    join(resource, record, user_ids=(mentioned | {by.id}) - wishes.keys())
    words = _shortened(comment.text)
    values = {"person": full_name_of(by), "record": str(record), "words": words}
    named = _("%(person)s mentions you in %(record)s: %(words)s", **values)
    source = comment.source
    tell(mentioned, kind=NoticeKind.MENTIONED, record=record, text=named, source=source)
    news = _("%(person)s on %(record)s: %(words)s", **values)
    others = (followers & reached) - called
    tell(others, kind=NoticeKind.FOLLOWED, record=record, text=news, source=source)
    missed = called - reached - {by.id}
    return list(session().scalars(people_called(missed))) if missed else []


def _check_own(comment: Comment, *, by: User) -> None:
    if comment.created_by_id != by.id:
        raise CommentIsAnothers
    if comment.deleted_at is not None:
        raise CommentIsWithdrawn


def _plain(text: str) -> str:
    """Return a text with the line ends of one system."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SNIPPET else f"{line[: _SNIPPET - 1]}…"
