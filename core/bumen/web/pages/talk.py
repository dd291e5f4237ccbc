"""The discussion of a record on its page: the tab, the panel of what is to be done, and both whole.

A record's page says how much was said and what is to be done, with one statement; the discussion
itself is read when somebody opens it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from flask import g, url_for
from sqlalchemy import and_, func, literal, select

from bumen.company.people import full_name_of
from bumen.documents.activities import Activity, activities_of
from bumen.documents.called import Names
from bumen.documents.discussion import count_of, unread_by, wishes_about
from bumen.errors import BusinessError
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.model import Keeps
from bumen.model.accounts import User
from bumen.resource import WRITE, Resource
from bumen.unit_of_work import current, session, today
from bumen.web.cells import screen_endpoint
from bumen.web.pages.panels import Panel
from bumen.web.pages.tabs import Tab
from bumen.web.reached import only_asked
from bumen.web.security import allowed
from bumen.web.talk import Conversation, conversation

_ = translator(__file__, "bumen")

DISCUSSION = "discussion"
MOST_DUE = 5
MOST_ACTIVITIES = 50


@dataclass(frozen=True, kw_only=True)
class Task:
    """A task is an activity as one person reads it."""

    activity: Activity
    name: str
    done_by: str = ""
    is_late: bool
    is_mine: bool
    concerns: bool
    """Whether who reads may say that it is done, change it or take it back."""


@dataclass(frozen=True, kw_only=True)
class Glance:
    """A glance is what a record's page says of its discussion before it is opened."""

    said: int = 0
    unread: int = 0
    open: int = 0
    due: Sequence[Task] = ()


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A refusal is what could not be done in a discussion, where, and what was typed there."""

    place: str
    refusal: BusinessError
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentences(self) -> list[Text | str]:
        """Every reason, or the refusal itself."""
        every = [one for some in self.refusal.fields.values() for one in some]
        return every or [self.refusal.message]


def discussion_tab(resource: type[Resource], record: Any) -> Tab | None:
    """Return the tab of the discussion, which is read when it is opened."""
    if not resource.model.keeps & {Keeps.DISCUSSION, Keeps.ACTIVITIES}:
        return None
    glance = glance_at(resource, record)
    count = "" if not glance.said else str(glance.said)
    if glance.unread:
        count = str(_("%(count)s, %(unread)s new", count=glance.said, unread=glance.unread))
    address = url_for(f"{screen_endpoint(resource)}.discussion", ident=record.id)
    return Tab(
        key=DISCUSSION,
        title=_("Discussion"),
        template="bumen/talk/tab.html",
        values={"address": address},
        count=count,
    )


def due_panel(resource: type[Resource], record: Any) -> Panel | None:
    """Return the panel of what is to be done about a record."""
    if Keeps.ACTIVITIES not in resource.model.keeps:
        return None
    return Panel(template="bumen/talk/due.html", values=due_of(resource, record))


def due_of(resource: type[Resource], record: Any) -> dict[str, Any]:
    """Return what the panel shows: what is due first, and how much there is."""
    return {"glance": glance_at(resource, record), **_around(resource, record)}


def discussion_of(
    resource: type[Resource],
    record: Any,
    *,
    before: int | None = None,
    refused: Refused | None = None,
) -> dict[str, Any]:
    """Return a page of a discussion with everything around it."""
    by, at = current().user, datetime.now(UTC)
    wishes = wishes_about(resource, record)
    found = _activities(resource, record) if Keeps.ACTIVITIES in resource.model.keeps else []
    people = (one for each in found for one in (each.user_id, each.done_by_id))
    talk = conversation(
        resource, record, by=by, at=at, before=before, known=[*wishes, *people, by.id]
    )
    tasks = _tasks(resource, record, found, talk.names)
    return {
        **_around(resource, record),
        "talk": talk,
        "before": before,
        "follows": wishes.get(by.id, False),
        "followers": [talk.names[one] for one, follows in wishes.items() if follows],
        "talks": Keeps.DISCUSSION in resource.model.keeps,
        "acts": Keeps.ACTIVITIES in resource.model.keeps,
        "gives": not only_asked(resource, record),
        "tasks": tasks,
        "me": by.id,
        "refused": refused,
        "is_said_above": refused is not None and refused.place not in set(_forms(talk, tasks)),
    }


def _forms(talk: Conversation, tasks: Iterable[Task]) -> Iterator[str]:
    """Yield the forms that stand in a discussion, each of which says why it was refused."""
    yield from ("comment", "activity", "follow")
    for remark in talk.remarks:
        if remark.is_fresh:
            yield f"comment-{remark.comment.id}"
        if remark.is_mine:
            yield f"comment-{remark.comment.id}-gone"
    for task in tasks:
        if task.concerns and task.activity.done_at is None:
            place = f"activity-{task.activity.id}"
            yield from (place, f"{place}-change", f"{place}-drop")


def glance_at(resource: type[Resource], record: Any) -> Glance:
    """Return what was said and what is to be done; read once a request."""
    known: dict[tuple[str, int], Glance] = g.setdefault("glances", {})
    key = (resource.key(), record.id)
    if key not in known:
        known[key] = _glance(resource, record)
    return known[key]


def _glance(resource: type[Resource], record: Any) -> Glance:
    place = {"resource": resource.key(), "record_id": record.id}
    said = count_of(resource.key(), record_id=record.id)
    unread = unread_by(current().user.id, **place)
    its = (Activity.resource == resource.key(), Activity.record_id == record.id)
    still = and_(*its, Activity.done_at.is_(None))
    left = select(func.count(Activity.id)).where(still)
    always = select(literal(1).label("one")).subquery()
    counts = (one.scalar_subquery() for one in (said, unread, left))
    query = (
        select(*counts, Activity, User)
        .select_from(always)
        .outerjoin(Activity, still)
        .outerjoin(User, User.id == Activity.user_id)
        .order_by(Activity.due_on, Activity.id)
        .limit(MOST_DUE)
    )
    rows = session().execute(query).all()
    found = [(row[3], row[4]) for row in rows if row[3] is not None]
    names = {person.id: full_name_of(person) for _activity, person in found}
    due = _tasks(resource, record, (one for one, _person in found), names)
    return Glance(said=rows[0][0], unread=rows[0][1], open=rows[0][2], due=due)


def _activities(resource: type[Resource], record: Any) -> Sequence[Activity]:
    query = activities_of(resource.key(), record_id=record.id)
    return session().scalars(query.limit(MOST_ACTIVITIES)).all()


def _tasks(
    resource: type[Resource], record: Any, found: Iterable[Activity], names: Names
) -> list[Task]:
    by, on, writes = current().user.id, today(), allowed(WRITE, resource.permission())
    acts = not only_asked(resource, record)
    return [
        Task(
            activity=one,
            name=names.get(one.user_id, ""),
            done_by="" if one.done_by_id is None else names.get(one.done_by_id, ""),
            is_late=one.is_late(on=on),
            is_mine=one.user_id == by,
            concerns=acts and (writes or by in (one.user_id, one.created_by_id)),
        )
        for one in found
    ]


def _around(resource: type[Resource], record: Any) -> dict[str, Any]:
    return {
        "record": record,
        "endpoint": screen_endpoint(resource),
        "formats": formats_here(),
        "today": today(),
    }
