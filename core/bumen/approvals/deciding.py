"""Saying yes or no: in one's own place or another's, and what follows from the last word."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bumen.approvals.asking import approval_in, leave, may_step_in, submit
from bumen.approvals.codes import Happened, Outcome, Why
from bumen.approvals.errors import AlreadyDecided, NotAsked
from bumen.approvals.matter import Matter, names_of
from bumen.approvals.models import ApprovalRequest, Seat, lock_of, open_request
from bumen.approvals.progress import agree, refuse
from bumen.documents.history import Absentee, absentee_now, acting_for, note_deed
from bumen.documents.movements import Movement, key_of
from bumen.documents.moving import OpinionIsMissing, decided, flow_of, saying, write_word
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.notices import NoticeKind, tell
from bumen.records import run_action
from bumen.resource import OPINION
from bumen.unit_of_work import session
from bumen.workflow import Approval, Transition

_ = translator(__file__, "bumen")


def decide(
    ident: int,
    *,
    agrees: bool,
    by: User,
    at: datetime,
    opinion: str | None = None,
    values: Mapping[str, Any] | None = None,
) -> ApprovalRequest:
    """Say yes or no to a request (its id); the last yes, and any no, let the document go on.

    `values` are what the document's action asks for beside the opinion. Refuses whoever is not
    asked, a missing opinion where one must be given, and what is decided by now.
    """
    matter = Matter.take_up(ident, at=at)
    if may_step_in(matter, by=by):
        matter.seat(by.id, stage=0, why=Why.UNNAMED)
        matter.go_on()
    step, said = step_of(matter.approval, matter.resource.model, agrees=agrees), _bare(opinion)
    seats = _spoken_in(matter, agrees=agrees, by=by)
    if said is None and flow_of(matter.resource.model).needs_opinion(step):
        raise OpinionIsMissing(step=step)
    for seat in seats:
        seat.opinion, seat.decided_at = said, at
    whose, absentee = _whose(seats, by)
    happened = Happened.APPROVED if agrees else Happened.REFUSED
    matter.note(happened, by=by.id, whose=whose, opinion=said)
    with acting_for(absentee):
        if not agrees or matter.go_on():
            matter.end(Outcome.APPROVED if agrees else Outcome.REFUSED)
            _carry_out(matter, step, by=by, values={**(values or {}), OPINION: said})
            _tell_requester(matter, agrees=agrees, by=by)
        else:
            note_deed(session(), matter.record, action=step.name, opinion=said)
            instead_of = absentee.id if absentee else None
            write_word(matter.record, step, by=by, instead_of=instead_of, opinion=said)
    session().flush()
    return matter.request


def needs_opinion(request: ApprovalRequest, *, agrees: bool, at: datetime) -> bool:
    """Whether who says yes, or no, to a request must say what they think."""
    matter = Matter.look_at(request, at=at)
    step = step_of(matter.approval, matter.resource.model, agrees=agrees)
    return flow_of(matter.resource.model).needs_opinion(step)


def step_of(approval: Approval, model: Any, *, agrees: bool) -> Transition:
    """Return the step that a document takes when all agree, or when somebody does not."""
    name = approval.approve if agrees else approval.refuse
    found: Transition = model.workflow.transitions[name]
    return found


def take_word(
    record: Any, name: str, *, by: User | None, at: datetime, values: Mapping[str, Any]
) -> bool:
    """Take an action on a document that waits as somebody's word; False when it is none.

    Then the action is done by who says the last word, not now. The document is locked, so that
    a decision and any other step wait for each other.
    """
    approval = approval_in(record)
    if approval is None:
        return False
    model = type(record)
    session().execute(lock_of(model, record.id))
    if by is None or name not in (approval.approve, approval.refuse):
        return False
    request = session().scalar(open_request(key_of(model), record.id))
    if request is None:
        return False
    rest = {key: value for key, value in values.items() if key != OPINION}
    opinion = values.get(OPINION)
    decide(request.id, agrees=name == approval.approve, by=by, at=at, opinion=opinion, values=rest)
    return True


def after_move(
    record: Any, step: Transition, *, by: User | None, movement: Movement, at: datetime
) -> None:
    """End what was asked in the state a document leaves, and ask in the one it comes to."""
    approvals = type(record).workflow.approvals
    if not approvals:
        return
    if not step.sources.isdisjoint(approvals):
        leave(record, step, by=by, at=at)
        absentee = absentee_now()
        movement.instead_of_id = absentee.id if absentee else None
    approval = approvals.get(record.state)
    if approval is not None:
        submit(record, approval, by=by, at=at)


def _spoken_in(matter: Matter, *, agrees: bool, by: User) -> list[Seat]:
    """Return the seats in which somebody has just spoken; refuses who is not asked."""
    speak = agree if agrees else refuse
    seats = (
        [] if by.id in matter.owners else speak(matter.seats, by=by.id, stand_ins=matter.stand_ins)
    )
    if seats:
        return seats
    if any(seat.decided_by_id == by.id for seat in matter.seats):
        raise AlreadyDecided
    raise NotAsked(waiting=names_of(matter.asked()))


def _carry_out(matter: Matter, step: Transition, *, by: User, values: dict[str, Any]) -> None:
    """Do what the decision leads to, as who said the last word."""
    record, opinion = matter.record, values.pop(OPINION)
    offered = {action.name: action for action in matter.resource.actions}
    with saying(opinion), decided(record, step):
        if step.name not in offered:
            record.move(step.name, by=by, opinion=opinion)
            return
        if any(one.name == OPINION for one in offered[step.name].arguments):
            values[OPINION] = opinion
        run_action(matter.resource, record, step.name, values, by=by, version=record.version)


def _tell_requester(matter: Matter, *, agrees: bool, by: User) -> None:
    requester = matter.request.requester_id
    if requester is None:
        return
    named = {"person": names_of([by.id]), "record": str(matter.record)}
    said = _("%(person)s approved %(record)s", **named)
    if not agrees:
        said = _("%(person)s refused %(record)s", **named)
    tell([requester], kind=NoticeKind.DECIDED, record=matter.record, text=said)


def _whose(seats: list[Seat], by: User) -> tuple[int, Absentee | None]:
    """Return in whose seat somebody has spoken: the own, where there is one."""
    if any(seat.user_id == by.id for seat in seats):
        return by.id, None
    return seats[0].user_id, Absentee(seats[0].user_id, names_of([seats[0].user_id]))


def _bare(opinion: str | None) -> str | None:
    return (opinion or "").strip() or None
