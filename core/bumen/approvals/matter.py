"""A request for approval that is taken up: its document, its seats, and who decides for whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, Self
from zoneinfo import ZoneInfo

from bumen.approvals.absences import stand_ins
from bumen.approvals.codes import SEALED, Happened, Outcome, Standing, deed_of
from bumen.approvals.errors import AlreadyDecided
from bumen.approvals.models import ApprovalRequest, Entry, Seat, lock_of, seats_of
from bumen.approvals.progress import StandIns, advance, deciders, spare
from bumen.approvals.spelling import read_due
from bumen.documents import called
from bumen.documents.history import note_deed
from bumen.documents.working_days import due_at
from bumen.errors import NotFound
from bumen.i18n import translator
from bumen.notices import NoticeKind, settle, tell
from bumen.resource import Resource
from bumen.unit_of_work import company_now, current, session
from bumen.values import is_record_id
from bumen.workflow import Approval

_ = translator(__file__, "bumen")


@dataclass(kw_only=True, eq=False)
class Matter:
    """A matter is an open request with everything that is needed to go on with it.

    Document and request are locked until the unit of work ends, always in this order.
    """

    request: ApprovalRequest
    resource: type[Resource]
    record: Any
    approval: Approval
    seats: list[Seat]
    at: datetime
    _told: set[int] = field(default_factory=set)
    _sealed: list[str] = field(default_factory=list)

    @classmethod
    def take_up(cls, ident: int, *, at: datetime) -> Self:
        """Take up a request by its id; `AlreadyDecided` when it has ended by now."""
        matter = cls.look_at(request_of(ident), at=at)
        model = matter.resource.model
        session().execute(lock_of(model, matter.record.id))
        session().refresh(matter.request, with_for_update=True)
        if matter.request.outcome is not None:
            raise AlreadyDecided
        return matter.refreshed()

    @classmethod
    def look_at(cls, request: ApprovalRequest, *, at: datetime) -> Self:
        """Return what there is of a request, without taking it up."""
        resource = resource_called(request.resource)
        record = session().get(resource.model, request.record_id)
        if record is None:
            raise NotFound
        states = resource.model.workflow.approvals
        approval = next((one for state, one in states.items() if state == request.waiting_in), None)
        if approval is None:
            raise NotFound
        seats = list(session().scalars(seats_of(request.id)))
        return cls(
            request=request,
            resource=resource,
            record=record,
            approval=approval,
            seats=seats,
            at=at,
        )

    def refreshed(self) -> Self:
        """Read the seats again, now that nobody else may change them."""
        fresh = seats_of(self.request.id).execution_options(populate_existing=True)
        self.seats = list(session().scalars(fresh))
        self._told = self.asked()
        return self

    @property
    def owners(self) -> frozenset[int]:
        """Whose document it is; they decide nothing about it."""
        return self.request.owners

    @cached_property
    def stand_ins(self) -> StandIns:
        """Who decides for whom on this day; never whose document it is."""
        return stand_ins(day_of(self.at), never=self.owners)

    def asked(self) -> set[int]:
        """Return the people (ids of users) who may decide now."""
        return {
            one
            for seat in self.seats
            if seat.standing is Standing.ASKED
            for one in deciders(seat, stand_ins=self.stand_ins)
        }

    def go_on(self) -> bool:
        """Ask whoever is next, and tell them; return whether all have agreed."""
        if not self.seats:
            return False
        stage = advance(self.seats)
        if stage is None:
            return True
        self.request.stage, self.request.due_at = stage, self.due()
        self._tell_asked()
        return False

    def end(self, outcome: Outcome) -> None:
        """Ask nobody any more."""
        spare(self.seats)
        self.request.outcome, self.request.ended_at = outcome, self.at
        self.request.due_at = None
        self._tell_asked()
        settle(self.record, kind=NoticeKind.LATE, at=self.at)
        session().flush()

    def note(
        self,
        happened: Happened,
        *,
        by: int | None,
        whose: int | None = None,
        to: int | None = None,
        opinion: str | None = None,
        deed: str = "",
    ) -> None:
        """Write down what happened: `by` whom, in `whose` place, `to` whom.

        `deed` is what the history calls it, where that tells more.
        """
        entry = Entry(
            resource=self.request.resource,
            record_id=self.request.record_id,
            request_id=self.request.id,
            happened=happened,
            at=self.at,
            user_id=by,
            for_id=whose if whose != by else None,
            to_id=to,
            opinion=opinion,
        )
        session().add(entry)
        if happened in SEALED:
            named = (whose if whose != by else None, to)
            self._seal(deed or deed_of(happened), people=named, opinion=opinion)

    def _seal(self, deed: str, *, people: Iterable[int | None], opinion: str | None) -> None:
        """Tell the history of the document what happened, with what happened alike before."""
        told = " → ".join(name for one in people if (name := names_of([one])))
        self._sealed.append(" · ".join(part for part in (told, opinion) if part))
        said = "; ".join(part for part in self._sealed if part)
        note_deed(session(), self.record, action=deed, opinion=said or None)

    def seat(self, user_id: int, *, stage: int, group: int = 0, **more: Any) -> Seat:
        """Make a seat; it is asked when its turn comes."""
        made = Seat(
            resource=self.request.resource,
            record_id=self.request.record_id,
            request_id=self.request.id,
            stage=stage,
            group=group,
            user_id=user_id,
            standing=Standing.LATER,
            **more,
        )
        self.seats.append(made)
        session().add(made)
        return made

    def due(self) -> datetime | None:
        """Return when the first of those who are asked now is late; each has the own time."""
        for seat in self.seats:
            if seat.standing is not Standing.ASKED:
                seat.due_at = None
            elif seat.due and seat.due_at is None and seat.escalated_at is None:
                due, seat.asked_at = read_due(seat.due), self.at
                seat.due_at = None if due is None else due_at(due, start=self.at)
        return min((seat.due_at for seat in self.seats if seat.due_at is not None), default=None)

    def _tell_asked(self) -> None:
        """Tell who is asked now and was not before; put away what others were told."""
        asked = self.asked()
        if gone := self._told - asked:
            settle(self.record, kind=NoticeKind.ASKED, at=self.at, user_ids=sorted(gone))
        person = names_of([self.request.requester_id]) or str(_("The system"))
        said = _(
            "%(person)s asks you to decide: %(title)s, %(record)s",
            person=person,
            title=self.approval.title,
            record=str(self.record),
        )
        tell(sorted(asked - self._told), kind=NoticeKind.ASKED, record=self.record, text=said)
        self._told = asked


def request_of(ident: int) -> ApprovalRequest:
    """Return a request of the company by its id; `NotFound` also where its department is off."""
    found: ApprovalRequest | None = (
        session().get(ApprovalRequest, ident) if is_record_id(ident) else None
    )
    if found is None or found.resource.partition(".")[0] not in current().on:
        raise NotFound
    return found


def resource_called(key: str) -> type[Resource]:
    """Return the resource with a key; `NotFound` when no department that is on has it."""
    resource: type[Resource] | None = current().neighbours.resource_called(key)
    if resource is None or resource.plugin() not in current().on:
        raise NotFound
    return resource


def day_of(moment: datetime) -> date:
    """Return which day a moment is where the company is."""
    return moment.astimezone(ZoneInfo(company_now().timezone)).date()


def names_of(user_ids: Iterable[int | None]) -> str:
    """Return what some people are called, one behind the other."""
    return str(_(", ")).join(called.names_of(user_ids).values())
