"""Who is told what is new on a record, without being asked for it each time."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import IntegrityError

from bumen.documents.discussion.models import Follower, followers_of
from bumen.model.accounts import User
from bumen.resource import Resource
from bumen.unit_of_work import session

Wishes = dict[int, bool]
"""Who wants to be told, and who does not, by the ids of users."""


def wishes_about(resource: type[Resource], record: Any) -> Wishes:
    """Return who follows a record and who does not want to; who made it follows until then."""
    rows = session().scalars(followers_of(resource.key(), record_id=record.id))
    wishes = {row.user_id: row.follows for row in rows}
    made_by = record.created_by_id
    return wishes if made_by is None else {made_by: True, **wishes}


def following(resource: type[Resource], record: Any) -> list[int]:
    """Return who follows a record: the ids of users."""
    return [one for one, follows in wishes_about(resource, record).items() if follows]


def follow(resource: type[Resource], record: Any, *, follows: bool, by: User) -> None:
    """Be told what is new on a record from now on, or no longer, whatever is said there."""
    if not _decide(resource, record, follows=follows, by=by):
        join(resource, record, user_ids={by.id}, follows=follows)


def join(
    resource: type[Resource], record: Any, *, user_ids: Iterable[int], follows: bool = True
) -> None:
    """Let people follow a record who have decided nothing about it."""
    for user_id in sorted(user_ids):
        row = Follower(
            resource=resource.key(), record_id=record.id, user_id=user_id, follows=follows
        )
        with suppress(IntegrityError), session().begin_nested():  # decided in another window
            session().add(row)


def _decide(resource: type[Resource], record: Any, *, follows: bool, by: User) -> bool:
    here = followers_of(resource.key(), record_id=record.id).where(Follower.user_id == by.id)
    mine = session().scalar(here.with_for_update())
    if mine is None:
        return False
    mine.follows = follows
    session().flush()
    return True
