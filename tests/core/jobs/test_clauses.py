"""Schedules and jobs that fulfil demands of regulations count as what fulfils them, and show it."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

import chores
from bumen.database import only_reading
from bumen.fulfilment import Means
from bumen.host import Host
from bumen.jobs import JobRun, RunState
from bumen.jobs.models import KEPT
from bumen.regulations import clauses_in_force
from bumen.regulations.coverage import Cover, coverage, fulfilments_on, without_rule
from bumen.regulations.evidence import Period, Shown, evidence
from bumen.unit_of_work import CurrentCompany, moment, session
from bumen.worker.tidying import tidy_runs
from tests.core.jobs.conftest import Begin
from tests.core.rule_books import FIRST, publish, write_book

HOUR = timedelta(hours=1)
CLAUSES = (
    ("5.1", "Notes are written on the 25th.", "T5.1"),
    ("5.2", "Notes are written piece by piece, and seen.", "T5.2 T5.9"),
)


def test_schedules_and_jobs_cover_what_they_say(host: Host, company: CurrentCompany) -> None:
    known = fulfilments_on(host.registry, on={"chores"})
    with host.unit_of_work(company=company.code, by="admin"):
        publish(write_book(*CLAUSES))
        rows = coverage(session().scalars(clauses_in_force(FIRST)).all(), known)
        covers = [(row.cover, row.missing) for row in rows]

    assert covers == [(Cover.FULL, []), (Cover.PARTLY, ["T5.9"])]
    [schedule], [job] = known["T5.1"], known["T5.2"]
    assert (schedule.means, schedule.key) == (Means.SCHEDULE, "chores.monthly")
    assert (job.means, job.key, job.plugin) == (Means.JOB, "chores.pieces", "chores")
    assert host.registry.plugins["chores"].plugin.clauses == {"T5.1", "T5.2"}
    assert without_rule([], known) == ["T5.1", "T5.2"]
    assert fulfilments_on(host.registry, on=()) == {}


def test_runs_are_evidence_in_time_late_or_not_done(
    host: Host, company: CurrentCompany, begin: Begin
) -> None:
    now = moment()
    ended(host, begin(chores.WRITE, by=None, count=1), at=now, planned=now - HOUR)
    ended(host, begin(chores.WRITE, by=None, count=1), at=now, planned=now - 25 * HOUR)
    failed = {"state": RunState.FAILED}
    ended(host, begin(chores.WRITE, by=None, count=1), at=now, planned=now, **failed)
    ended(host, begin(chores.PIECES, count=1, size=1), at=now)
    ended(host, begin(chores.PIECES, count=1, size=1), at=now - 48 * HOUR)

    monthly, pieces = shown_of(host, company, at=now)

    assert (monthly.times, monthly.in_time, monthly.late, monthly.waiting_late) == (2, 1, 1, 1)
    assert monthly.people == Counter({None: 2})
    assert (pieces.times, pieces.people.total(), pieces.exceptions) == (1, 1, 0)


def test_evidence_is_not_forgotten_with_other_runs(host: Host, begin: Begin) -> None:
    long_ago = moment() - KEPT - HOUR
    ended(host, begin(chores.PIECES, count=1, size=1), at=long_ago)
    ended(host, begin(chores.WRITE, by=None, count=1), at=long_ago, planned=long_ago)
    ended(host, begin(chores.WRITE, count=1), at=long_ago)

    assert tidy_runs(host) == 1

    with only_reading(), host.database.wide_session() as wide:
        assert wide.scalar(select(func.count(JobRun.id))) == 2


def ended(
    host: Host, ident: int, *, at: datetime, planned: datetime | None = None, **values: Any
) -> None:
    """Let a run have ended at a moment; `planned` is for when the schedule started it."""
    told: dict[str, Any] = {"state": RunState.DONE, "ended_at": at, **values}
    if planned is not None:
        told |= {"schedule": chores.MONTHLY.name, "scheduled_for": planned}
    with host.database.wide_session() as wide, wide.begin():
        wide.execute(update(JobRun).where(JobRun.id == ident).values(told))


def shown_of(host: Host, company: CurrentCompany, *, at: datetime) -> list[Shown]:
    """Return what shows that the clauses were kept on the day around a moment."""
    known = fulfilments_on(host.registry, on={"chores"})
    day = Period(since=at - 12 * HOUR, until=at + 12 * HOUR)
    with host.unit_of_work(company=company.code, by="admin"):
        publish(write_book(*CLAUSES))
        clauses = session().scalars(clauses_in_force(FIRST)).all()
        return [row.whole for row in evidence(clauses, known, period=day, now=at)]
