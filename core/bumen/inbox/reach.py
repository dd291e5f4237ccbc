"""What waits for somebody: selected for the lists of an inbox, and counted in one statement."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import contains_eager

from bumen.approvals.absences import Absence
from bumen.approvals.codes import Standing
from bumen.approvals.models import ApprovalRequest, Seat
from bumen.documents.activities import Activity, open_activities
from bumen.inbox.items import Viewer
from bumen.jobs.declared import HOST
from bumen.notices import Notice, NoticeKind
from bumen.notices.models import PAGES, WORK
from bumen.unit_of_work import current

_WAITED_FOR = (NoticeKind.ASKED, NoticeKind.ACTIVITY)
"""Notices about what stands under “Waiting for me” itself."""


def seats_of(viewer: Viewer) -> Select[Seat]:
    """Select the seats in which somebody is asked now, for oneself or for who is away.

    One for each request, however many of its seats the person may decide in.
    """
    first = (
        select(func.min(Seat.id))
        .join(ApprovalRequest, ApprovalRequest.id == Seat.request_id)
        .where(*_asked(viewer))
        .group_by(Seat.request_id)
        .correlate(None)
    )
    return (
        select(Seat)
        .join(ApprovalRequest, ApprovalRequest.id == Seat.request_id)
        .where(Seat.id.in_(first))
        .options(contains_eager(Seat.request))
    )


def activities_of(viewer: Viewer) -> Select[Activity]:
    """Select what somebody is to do."""
    return open_activities(viewer.user_id).where(_counts(Activity, viewer))


def notices_of(viewer: Viewer) -> Select[Notice]:
    """Select what somebody was told beside what waits: of records, work, and pages of the house.

    Whoever is asked for an approval nobody has a seat in finds it here.
    """
    seats = select(Seat.id).where(
        Seat.resource == Notice.resource,
        Seat.record_id == Notice.record_id,
        Seat.standing == Standing.ASKED,
    )
    nobodys = and_(Notice.kind == NoticeKind.ASKED, ~seats.exists())
    return select(Notice).where(
        Notice.user_id == viewer.user_id,
        or_(Notice.kind.not_in(_WAITED_FOR), nobodys),
        Notice.done_at.is_(None),
        or_(_counts(Notice, viewer), Notice.resource.in_(PAGES), _of_work()),
    )


def _counts(model: Any, viewer: Viewer) -> ColumnElement[bool]:
    """Tell what counts: what is about readable records, or about one that is to be decided."""
    readable: ColumnElement[bool] = model.resource.in_(viewer.keys)
    if not viewer.decided:
        return readable
    mine = or_(Seat.user_id == viewer.user_id, Seat.escalated_to_id == viewer.user_id)
    asked = select(Seat.id).where(
        Seat.resource == model.resource,
        Seat.record_id == model.record_id,
        Seat.standing == Standing.ASKED,
        mine,
    )
    return or_(readable, and_(model.resource.in_(sorted(viewer.decided)), asked.exists()))


def _of_work() -> ColumnElement[bool]:
    """Say that a notice is about work of the host's or of a department that is on."""
    return and_(Notice.resource == WORK, Notice.source.in_(sorted({HOST, *current().on})))


def count_of(viewer: Viewer) -> Select[int]:
    """Select how much waits for somebody or has not been seen, in one statement."""
    seats = (
        select(func.count(Seat.request_id.distinct()))
        .join(ApprovalRequest, ApprovalRequest.id == Seat.request_id)
        .where(*_asked(viewer))
    )
    tasks = activities_of(viewer).with_only_columns(func.count(Activity.id))
    unseen = notices_of(viewer).where(Notice.seen_at.is_(None))
    told = unseen.with_only_columns(func.count(Notice.id))
    parts = [one.scalar_subquery() for one in (seats, tasks, told)]
    return select(parts[0] + parts[1] + parts[2])


def _asked(viewer: Viewer) -> list[Any]:
    heads = _heads(viewer.user_id, on=viewer.on)
    owners = (ApprovalRequest.requester_id, ApprovalRequest.author_id)
    passed = [func.coalesce(heads.c.passed.like(_step(one)), false()) for one in owners]
    lead_here = or_(Seat.user_id == heads.c.user_id, Seat.escalated_to_id == heads.c.user_id)
    free = select(heads.c.user_id).where(lead_here, ~or_(*passed))
    every = select(heads.c.user_id)
    return [
        Seat.standing == Standing.ASKED,
        or_(Seat.user_id.in_(every), Seat.escalated_to_id.in_(every)),
        free.correlate(Seat, ApprovalRequest).exists(),
        Seat.resource.in_(viewer.keys_decided),
    ]


def _heads(user_id: int, *, on: date) -> CTE:
    """Select somebody and those for whom that person decides on a day, one for the other.

    `passed` are the ids of those by whom it was passed on, as in `,7,3,`: whose document it is
    passes nothing on.
    """
    first = select(literal(user_id).label("user_id"), literal(f",{user_id},").label("passed"))
    heads = first.cte("heads", recursive=True)
    away = (
        select(Absence.user_id, heads.c.passed + cast(Absence.user_id, String) + ",")
        .join(heads, heads.c.user_id == Absence.substitute_id)
        .where(Absence.first_day <= on, Absence.last_day >= on)
        .where(~heads.c.passed.like(_step(Absence.user_id)))
    )
    return heads.union_all(away)


def _step(user_id: Any) -> Any:
    """Return how somebody stands in what was passed."""
    return literal("%,") + cast(user_id, String) + ",%"
