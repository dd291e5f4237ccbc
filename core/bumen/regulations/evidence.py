"""What shows that a clause is kept: what passed it in a period, in time or late, and by whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select

from bumen.documents.movements import Movement
from bumen.fulfilment import Fulfilment, Means
from bumen.jobs import JobRun, RunState
from bumen.jobs.finding import ended_within
from bumen.regulations.coverage import ByDemand, fulfilments_for
from bumen.regulations.models import Clause
from bumen.unit_of_work import session

People = Counter[int | None]
"""How often each person did something; nobody, for what the house did by itself."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """A period of evidence: from a moment on, up to another, which lies outside."""

    since: datetime
    until: datetime

    def holds(self, moment: Any) -> ColumnElement[bool]:
        """Say that a moment lies in it."""
        return and_(moment >= self.since, moment < self.until)


@dataclass(kw_only=True)
class Shown:
    """What shows that one thing was done: how often, on how many documents, in time, by whom.

    `waiting_late` are documents that stood longer than they should before this step at the end of
    the period, or stand so now.
    """

    times: int = 0
    documents: int = 0
    in_time: int = 0
    late: int = 0
    waiting_late: int = 0
    instead: int = 0
    people: People = field(default_factory=Counter)

    @property
    def exceptions(self) -> int:
        """How often it was not as it should have been."""
        return self.late + self.waiting_late


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """The evidence of a clause: each of what fulfils it, with what it shows."""

    clause: Clause
    parts: Sequence[tuple[Fulfilment, Shown]]

    @property
    def whole(self) -> Shown:
        """What all parts show together."""
        every = [shown for _fulfilment, shown in self.parts]
        return Shown(
            times=sum(one.times for one in every),
            documents=sum(one.documents for one in every),
            in_time=sum(one.in_time for one in every),
            late=sum(one.late for one in every),
            waiting_late=sum(one.waiting_late for one in every),
            instead=sum(one.instead for one in every),
            people=sum((one.people for one in every), Counter()),
        )


def evidence(
    clauses: Iterable[Clause], known: ByDemand, *, period: Period, now: datetime
) -> list[Evidence]:
    """Return what shows that clauses were kept in a period, each fulfilment counted once."""
    asked = [(clause, fulfilments_for(clause.demanded, known)) for clause in clauses]
    every = {one for _clause, several in asked for one in several}
    shown = _of_steps(every, period, now=now) | _of_records(every, period) | _of_work(every, period)
    return [
        Evidence(clause=clause, parts=[(one, shown.get(one, Shown())) for one in several])
        for clause, several in asked
    ]


def passages(fulfilments: Iterable[Fulfilment], *, period: Period) -> Select[Movement]:
    """Select the steps that were taken in a period for these fulfilments, the newest first."""
    pairs = [
        and_(Movement.resource == one.resource.key(), Movement.step == one.name)
        for one in fulfilments
        if one.means is Means.STEP
    ]
    return (
        select(Movement)
        .where(or_(false(), *pairs), period.holds(Movement.at))
        .order_by(Movement.at.desc(), Movement.id.desc())
    )


def _of_steps(
    every: Collection[Fulfilment], period: Period, *, now: datetime
) -> dict[Fulfilment, Shown]:
    steps = [one for one in every if one.means is Means.STEP]
    if not steps:
        return {}
    counted = {(row[0], row[1]): row[2:] for row in session().execute(_counted(period))}
    late = _waiting_late(min(now, period.until))
    people: dict[tuple[str, str], People] = {}
    for resource, step, by, times in session().execute(_by_people(period)):
        people.setdefault((resource, step), Counter())[by] = times
    found = {}
    for one in steps:
        key = one.resource.key(), one.name
        times, documents, in_time, too_late, instead = counted.get(key, (0, 0, 0, 0, 0))
        found[one] = Shown(
            times=times,
            documents=documents,
            in_time=in_time,
            late=too_late,
            instead=instead,
            waiting_late=_before(one, late),
            people=people.get(key, Counter()),
        )
    return found


def _counted(period: Period) -> Select[Any]:
    timed, late = Movement.was_due_at.is_not(None), Movement.at > Movement.was_due_at
    return (
        select(
            Movement.resource,
            Movement.step,
            func.count(Movement.id),
            func.count(Movement.record_id.distinct()),
            _times(timed & ~late),
            _times(timed & late),
            _times(Movement.instead_of_id.is_not(None)),
        )
        .where(period.holds(Movement.at))
        .group_by(Movement.resource, Movement.step)
    )


def _times(holds: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((holds, 1), else_=0)), 0)


def _by_people(period: Period) -> Select[str, str, int | None, int]:
    return (
        select(Movement.resource, Movement.step, Movement.by_id, func.count(Movement.id))
        .where(period.holds(Movement.at))
        .group_by(Movement.resource, Movement.step, Movement.by_id)
    )


def _waiting_late(at: datetime) -> Mapping[tuple[str, str], int]:
    """Return how many records of each kind and state stood longer than they should at a moment."""
    query = (
        select(Movement.resource, Movement.to_state, func.count(Movement.id))
        .where(Movement.due_at < at, or_(Movement.left_at.is_(None), Movement.left_at >= at))
        .group_by(Movement.resource, Movement.to_state)
    )
    return {(row[0], row[1]): row[2] for row in session().execute(query)}


def _before(step: Fulfilment, late: Mapping[tuple[str, str], int]) -> int:
    """Return how many documents waited too long in the states a step leads on from."""
    sources = step.resource.model.workflow.transitions[step.name].sources
    return sum(late.get((step.resource.key(), state.value), 0) for state in sources)


def _of_records(every: Collection[Fulfilment], period: Period) -> dict[Fulfilment, Shown]:
    """Count the records that were made in a period, and by whom."""
    found = {}
    for one in every:
        if one.means is Means.RECORDS:
            model = one.resource.model
            query = (
                select(model.created_by_id, func.count(model.id))
                .where(period.holds(model.created_at))
                .group_by(model.created_by_id)
            )
            people: People = Counter({row[0]: row[1] for row in session().execute(query)})
            times = people.total()
            found[one] = Shown(times=times, documents=times, people=people)
    return found


GRACE = timedelta(days=1)
"""What a schedule starts is in time when it is done within a day."""


def _of_work(every: Collection[Fulfilment], period: Period) -> dict[Fulfilment, Shown]:
    """Count the work that was done in a period; what ended otherwise is an exception."""
    work = {one.name: one for one in every if one.means in (Means.JOB, Means.SCHEDULE)}
    if not work:
        return {}
    found = {one: Shown() for one in work.values()}
    query = ended_within(tuple(work), since=period.since, until=period.until)
    for run in session().scalars(query):
        for name in {run.job, run.schedule or ""} & work.keys():
            _count_run(found[work[name]], run)
    return found


def _count_run(shown: Shown, run: JobRun) -> None:
    if run.state is not RunState.DONE or run.ended_at is None:
        shown.waiting_late += 1
        return
    shown.times += 1
    shown.people[run.created_by_id] += 1
    if run.scheduled_for is not None:
        late = run.ended_at > run.scheduled_for + GRACE
        shown.late, shown.in_time = shown.late + late, shown.in_time + (not late)
