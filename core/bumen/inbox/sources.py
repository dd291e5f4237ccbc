"""Where the lines of an inbox come from: approvals, activities and notices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from bumen.approvals.models import ApprovalRequest, Seat
from bumen.documents.activities import Activity
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.inbox.items import Item, Kind, Tab, Viewer
from bumen.inbox.paging import Source
from bumen.inbox.reach import activities_of, notices_of, seats_of
from bumen.notices import Notice, NoticeKind
from bumen.notices.models import WORK
from bumen.resource import Resource
from bumen.values import Tone

_ = translator(__file__, "bumen")


def sources_of(tab: Tab, viewer: Viewer) -> Sequence[Source]:
    """Return what a tab is made of."""
    return _SOURCES[tab](viewer)


def _waiting(viewer: Viewer) -> Sequence[Source]:
    return (_seats(seats_of(viewer), viewer), _activities(activities_of(viewer), viewer))


def _overdue(viewer: Viewer) -> Sequence[Source]:
    late = (ApprovalRequest.due_at <= viewer.at, ApprovalRequest.outcome.is_(None))
    return (
        _seats(seats_of(viewer).where(*late), viewer),
        _activities(activities_of(viewer).where(Activity.due_on < viewer.on), viewer),
        _requests(_submitted(viewer).where(*late), viewer),
    )


def _mentions(viewer: Viewer) -> Sequence[Source]:
    def line(notice: Notice) -> Item:
        return Item(
            kind=Kind.NOTICE,
            **_about(notice),
            text=notice.text,
            at=notice.created_at,
            who=None if notice.resource == WORK else notice.created_by_id,
            seen=notice.seen_at is not None,
            state=notice.kind.label,
            tone=notice.kind.tone,
            anchor="tab-discussion" if notice.kind in _TALK else "",
        )

    told = notices_of(viewer)
    moment, ident = Notice.created_at, Notice.id
    return (Source(kind=Kind.NOTICE, query=told, moment=moment, ident=ident, line=line),)


def _sent(viewer: Viewer) -> Sequence[Source]:
    return (_requests(_submitted(viewer), viewer),)


def _done(viewer: Viewer) -> Sequence[Source]:
    return (_decided(viewer), _finished(viewer))


def _decided(viewer: Viewer) -> Source:
    def line(seat: Seat) -> Item:
        standing, away = seat.standing, _instead_of(seat, viewer)
        more = {"state": standing.label, "tone": standing.tone, "remark": seat.opinion}
        return _approval(seat, viewer, at=seat.decided_at, instead_of=away, **more)

    here = Seat.resource.in_(viewer.keys_decided)
    mine = select(Seat).where(Seat.decided_by_id == viewer.user_id, here)
    query = mine.options(joinedload(Seat.request))
    return Source(kind=Kind.APPROVAL, query=query, moment=Seat.decided_at, ident=Seat.id, line=line)


def _finished(viewer: Viewer) -> Source:
    def line(activity: Activity) -> Item:
        more = {"state": _("Done"), "tone": Tone.GOOD, "remark": activity.remark}
        return _task(activity, at=activity.done_at, **more)

    mine = (Activity.done_by_id == viewer.user_id, _counts(Activity, viewer))
    query, moment = select(Activity).where(*mine), Activity.done_at
    return Source(kind=Kind.ACTIVITY, query=query, moment=moment, ident=Activity.id, line=line)


def _seats(query: Select[Seat], viewer: Viewer) -> Source:
    def line(seat: Seat) -> Item:
        request = seat.request
        late = request.due_at is not None and request.due_at <= viewer.at
        return _approval(
            seat, viewer, at=request.started_at, instead_of=_instead_of(seat, viewer), late=late
        )

    moment = ApprovalRequest.started_at
    return Source(kind=Kind.APPROVAL, query=query, moment=moment, ident=Seat.id, line=line)


def _activities(query: Select[Activity], viewer: Viewer) -> Source:
    def line(activity: Activity) -> Item:
        return _task(activity, at=activity.created_at, late=activity.is_late(on=viewer.on))

    moment = Activity.created_at
    return Source(kind=Kind.ACTIVITY, query=query, moment=moment, ident=Activity.id, line=line)


def _requests(query: Select[ApprovalRequest], viewer: Viewer) -> Source:
    def line(request: ApprovalRequest) -> Item:
        outcome = request.outcome
        late = outcome is None and request.due_at is not None and request.due_at <= viewer.at
        return Item(
            kind=Kind.REQUEST,
            **_about(request),
            text=str(_title(request, viewer)),
            at=request.started_at,
            due_on=_day(request.due_at),
            late=late,
            state=outcome.label if outcome else _("Waits for approval"),
            tone=outcome.tone if outcome else Tone.ACTIVE,
            request=request,
            anchor="approvals",
        )

    model = ApprovalRequest
    return Source(
        kind=Kind.REQUEST, query=query, moment=model.started_at, ident=model.id, line=line
    )


def _submitted(viewer: Viewer) -> Select[ApprovalRequest]:
    mine = ApprovalRequest.requester_id == viewer.user_id
    return select(ApprovalRequest).where(mine, _counts(ApprovalRequest, viewer))


def _approval(seat: Seat, viewer: Viewer, **more: Any) -> Item:
    request = seat.request
    return Item(
        kind=Kind.APPROVAL,
        **{**_about(request), "id": seat.id},
        text=str(_title(request, viewer)),
        who=request.requester_id,
        due_on=_day(request.due_at),
        request=request,
        anchor="approvals",
        **more,
    )


def _task(activity: Activity, **more: Any) -> Item:
    return Item(
        kind=Kind.ACTIVITY,
        **_about(activity),
        text=activity.what,
        who=activity.created_by_id,
        due_on=activity.due_on,
        anchor="activities",
        **more,
    )


def _about(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "resource": row.resource,
        "record_id": row.record_id,
        "label": row.label,
    }


def _title(request: ApprovalRequest, viewer: Viewer) -> Text | str:
    """Return what is asked: as the flow of the document calls it, for as long as it does."""
    resource: type[Resource] = viewer.resource(request.resource)
    states = getattr(getattr(resource.model, "workflow", None), "approvals", {})
    declared = states.get(request.waiting_in)
    return declared.title if declared else _("Approval")


def _instead_of(seat: Seat, viewer: Viewer) -> int | None:
    heads = (seat.user_id, seat.escalated_to_id)
    return None if viewer.user_id in heads else seat.user_id


def _day(moment: Any) -> Any:
    return None if moment is None else moment.astimezone(formats_here().zone).date()


def _counts(model: Any, viewer: Viewer) -> Any:
    return model.resource.in_(viewer.keys)


_TALK = (NoticeKind.MENTIONED, NoticeKind.FOLLOWED)
_SOURCES = {
    Tab.WAITING: _waiting,
    Tab.OVERDUE: _overdue,
    Tab.MENTIONS: _mentions,
    Tab.SENT: _sent,
    Tab.DONE: _done,
}
