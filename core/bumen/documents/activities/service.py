"""Giving people something to do about a record, changing it, and doing it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Integer, String, select

from bumen.argument import Argument
from bumen.company.people import full_name_of
from bumen.documents.activities.errors import (
    ActivityIsAnothers,
    ActivityIsDone,
    PersonCannotRead,
)
from bumen.documents.activities.models import (
    LONGEST_LABEL,
    LONGEST_REMARK,
    LONGEST_TASK,
    Activity,
    activities_of,
)
from bumen.documents.asked import Asked
from bumen.documents.readers import readers
from bumen.documents.writing import written
from bumen.errors import NotFound
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.notices import NoticeKind, settle, tell
from bumen.resource import Resource
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

ACTIVITY = Asked(
    "activity",
    (
        Argument("what", String(LONGEST_TASK), label=_("What is to be done")),
        Argument("user_id", Integer(), label=_("Who is to do it")),
        Argument("due_on", Date(), label=_("Due on")),
    ),
)
"""What an activity is made of."""
DONE = Asked(
    "activity_done",
    (Argument("remark", String(LONGEST_REMARK), label=_("What came of it"), required=False),),
)
"""What is asked when an activity is done."""


def give_activity(
    resource: type[Resource], record: Any, *, what: str, user_id: int, due_on: date, by: User
) -> Activity:
    """Give somebody of the company, or oneself, something to do; who may not read it is refused."""
    _check_reads(resource, record, user_id=user_id)
    activity = Activity(resource=resource.key(), record_id=record.id)
    activity.label = str(record)[:LONGEST_LABEL]
    activity.what, activity.user_id, activity.due_on = what, user_id, due_on
    session().add(activity)
    session().flush()
    _tell_given(record, activity, by=by)
    return activity


def change_activity(
    resource: type[Resource],
    record: Any,
    activity: Activity,
    *,
    values: Mapping[str, Any],
    by: User,
    at: datetime,
) -> None:
    """Change what is given of an open activity: what, until when, or who is to do it."""
    _check_open(activity)
    before, wanted = activity.user_id, values.get("user_id", activity.user_id)
    if wanted != before:
        _check_reads(resource, record, user_id=wanted)
    with written():
        for name, value in values.items():
            setattr(activity, name, value)
    if activity.user_id != before:
        _settle(resource, record, user_id=before, at=at)
        _tell_given(record, activity, by=by)


def finish_activity(
    resource: type[Resource],
    record: Any,
    activity: Activity,
    *,
    by: User,
    at: datetime,
    remark: str | None = None,
) -> None:
    """Say that an activity is done; who gave it is told. One that is done already is refused."""
    _check_open(activity)
    with written():
        activity.done_at, activity.done_by_id, activity.remark = at, by.id, remark
    _settle(resource, record, user_id=activity.user_id, at=at)
    said = _(
        "%(person)s has done “%(what)s” on %(record)s.",
        person=full_name_of(by),
        what=activity.what,
        record=str(record),
    )
    giver = activity.created_by_id
    reached = readers(resource, record, user_ids=() if giver in (None, by.id) else (giver,))
    tell(reached, kind=NoticeKind.FOLLOWED, record=record, text=said)


def drop_activity(
    resource: type[Resource], record: Any, activity: Activity, *, at: datetime
) -> None:
    """Take back an activity that is not done: nobody is to do it any more."""
    _check_open(activity)
    user_id = activity.user_id
    with written():
        session().delete(activity)
    _settle(resource, record, user_id=user_id, at=at)


def check_concerns(activity: Activity, *, by: User, writes: bool) -> None:
    """Refuse whom an activity does not concern: given to, given by, or may change the record."""
    if not writes and by.id not in (activity.user_id, activity.created_by_id):
        raise ActivityIsAnothers


def activity_called(resource: type[Resource], record: Any, *, ident: int) -> Activity:
    """Return an activity of a record by its id, or `NotFound`."""
    query = activities_of(resource.key(), record_id=record.id).where(Activity.id == ident)
    found: Activity | None = session().scalar(query)
    if found is None:
        raise NotFound
    return found


def _check_open(activity: Activity) -> None:
    if activity.done_at is not None:
        raise ActivityIsDone


def _check_reads(resource: type[Resource], record: Any, *, user_id: int) -> None:
    if not readers(resource, record, user_ids=(user_id,)):
        raise PersonCannotRead


def _tell_given(record: Any, activity: Activity, *, by: User) -> None:
    said = _(
        "%(person)s gives you to do on %(record)s: %(what)s",
        person=full_name_of(by),
        record=str(record),
        what=activity.what,
    )
    tell((activity.user_id,), kind=NoticeKind.ACTIVITY, record=record, text=said)


def _settle(resource: type[Resource], record: Any, *, user_id: int, at: datetime) -> None:
    """Put away what somebody was told, when nothing on the record is left to do."""
    left = select(Activity.id).where(
        Activity.resource == resource.key(),
        Activity.record_id == record.id,
        Activity.user_id == user_id,
        Activity.done_at.is_(None),
    )
    if session().scalar(left.limit(1)) is None:
        settle(record, kind=NoticeKind.ACTIVITY, at=at, user_ids=(user_id,))
