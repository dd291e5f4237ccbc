"""What people do with a request beside deciding: add, hand over, send back, copy, remind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bumen.approvals.asking import roles_asked
from bumen.approvals.codes import BEYOND, Happened, Place, Why
from bumen.approvals.errors import (
    CannotBeWithdrawn,
    NotAsked,
    NotYours,
    OwnDocument,
    PersonIsUnfit,
    StageIsUnknown,
    TooManyReminders,
    asked_already,
    own_document,
    unknown_person,
)
from bumen.approvals.matter import Matter, names_of
from bumen.approvals.models import ApprovalRequest, Seat
from bumen.approvals.people import roles_held, working
from bumen.approvals.progress import OPEN, asked_of, make_room, send_back, takes_part
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.notices import NoticeKind, tell
from bumen.records import run_action
from bumen.unit_of_work import session

_ = translator(__file__, "bumen")

REMINDED_AGAIN = timedelta(hours=1)
"""How long people are left alone after they were reminded."""
MOST_COPIES = 50


def add_signer(
    ident: int, *, user_id: int, place: Place, by: User, at: datetime, opinion: str | None = None
) -> ApprovalRequest:
    """Let somebody else decide as well: before oneself, or after; only who is asked may."""
    matter, seats = _as_asked(ident, by=by, at=at)
    _check_fit(matter, user_id)
    if takes_part(matter.seats, user_id=user_id):
        raise asked_already()
    stage = matter.request.stage + (place is Place.AFTER)
    make_room(matter.seats, stage=stage)
    matter.seat(user_id, stage=stage, why=Why.ADDED)
    happened = Happened.ADDED_BEFORE if place is Place.BEFORE else Happened.ADDED_AFTER
    matter.note(happened, by=by.id, whose=_whose(seats, by), to=user_id, opinion=opinion)
    return _gone_on(matter)


def hand_over(
    ident: int,
    *,
    user_id: int,
    by: User,
    at: datetime,
    opinion: str | None = None,
    seat_id: int | None = None,
    administers: bool = False,
) -> ApprovalRequest:
    """Let somebody else decide instead of oneself; an administrator may say so of any seat.

    Not about the own document: nobody chooses who decides about it.
    """
    if administers and seat_id is not None:
        matter = Matter.take_up(ident, at=at)
        if by.id in matter.owners:
            raise OwnDocument
        seats = [one for one in matter.seats if one.id == seat_id and one.standing in OPEN]
    else:
        matter, seats = _as_asked(ident, by=by, at=at)
        seats = [one for one in seats if seat_id in (None, one.id)]
    if not seats:
        raise NotAsked(waiting=names_of(matter.asked()))
    _check_fit(matter, user_id)
    if takes_part((one for one in matter.seats if one not in seats), user_id=user_id):
        raise asked_already()
    for seat in seats:
        deed, whose = BEYOND if lacking(matter, seat, user_id=user_id) else "", seat.user_id
        handed, to = Happened.HANDED_OVER, user_id
        matter.note(handed, by=by.id, whose=whose, to=to, opinion=opinion, deed=deed)
        seat.handed_by_id, seat.user_id = seat.user_id, user_id
        seat.escalated_to_id = seat.escalated_at = None
    return _gone_on(matter)


def lacking(matter: Matter, seat: Seat, *, user_id: int) -> frozenset[str]:
    """Return the roles by which somebody was asked and that another does not hold.

    A decision may be handed to such a person; people are warned, and the history tells it.
    """
    asked = roles_asked(matter.request, matter.approval)
    meant = asked & roles_held(seat.user_id) if asked else asked
    return frozenset() if not meant or meant & roles_held(user_id) else meant


def send_to(
    ident: int, *, stage: int, by: User, at: datetime, opinion: str | None = None
) -> ApprovalRequest:
    """Send a document back to an earlier step: everybody since is asked again."""
    matter, seats = _as_asked(ident, by=by, at=at)
    if stage not in {seat.stage for seat in matter.seats} or stage >= matter.request.stage:
        raise StageIsUnknown
    matter.note(Happened.SENT_BACK, by=by.id, whose=_whose(seats, by), opinion=opinion)
    send_back(matter.seats, stage=stage)
    for seat in matter.seats:
        if seat.stage >= stage:
            seat.opinion = seat.decided_at = None
    return _gone_on(matter)


def copy_to(
    ident: int, *, user_ids: Iterable[int], by: User, at: datetime, opinion: str | None = None
) -> ApprovalRequest:
    """Let people know of a document; who submitted it may, and who is asked about it."""
    matter = Matter.take_up(ident, at=at)
    if by.id not in {matter.request.requester_id, *matter.asked()}:
        raise NotAsked(waiting=names_of(matter.asked()))
    told = working(user_ids)[:MOST_COPIES]
    if not told:
        raise unknown_person()
    for one in told:
        matter.note(Happened.COPIED, by=by.id, to=one, opinion=opinion)
    said = _(
        "%(person)s sends you a copy of %(record)s",
        person=names_of([by.id]),
        record=str(matter.record),
    )
    tell(told, kind=NoticeKind.NEWS, record=matter.record, text=said)
    session().flush()
    return matter.request


def remind(ident: int, *, by: User, at: datetime) -> ApprovalRequest:
    """Remind those who are asked; only who submitted the document may, once an hour."""
    matter = Matter.take_up(ident, at=at)
    if matter.request.requester_id != by.id:
        raise NotYours
    last = matter.request.reminded_at
    if last is not None and at - last < REMINDED_AGAIN:
        raise TooManyReminders
    matter.request.reminded_at = at
    matter.note(Happened.REMINDED, by=by.id)
    said = _(
        "%(person)s reminds you: %(record)s waits for you",
        person=names_of([by.id]),
        record=str(matter.record),
    )
    tell(sorted(matter.asked()), kind=NoticeKind.NEWS, record=matter.record, text=said)
    session().flush()
    return matter.request


def withdraw(ident: int, *, by: User, at: datetime) -> ApprovalRequest:
    """Take back what one has submitted, by the step that is declared for it."""
    matter = Matter.take_up(ident, at=at)
    if matter.request.requester_id != by.id:
        raise NotYours
    step, record = matter.approval.withdraw, matter.record
    if not step:
        raise CannotBeWithdrawn
    if any(action.name == step for action in matter.resource.actions):
        run_action(matter.resource, record, step, {}, by=by, version=record.version)
    else:
        record.move(step, by=by)
        session().flush()
    return matter.request


def _as_asked(ident: int, *, by: User, at: datetime) -> tuple[Matter, list[Seat]]:
    """Take up a request as somebody who is asked in it, with the seats of that person."""
    matter = Matter.take_up(ident, at=at)
    seats = asked_of(matter.seats, by=by.id, stand_ins=matter.stand_ins)
    if not seats:
        raise NotAsked(waiting=names_of(matter.asked()))
    return matter, seats


def _check_fit(matter: Matter, user_id: int) -> None:
    """Refuse to ask strangers, and whose document it is."""
    if user_id in matter.owners:
        raise own_document()
    if not working([user_id]):
        raise unknown_person()


def _whose(seats: list[Seat], by: User) -> int:
    """Return in whose place somebody acts: the own, where there is one."""
    return by.id if any(seat.user_id == by.id for seat in seats) else seats[0].user_id


def _gone_on(matter: Matter) -> ApprovalRequest:
    """Ask whoever is next now; somebody always is, for nobody has said the last word."""
    if matter.go_on():
        raise PersonIsUnfit(_("Nobody would be asked any more."))
    session().flush()
    return matter.request
