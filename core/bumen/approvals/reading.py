"""Who may read a record because they are, or were, asked to decide about it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import joinedload

from bumen.approvals.absences import stand_ins
from bumen.approvals.codes import Outcome, Standing
from bumen.approvals.models import ApprovalRequest, Seat
from bumen.approvals.progress import AGREED, deciders, heads
from bumen.unit_of_work import session

_SAID = AGREED | {Standing.REFUSED}


def asked_about(resource: str, record_id: int, *, on: date) -> frozenset[int]:
    """Return whom (ids of users) a record is open to, because their word about it counts.

    Whoever is asked on the day, for themselves or for somebody who is away, and whoever has
    decided, or for whom somebody has. What is withdrawn was never decided: it is open to nobody.
    """
    seats = session().scalars(_open_to(resource, record_id)).all()
    waiting = [seat for seat in seats if seat.standing is Standing.ASKED]
    owners = waiting[0].request.owners if waiting else ()  # one request at most is open
    instead = stand_ins(on, never=owners) if waiting else {}
    asked = {one for seat in waiting for one in deciders(seat, stand_ins=instead)}
    said = {one for seat in seats if seat not in waiting for one in heads(seat)}
    return frozenset(asked | said)


def _open_to(resource: str, record_id: int) -> Select[Seat]:
    """Select the seats of a record whose people may read it."""
    outcome = ApprovalRequest.outcome
    return (
        select(Seat)
        .join(Seat.request)
        .where(Seat.resource == resource, Seat.record_id == record_id)
        .where(Seat.standing.in_((Standing.ASKED, *_SAID)))
        .where(or_(outcome.is_(None), outcome != Outcome.WITHDRAWN))
        .options(joinedload(Seat.request))
    )
