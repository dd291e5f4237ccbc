"""Until when people who are asked should decide, worked out anew for other working days."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Select, func, select

from bumen.approvals.codes import Standing
from bumen.approvals.models import ApprovalRequest, Seat, locked
from bumen.approvals.spelling import read_due
from bumen.documents.reckoning import AT_ONCE, Piece
from bumen.documents.working_days import working_time
from bumen.unit_of_work import session


def reckon_seats(after: int) -> Piece | None:
    """Work out again until when those who are asked should decide; who is late already stays.

    Some requests at a time, after an id; None when there are none any more.
    """
    some = _timed().where(ApprovalRequest.id > after).order_by(ApprovalRequest.id).limit(AT_ONCE)
    requests = {one.id: one for one in session().scalars(locked(some))}
    if not requests:
        return None
    seats = list(session().scalars(_running(list(requests))))
    changed = _reckon(requests, seats) if seats else 0
    return Piece(last=max(requests), seen=len(requests), changed=changed)


def how_many_asked(*, limit: int | None = None) -> int:
    """Return in how many requests somebody's time runs; counts no further than a limit."""
    some = _timed().with_only_columns(ApprovalRequest.id).limit(limit)
    return session().scalar(select(func.count()).select_from(some.subquery())) or 0


def _reckon(requests: dict[int, ApprovalRequest], seats: list[Seat]) -> int:
    calendar = working_time(since=min(map(_asked_at, seats)).date())
    first: dict[int, datetime] = {}
    for seat in seats:
        due = read_due(seat.due or "")
        seat.due_at = None if due is None else calendar.ends(due, since=_asked_at(seat))
        if seat.due_at is not None:
            first[seat.request_id] = min(seat.due_at, first.get(seat.request_id, seat.due_at))
    changed = [one for ident, one in requests.items() if one.due_at != first.get(ident)]
    for request in changed:
        request.due_at = first.get(request.id)
    session().flush()
    return len(changed)


def _timed() -> Select[ApprovalRequest]:
    """Select the open requests in which somebody's time runs."""
    open_ones = select(ApprovalRequest).where(ApprovalRequest.outcome.is_(None))
    return open_ones.where(ApprovalRequest.due_at.is_not(None))


def _running(request_ids: list[int]) -> Select[Seat]:
    """Select the seats of requests whose time runs."""
    return (
        select(Seat)
        .where(Seat.request_id.in_(request_ids), Seat.standing == Standing.ASKED)
        .where(Seat.due.is_not(None), Seat.due_at.is_not(None), Seat.escalated_at.is_(None))
        .order_by(Seat.id)
    )


def _asked_at(seat: Seat) -> datetime:
    """Return since when somebody is asked; of old ones, since when the request runs."""
    return seat.asked_at or seat.request.started_at
