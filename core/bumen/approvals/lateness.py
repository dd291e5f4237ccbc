"""Requests that wait too long: the superiors of those who are asked are asked in addition."""

from __future__ import annotations

import logging
from datetime import datetime

from bumen.approvals.codes import Happened
from bumen.approvals.matter import Matter, names_of
from bumen.approvals.models import ApprovalRequest, Seat, late
from bumen.approvals.people import holders, working
from bumen.errors import NotFound
from bumen.i18n import translator
from bumen.notices import NoticeKind, tell
from bumen.organisation import superiors_of
from bumen.security.permissions import ADMINISTRATOR
from bumen.unit_of_work import current, session

_ = translator(__file__, "bumen")
_log = logging.getLogger(__name__)


def escalate_late(*, at: datetime) -> int:
    """Ask in addition where somebody is late, once for each; return how many requests were late.

    The nearest superior may decide in place of who is late; where there is none, the
    administrators are told. Works for the company of the unit of work; where it fails for one
    request the others go on.
    """
    requests = list(session().scalars(late(now=at, on=current().on))) if current().on else []
    done = 0
    for ident in [request.id for request in requests]:
        try:
            with current().attempt():
                _go_on_with(ident, at=at)
        except Exception:  # noqa: BLE001  # one request's trouble is not the others'
            _log.exception("Nobody more could be asked in request %s; trying again.", ident)
        else:
            done += 1
    return done


def _go_on_with(ident: int, *, at: datetime) -> None:
    request = session().get_one(ApprovalRequest, ident)
    try:
        matter = Matter.look_at(request, at=at).refreshed()
    except NotFound:  # its department does not know such an approval any more
        request.due_at = None
        return
    for seat in matter.seats:
        if seat.due_at is not None and seat.due_at <= at:
            _escalate(matter, seat)
    request.due_at = matter.due()
    session().flush()


def _escalate(matter: Matter, seat: Seat) -> None:
    seat.escalated_at, seat.due_at = matter.at, None
    excluded = matter.owners | matter.asked()
    above = [one for one in working(superiors_of(seat.user_id)) if one not in excluded]
    seat.escalated_to_id = above[0] if above else None
    matter.note(Happened.ESCALATED, by=None, whose=seat.user_id, to=seat.escalated_to_id)
    said = _(
        "%(person)s has not decided in time: %(record)s",
        person=names_of([seat.user_id]),
        record=str(matter.record),
    )
    told = [seat.escalated_to_id] if seat.escalated_to_id else holders(ADMINISTRATOR)
    tell({seat.user_id, *told}, kind=NoticeKind.LATE, record=matter.record, text=said)
