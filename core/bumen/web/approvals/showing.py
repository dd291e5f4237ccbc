"""Requests for approval as they are shown: who has decided, who is next, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bumen.approvals import (
    ApprovalRequest,
    Entry,
    Happened,
    Matter,
    Seat,
    entries_of,
    requests_of,
    seats_of,
)
from bumen.approvals.asking import may_step_in
from bumen.approvals.progress import OPEN, asked_of, deciders
from bumen.company.people import full_name_of
from bumen.documents.called import names_of
from bumen.i18n import Text, translator
from bumen.resource import Resource
from bumen.unit_of_work import current, session
from bumen.web.talk import person_as_json
from bumen.workflow import Approval

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class ShownSeat:
    """A seat as it is read: whose it is, who may decide in it today, and what was said."""

    seat: Seat
    name: str
    instead: str
    """Who decides today or has decided, where that is somebody else."""

    def to_json(self) -> dict[str, Any]:
        """Tell it to a program."""
        seat = self.seat
        return {
            "id": seat.id,
            "person": {"id": seat.user_id, "label": self.name},
            "instead": self.instead or None,
            "group": seat.group,
            "standing": seat.standing.value,
            "why": None if seat.why is None else str(seat.why.label),
            "opinion": seat.opinion,
            "decided_at": seat.decided_at,
            "due_at": seat.due_at,
        }


@dataclass(frozen=True, kw_only=True)
class ShownRequest:
    """A request as it is read; `mine` are the seats in which who looks may decide."""

    record: Any
    request: ApprovalRequest
    approval: Approval
    requester: str
    stages: Sequence[tuple[int, Sequence[ShownSeat]]]
    entries: Sequence[Entry]
    mine: Sequence[Seat]
    may_decide: bool
    is_own: bool
    is_late: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for somebody."""
        return self.request.outcome is None

    @property
    def now(self) -> int | None:
        """Which stage is asked now."""
        return self.request.stage if self.is_open and self.stages else None

    @property
    def earlier(self) -> list[int]:
        """The stages it may be sent back to."""
        return [number for number, _seats in self.stages if number < self.request.stage]

    def needed(self, seats: Sequence[ShownSeat]) -> Text | None:
        """Say how many of a stage must agree, where there are several."""
        groups = {one.seat.group for one in seats}
        if len(seats) < 2:
            return None
        if len(groups) == 1:
            return _("One of them is enough")
        return _("All are needed") if len(groups) == len(seats) else _("One of each line is needed")

    @property
    def sent_by(self) -> Text | None:
        """What the flow calls sending it for approval, where one step alone does."""
        step = self.approval.step_to(type(self.record).workflow)
        return step.label if step else None

    def said_of(self, entry: Entry) -> Text:
        """Say what happened: that it was sent for approval in the words of the flow."""
        return (entry.happened is Happened.ASKED and self.sent_by) or entry.happened.label

    def to_json(self) -> dict[str, Any]:
        """Tell it to a program."""
        request = self.request
        return {
            "id": request.id,
            "title": str(self.approval.title),
            "waiting_in": request.waiting_in,
            "requester": person_as_json(
                request.requester_id, {request.requester_id: self.requester}
            ),
            "rule": request.rule,
            "started_at": request.started_at,
            "due_at": request.due_at,
            "ended_at": request.ended_at,
            "outcome": request.outcome.value if request.outcome else None,
            "stage": self.now,
            "may_decide": self.may_decide,
            "stages": [
                {
                    "stage": number,
                    "needed": self.needed(seats),
                    "seats": [one.to_json() for one in seats],
                }
                for number, seats in self.stages
            ],
            "entries": [_entry_json(one, self.said_of(one)) for one in self.entries],
        }


def shown_requests(
    resource: type[Resource], record: Any, *, at: datetime, most: int = 20
) -> list[ShownRequest]:
    """Return the requests of a record as whoever looks reads them, the latest first."""
    if not _approvals(resource):
        return []
    requests = session().scalars(requests_of(resource.key(), record.id).limit(most)).all()
    ids, waits = [one.id for one in requests], resource.model.workflow.approvals
    seats, entries = defaultdict(list), defaultdict(list)
    for seat in session().scalars(seats_of(*ids)) if ids else ():
        seats[seat.request_id].append(seat)
    for entry in session().scalars(entries_of(*ids)) if ids else ():
        entries[entry.request_id].append(entry)
    return [
        _shown(
            Matter(
                request=one,
                resource=resource,
                record=record,
                approval=waits[one.waiting_in],
                seats=seats[one.id],
                at=at,
            ),
            entries[one.id],
        )
        for one in requests
        if one.waiting_in in waits
    ]


def _approvals(resource: type[Resource]) -> Iterable[Approval]:
    workflow = getattr(resource.model, "workflow", None)
    return workflow.approvals.values() if workflow is not None else ()


def _shown(matter: Matter, entries: Sequence[Entry]) -> ShownRequest:
    user, request, at = current().user, matter.request, matter.at
    is_open = request.outcome is None
    mine = asked_of(matter.seats, by=user.id, stand_ins=matter.stand_ins) if is_open else []
    return ShownRequest(
        record=matter.record,
        request=request,
        approval=matter.approval,
        requester=full_name_of(request.requester) if request.requester else str(_("The system")),
        stages=list(_stages(matter)),
        entries=entries,
        mine=mine,
        may_decide=bool(mine) or (is_open and may_step_in(matter, by=user)),
        is_own=request.requester_id == user.id,
        is_late=is_open and request.due_at is not None and request.due_at < at,
    )


def _stages(matter: Matter) -> Iterator[tuple[int, list[ShownSeat]]]:
    """Yield the seats of each stage; one person stands once in it."""
    waiting = [one for one in matter.seats if one.standing in OPEN]
    others = {one.id: deciders(one, stand_ins=matter.stand_ins) - {one.user_id} for one in waiting}
    names = names_of(one for several in others.values() for one in several) if waiting else {}
    for stage in sorted({seat.stage for seat in matter.seats}):
        once = {seat.user_id: seat for seat in reversed(matter.seats) if seat.stage == stage}
        yield (
            stage,
            [
                ShownSeat(
                    seat=seat,
                    name=full_name_of(seat.user),
                    instead=_instead(seat, others.get(seat.id, set()), names),
                )
                for seat in reversed(once.values())
            ],
        )


def _instead(seat: Seat, others: set[int], names: dict[int, str]) -> str:
    if seat.decided_by is not None and seat.decided_by_id != seat.user_id:
        return full_name_of(seat.decided_by)
    return str(_(", ")).join(names[one] for one in sorted(others))


def _entry_json(entry: Entry, said: Text) -> dict[str, Any]:
    people = {"by": entry.user, "instead_of": entry.for_whom, "to": entry.to_whom}
    named = {
        key: {"id": one.id, "label": full_name_of(one)} if one else None
        for key, one in people.items()
    }
    return {
        "happened": entry.happened.value,
        "label": str(said),
        "at": entry.at,
        "opinion": entry.opinion,
        **named,
    }
