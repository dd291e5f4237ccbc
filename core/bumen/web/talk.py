"""A discussion as pages and programs are told it: what was said, by whom, and who has read it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import request

from bumen.company.people import full_name_of
from bumen.documents.activities import Activity
from bumen.documents.called import Names, names_of
from bumen.documents.discussion import (
    Comment,
    comments_of,
    people_offered,
    readings_of,
)
from bumen.errors import Malformed, NotFound
from bumen.i18n import Text, translator
from bumen.model import Keeps
from bumen.model.accounts import User
from bumen.resource import Resource
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

MOST_AT_ONCE = 50
_LINK = re.compile(r"https?://[^\s<>\"'，。；！？、）】》」』]+", re.IGNORECASE)
_BEHIND_LINKS = ".,;:!?)"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A piece of a comment is plain words, somebody's name, or an address to open."""

    words: str
    user_id: int | None = None
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A reading is who has read a comment, and when."""

    user_id: int
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A remark is a comment as one person reads it."""

    comment: Comment
    author: str
    pieces: Sequence[Piece]
    readings: Sequence[Reading]
    is_mine: bool
    is_fresh: bool
    """Whether who reads may still change it."""
    is_new: bool
    """Whether who reads has not read it."""


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """A conversation is a page of a discussion, newest first; `older` leads to the next."""

    remarks: Sequence[Remark] = ()
    older: int | None = None
    names: dict[int, str] = field(default_factory=dict)

    @property
    def unread(self) -> list[int]:
        """The comments on this page that who looks at it has not read."""
        return [one.comment.id for one in self.remarks if one.is_new]


def conversation(
    resource: type[Resource],
    record: Any,
    *,
    by: User,
    at: datetime,
    before: int | None = None,
    known: Iterable[int | None] = (),
) -> Conversation:
    """Return a page of what was said about a record; `known` are people to be called, too."""
    query = comments_of(resource.key(), record_id=record.id, before=before)
    found = session().scalars(query.limit(MOST_AT_ONCE + 1)).all()
    comments = found[:MOST_AT_ONCE]
    rows = session().execute(readings_of(one.id for one in comments)).all() if comments else []
    authors = (one.created_by_id for one in comments)
    names = names_of([*authors, *(row[1] for row in rows), *known])
    read: dict[int, list[Reading]] = defaultdict(list)
    for comment_id, user_id, moment in rows:
        read[comment_id].append(Reading(user_id=user_id, name=names[user_id], at=moment))
    return Conversation(
        remarks=[_remark(one, read[one.id], names, by=by, at=at) for one in comments],
        older=comments[-1].id if len(found) > len(comments) else None,
        names=names,
    )


def remark_of(comment: Comment, *, by: User, at: datetime) -> Remark:
    """Return one comment as a person reads it who has just written it."""
    names = names_of([comment.created_by_id])
    rows = session().execute(readings_of([comment.id])).all()
    names |= names_of(user_id for _comment, user_id, _moment in rows)
    read = [Reading(user_id=row[1], name=names[row[1]], at=row[2]) for row in rows]
    return _remark(comment, read, names, by=by, at=at)


def pieces_of(comment: Comment) -> Iterator[Piece]:
    """Yield the words of a comment, with who is named in them and what can be opened."""
    end = 0
    for one in comment.mentions:
        yield from _linked(comment.text[end : one["at"]])
        end = one["at"] + one["length"]
        yield Piece(words=comment.text[one["at"] : end], user_id=one["user"])
    yield from _linked(comment.text[end:])


def comment_as_json(remark: Remark) -> dict[str, Any]:
    """Return a comment as JSON values."""
    comment = remark.comment
    named = [(piece.user_id, piece.words[1:]) for piece in remark.pieces if piece.user_id]
    return {
        "id": comment.id,
        "text": comment.text,
        "author": person_as_json(comment.created_by_id, {comment.created_by_id: remark.author}),
        "created_at": comment.created_at,
        "edited_at": comment.edited_at,
        "deleted_at": comment.deleted_at,
        "mentions": [{"id": user_id, "label": name} for user_id, name in named],
        "read_by": [
            {"id": one.user_id, "label": one.name, "at": one.at} for one in remark.readings
        ],
        "may_change": remark.is_fresh,
    }


def activity_as_json(activity: Activity, names: Names) -> dict[str, Any]:
    """Return an activity as JSON values."""
    return {
        "id": activity.id,
        "what": activity.what,
        "user": person_as_json(activity.user_id, names),
        "due_on": activity.due_on,
        "given_by": person_as_json(activity.created_by_id, names),
        "created_at": activity.created_at,
        "done_at": activity.done_at,
        "done_by": person_as_json(activity.done_by_id, names),
        "remark": activity.remark,
    }


def person_as_json(user_id: int | None, names: Mapping[Any, str]) -> dict[str, Any] | None:
    """Return a person as JSON values; None for nobody."""
    return None if user_id is None else {"id": user_id, "label": names.get(user_id, "")}


def people_found(resource: type[Resource], words: str) -> list[dict[str, Any]]:
    """Return who may be meant by what is typed, and what to write for each."""
    return [
        {
            "id": person.id,
            "label": full_name_of(person),
            "name": person.username,
            "says": person.username if is_shared else full_name_of(person),
        }
        for person, is_shared in session().execute(people_offered(resource, words))
    ]


def words_about(missed: Sequence[User]) -> list[Text]:
    """Return what an author should know: who was mentioned in vain."""
    return [
        _("%(person)s cannot read this record and was not told.", person=full_name_of(one))
        for one in missed
    ]


def refuse_unkept(resource: type[Resource], part: Keeps) -> None:
    """Answer as if it did not exist where a model does not keep such a thing."""
    if part not in resource.model.keeps:
        raise NotFound


def before_asked() -> int | None:
    """Return the comment a page ends before, as the address says; `Malformed` for no number."""
    asked = request.args.get("before", "")
    if not asked:
        return None
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        message = _("This must be a whole number.")
        raise Malformed(message, fields={"before": [message]})
    return int(asked)


def _remark(
    comment: Comment, read: Sequence[Reading], names: Names, *, by: User, at: datetime
) -> Remark:
    author, mine = comment.created_by_id, comment.created_by_id == by.id
    gone = comment.deleted_at is not None
    return Remark(
        comment=comment,
        author="" if author is None else names[author],
        pieces=list(pieces_of(comment)),
        readings=read,
        is_mine=mine and not gone,
        is_fresh=comment.is_correctable(by=by, at=at),
        is_new=not mine and not gone and by.id not in {one.user_id for one in read},
    )


def _linked(words: str) -> Iterator[Piece]:
    end = 0
    for found in _LINK.finditer(words):
        address = found[0].rstrip(_BEHIND_LINKS)
        yield Piece(words=words[end : found.start()])
        yield Piece(words=address, href=address)
        end = found.start() + len(address)
    if end < len(words):
        yield Piece(words=words[end:])
