"""Moving a record through its flow: what is checked, what is written down, who is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import update

from bumen.documents.flow_settings import READ_FLOWS, CompanyFlow
from bumen.documents.movements import BEGINNING, Movement, key_of, standing
from bumen.errors import BusinessError, Forbidden
from bumen.i18n import Text, translator
from bumen.model.accounts import User
from bumen.model.describe import beginning_of
from bumen.unit_of_work import company_now, current, moment, session
from bumen.workflow import Transition, Workflow

_ = translator(__file__, "bumen")

_LATEST = "bumen.latest_movements"
"""Where a session keeps the last step of each record that moved in it."""
_said: ContextVar[str | None] = ContextVar("bumen_opinion", default=None)
_decided: ContextVar[tuple[Any, str] | None] = ContextVar("bumen_decided", default=None)
_watched: ContextVar[list[tuple[Any, str]] | None] = ContextVar("bumen_watched", default=None)


class StepIsRefused(BusinessError):
    """The refusal of a step because of what the record says now."""


class StepIsOthers(Forbidden):
    """The refusal of a step that is left to others."""

    code = "step_is_others"


class OpinionIsMissing(BusinessError):
    """The refusal to take a step without an opinion where one must be given."""

    def __init__(self, *, step: Transition) -> None:
        super().__init__(
            _("Please say what you think: “%(step)s” needs an opinion.", step=step.label),
            field="opinion",
        )


class Moving:
    """A record that moves through the states of a workflow: it has a choice `state`."""

    workflow: ClassVar[Workflow]
    state: Any

    def move(self, step: str, *, by: User | None, opinion: str | None = None) -> None:
        """Take a step of the workflow, and write down who took it and what they think.

        `IllegalTransition` when the state does not allow it. Refuses what the step's guard and
        who-may-act refuse, and a missing opinion where one must be given. `by` is None for what
        the house does by itself: nobody is asked then who they are.
        """
        taken: Transition = self.workflow.transitions[step]
        target, flow = self.workflow.target(step, self.state), flow_of(type(self))
        if (why := objection_to(self, taken, by=by, flow=flow)) is not None:
            raise why
        told = (opinion or _said.get() or "").strip() or None
        if told is None and by is not None and flow.needs_opinion(taken):
            raise OpinionIsMissing(step=taken)
        movement = _written_down(self, taken, flow, by=by, opinion=told)
        self.state = target
        if (seen := _watched.get()) is not None:
            seen.append((self, step))
        current().neighbours.moved(current(), self, taken, by=by, movement=movement)

    def refuse_unless_may(self, step: str, *, by: User | None) -> None:
        """Refuse what `move` would refuse somebody, without taking the step.

        For what is done bit by bit and moves the record only with the last.
        """
        taken = self.workflow.transitions[step]
        if (why := objection_to(self, taken, by=by, flow=flow_of(type(self)))) is not None:
            raise why


@contextmanager
def decided(record: Any, step: Transition) -> Iterator[None]:
    """Let a step be taken that people were asked about: having been asked is the right to it."""
    token = _decided.set((record, step.name))
    try:
        yield
    finally:
        _decided.reset(token)


@contextmanager
def saying(opinion: str | None) -> Iterator[None]:
    """Let the steps taken here be taken with an opinion that their service need not know of."""
    token = _said.set(opinion)
    try:
        yield
    finally:
        _said.reset(token)


@contextmanager
def watched() -> Iterator[list[tuple[Any, str]]]:
    """Tell which steps are taken here, by which records, as they are taken."""
    taken: list[tuple[Any, str]] = []
    token = _watched.set(taken)
    try:
        yield taken
    finally:
        _watched.reset(token)


def write_word(
    record: Any, step: Transition, *, by: User, instead_of: int | None, opinion: str | None
) -> None:
    """Write down somebody's word about a step that is taken only when others agree as well.

    It counts for whoever asks who passed the step, and in time or not; the record stays where it
    stands.
    """
    resource, now = key_of(type(record)), moment()
    stands = session().scalars(standing(resource, [record.id])).first()
    word = Movement(
        resource=resource,
        record_id=record.id,
        step=step.name,
        from_state=record.state.value,
        to_state=record.state.value,
        at=now,
        by_id=by.id,
        instead_of_id=instead_of,
        opinion=opinion,
        was_due_at=stands.due_at if stands else None,
        left_at=now,
    )
    session().add(word)


def flow_of(model: type[Any]) -> CompanyFlow:
    """Return the flow of a model as the company of the unit of work runs it; read once a unit."""
    key = key_of(model)
    read: dict[Any, CompanyFlow] = session().info.setdefault(READ_FLOWS, {})
    known = (company_now().id, key)
    if known not in read:
        read[known] = CompanyFlow.read(model.workflow, key)
    return read[known]


def objection_to(
    record: Any, step: Transition, *, by: User | None, flow: CompanyFlow
) -> BusinessError | None:
    """Return what speaks against a step that the state would allow; None when nothing does."""
    if step.guard is not None and (why := step.guard(record)) is not None:
        return why if isinstance(why, BusinessError) else StepIsRefused(why)
    if by is None:
        return None
    if step.who is not None and (why := step.who(record, by=by)) is not None:
        return why if isinstance(why, BusinessError) else StepIsOthers(why)
    if not _is_decided(record, step) and not flow.is_left_to(by, step):
        return StepIsOthers(_left_to_others(step))
    why = current().neighbours.objection(current(), record, step, by=by)
    return StepIsOthers(why) if isinstance(why, Text) else why


def begin(record: Any, *, by: User | None) -> None:
    """Write down until when a new record should leave the state it begins in, if it should."""
    if record.state != beginning_of(type(record)):
        return
    now, flow = moment(), flow_of(type(record))
    if (due_at := flow.due_at(record.state, since=now)) is not None:
        begun = Movement(
            resource=key_of(type(record)),
            record_id=record.id,
            step=BEGINNING,
            from_state="",
            to_state=record.state.value,
            at=now,
            by_id=by.id if by else None,
            due_at=due_at,
        )
        session().add(begun)


def due_of(record: Any, flow: CompanyFlow) -> datetime | None:
    """Return when a record that never moved should leave the state it began in."""
    return flow.due_at(record.state, since=record.created_at)


def _is_decided(record: Any, step: Transition) -> bool:
    about = _decided.get()
    return about is not None and about[0] is record and about[1] == step.name


def _left_to_others(step: Transition) -> Text:
    return _("“%(step)s” is left to other roles in this company.", step=step.label)


def _written_down(
    record: Any, step: Transition, flow: CompanyFlow, *, by: User | None, opinion: str | None
) -> Movement:
    """Write down a step; one that is just being made is written first, so that it has an id."""
    if record.id is None:
        session().add(record)
        session().flush()
    now, state = moment(), record.state
    movement = Movement(
        resource=key_of(type(record)),
        record_id=record.id,
        step=step.name,
        from_state=state.value,
        to_state=step.target.value,
        at=now,
        by_id=by.id if by else None,
        opinion=opinion,
        due_at=flow.due_at(step.target, since=now),
        was_due_at=_leave(record, flow, now=now),
    )
    session().add(movement)
    session().info.setdefault(_LATEST, {})[movement.resource, movement.record_id] = movement
    return movement


def _leave(record: Any, flow: CompanyFlow, *, now: datetime) -> datetime | None:
    """Note that a record leaves its state; return when it should have.

    It may have come there a moment ago, by a step that is not written to the database yet.
    """
    latest = session().info.get(_LATEST, {}).get((key_of(type(record)), record.id))
    if latest is not None and latest in session().new:
        latest.left_at = now
        due: datetime | None = latest.due_at
        return due
    stood = (
        update(Movement)
        .where(Movement.resource == key_of(type(record)), Movement.record_id == record.id)
        .where(Movement.left_at.is_(None))
        .values(left_at=now)
        .returning(Movement.due_at)
        .execution_options(synchronize_session=False)
    )
    with session().no_autoflush:
        left = session().execute(stood).first()
    return due_of(record, flow) if left is None else left.due_at
