"""What is asked of background work: what waits, what is held by whom, what may be forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Delete, Select, Update, delete, func, or_, select, update
from sqlalchemy.orm import joinedload

from bumen.jobs.models import OPEN, JobRun, LogLine, RunState, ScheduleEntry

RUNG_AT_ONCE = 500


def unrung(*, at: datetime, before: datetime) -> Select[int, str, str, int]:
    """Select what may begin and of which no worker was told since `before`, oldest first.

    The id, the job, the department it is about and the company of each, so many at once.
    """
    untold = or_(JobRun.rung_at.is_(None), JobRun.rung_at < before)
    return (
        select(JobRun.id, JobRun.job, JobRun.plugin, JobRun.company_id)
        .where(JobRun.state == RunState.WAITING, JobRun.due_at <= at, untold)
        .order_by(JobRun.due_at, JobRun.id)
        .limit(RUNG_AT_ONCE)
    )


def told_of(run_ids: Iterable[int], *, at: datetime) -> Update:
    """Remember of runs that still wait when workers were told of them."""
    theirs = (JobRun.id.in_(list(run_ids)), JobRun.state == RunState.WAITING)
    statement = update(JobRun).where(*theirs).values(rung_at=at)
    return statement.execution_options(synchronize_session=False)


def waiting_now(*, at: datetime) -> Select[int]:
    """Select the ids of what may begin, oldest first."""
    return (
        select(JobRun.id)
        .where(JobRun.state == RunState.WAITING, JobRun.due_at <= at)
        .order_by(JobRun.due_at, JobRun.id)
    )


def running() -> Select[JobRun]:
    """Select what workers hold."""
    return select(JobRun).where(JobRun.state == RunState.RUNNING)


def still_waiting(run_id: int) -> Update:
    """Change a run as long as it waits."""
    return update(JobRun).where(JobRun.id == run_id, JobRun.state == RunState.WAITING)


def held(run_id: int, *, lease: str) -> Update:
    """Change a run as long as it is held by this lease."""
    mine = (JobRun.id == run_id, JobRun.lease == lease, JobRun.state == RunState.RUNNING)
    return update(JobRun).where(*mine).execution_options(synchronize_session=False)


def held_wish(run_id: int, *, lease: str) -> Select[datetime | None]:
    """Select since when a run that is held by this lease is to stop, and lock it."""
    mine = (JobRun.id == run_id, JobRun.lease == lease, JobRun.state == RunState.RUNNING)
    return select(JobRun.stop_at).where(*mine).with_for_update()


def wishes_about(run_id: int) -> Select[str | None, datetime | None]:
    """Select whose a run is now, and since when it is to stop."""
    return select(JobRun.lease, JobRun.stop_at).where(JobRun.id == run_id)


def runs_of(user_id: int | None = None) -> Select[JobRun]:
    """Select the runs of the company, newest first; of one person when one is named."""
    query = select(JobRun).options(joinedload(JobRun.starter)).order_by(JobRun.id.desc())
    return query if user_id is None else query.where(JobRun.created_by_id == user_id)


def lines_of(run_id: int) -> Select[LogLine]:
    """Select what a run said, in its order."""
    return select(LogLine).where(LogLine.run_id == run_id).order_by(LogLine.id)


def over_since(before: datetime, *, but: Collection[str] = ()) -> Select[JobRun]:
    """Select what ended before a moment, but for the runs of some jobs and schedules."""
    others = (JobRun.job.not_in(but), func.coalesce(JobRun.schedule, "").not_in(but))
    return select(JobRun).where(JobRun.ended_at < before, *others).order_by(JobRun.id)


def ended_within(names: Collection[str], *, since: datetime, until: datetime) -> Select[JobRun]:
    """Select the runs of some jobs and schedules that ended in a period."""
    theirs = or_(JobRun.job.in_(names), JobRun.schedule.in_(names))
    return select(JobRun).where(theirs, JobRun.ended_at >= since, JobRun.ended_at < until)


def forget_runs(run_ids: Iterable[int]) -> Delete:
    """Forget runs, their log with them."""
    return delete(JobRun).where(JobRun.id.in_(list(run_ids)))


def run_called(run_id: int) -> Select[JobRun]:
    """Select a run of the company by its id, with who started it."""
    return select(JobRun).options(joinedload(JobRun.starter)).where(JobRun.id == run_id)


def count_open(user_id: int) -> Select[int]:
    """Select how many of somebody's runs are still to come to an end."""
    mine = (JobRun.created_by_id == user_id, JobRun.state.in_(OPEN))
    return select(func.count(JobRun.id)).where(*mine)


def count_open_of(plugin: str, *, company_id: int) -> Select[int]:
    """Select how many runs of a department are still to come to an end in a company."""
    open_here = (JobRun.company_id == company_id, JobRun.state.in_(OPEN))
    return select(func.count(JobRun.id)).where(runs_about(plugin), *open_here)


def last_of_schedules(names: Iterable[str]) -> Select[JobRun]:
    """Select the last run of each of these schedules."""
    last = select(func.max(JobRun.id)).where(JobRun.schedule.in_(list(names)))
    return select(JobRun).where(JobRun.id.in_(last.group_by(JobRun.schedule)))


def runs_about(plugin: str) -> ColumnElement[bool]:
    """Return the condition that a run is a department's: by its job, or by what it is about."""
    return or_(JobRun.plugin == plugin, JobRun.job.startswith(f"{plugin}.", autoescape=True))


def schedules_about(plugin: str) -> ColumnElement[bool]:
    """Return the condition that a schedule is a department's: by its job, or what it is about."""
    named = func.coalesce(ScheduleEntry.job, ScheduleEntry.name)
    theirs = named.startswith(f"{plugin}.", autoescape=True)
    return or_(ScheduleEntry.plugin == plugin, theirs)


def count_schedules_of(plugin: str, *, company_id: int) -> Select[int]:
    """Count what starts by itself in a company and is a department's."""
    mine = (ScheduleEntry.company_id == company_id, ScheduleEntry.enabled)
    return select(func.count()).select_from(ScheduleEntry).where(*mine, schedules_about(plugin))
