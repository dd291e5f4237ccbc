"""When jobs start by themselves: by the clocks of the company, as its people have set them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Select, Update, and_, case, func, select, update
from sqlalchemy.exc import IntegrityError

from bumen.documents.working_days import working_time
from bumen.errors import Forbidden, NotFound
from bumen.i18n import Text
from bumen.jobs.arguments import packed
from bumen.jobs.declared import HOST, Job, Schedule, department_of
from bumen.jobs.errors import TimesAreTooLong, TimesAreUnreadable
from bumen.jobs.models import LONGEST_CRON, ScheduleEntry
from bumen.jobs.run import in_every_language
from bumen.jobs.times import following, is_cron, is_on_worked_days
from bumen.model.accounts import User
from bumen.unit_of_work import company_now, current, moment, session
from bumen.workflow.working_time import WorkingTime

OWN = "own_"
"""How the names of schedules begin that people made."""


def plan(
    job: Job, *, cron: str, title: Text, by: User, enabled: bool = True, **arguments: Any
) -> ScheduleEntry:
    """Have a job start by itself for somebody, as that person, until `unplan`.

    Refuses times that cannot be read, and whoever is not allowed what the job needs; a department
    that is off has no jobs.
    """
    _check(cron)
    unit = current()
    if not {job.plugin, department_of(job, arguments)} <= {HOST, *unit.on}:
        raise NotFound
    if job.permission is not None and not unit.may(*job.permission):
        raise Forbidden
    entry = ScheduleEntry(
        name=f"{OWN}{token_hex(12)}",
        plugin=department_of(job, arguments),
        job=job.name,
        arguments=packed(job, arguments),
        title=in_every_language(title),
        owner_id=by.id,
        cron=cron,
        enabled=enabled,
        next_at=_next(cron) if enabled else None,
    )
    session().add(entry)
    session().flush()
    return entry


def unplan(entry: ScheduleEntry) -> None:
    """Let a schedule that somebody made be no more; what it has started goes on."""
    _hold(entry)
    session().delete(entry)
    session().flush()


def entry_of(schedule: Schedule) -> ScheduleEntry:
    """Return a declared schedule's entry for the company; made where there is none yet."""
    entry: ScheduleEntry | None = session().scalar(entries_called(schedule.name))
    if entry is not None:
        return entry
    entry = begun_entry(schedule, next_at=_next(schedule.cron))
    try:
        with current().attempt():
            session().add(entry)
            session().flush()
    except IntegrityError:  # a worker has met the schedule for the first time just now
        return session().scalars(entries_called(schedule.name)).one()
    return entry


def begun_entry(schedule: Schedule, *, next_at: datetime) -> ScheduleEntry:
    """Return a new entry of a declared schedule."""
    plugin = department_of(schedule.job, schedule.arguments)
    plugin = schedule.plugin if plugin == HOST else plugin
    return ScheduleEntry(name=schedule.name, plugin=plugin, enabled=True, next_at=next_at)


def set_times(entry: ScheduleEntry, cron: str, *, declared: str | None = None) -> None:
    """Change when a schedule starts; the times its department declares are kept as none.

    Refuses times that cannot be read.
    """
    _check(cron)
    _hold(entry)
    entry.cron = None if cron == declared else cron
    entry.next_at = _next(cron) if entry.enabled else None
    session().flush()


def switch_entry(entry: ScheduleEntry, *, enabled: bool, cron: str) -> None:
    """Switch a schedule on or off; what it missed while off is not made up for."""
    _hold(entry)
    entry.enabled = enabled
    entry.next_at = _next(cron) if enabled else None
    session().flush()


def entries_called(name: str) -> Select[ScheduleEntry]:
    """Select the company's entry of a schedule with this name."""
    return select(ScheduleEntry).where(ScheduleEntry.name == name)


def entries() -> Select[ScheduleEntry]:
    """Select all entries of the company."""
    return select(ScheduleEntry).order_by(ScheduleEntry.name)


def due_entry(ident: int, *, at: datetime) -> Select[ScheduleEntry]:
    """Select an entry whose time has come, and lock it."""
    mine = (ScheduleEntry.id == ident, ScheduleEntry.next_at <= at)
    return select(ScheduleEntry).where(*mine).with_for_update()


def due_entries(*, at: datetime) -> Select[ScheduleEntry]:
    """Select what is to start by a moment, in every company."""
    return select(ScheduleEntry).where(ScheduleEntry.next_at <= at).order_by(ScheduleEntry.id)


def entries_met(names: Collection[str]) -> Select[int, str]:
    """Select which company has met which of these declared schedules: its id, and the name."""
    return select(ScheduleEntry.company_id, ScheduleEntry.name).where(ScheduleEntry.name.in_(names))


def coming(*, after: datetime) -> Select[int, str | None, str | None, datetime, datetime | None]:
    """Select when something starts later, once for all of a company that share their times.

    The company's id, its own times or else the name of the declared schedule, when that is next,
    and when one of them last started.
    """
    shared = (ScheduleEntry.company_id, ScheduleEntry.cron, _DECLARED, ScheduleEntry.next_at)
    last = func.max(ScheduleEntry.last_at, type_=ScheduleEntry.last_at.type).label("last_at")
    later = select(*shared, last).where(ScheduleEntry.next_at > after)
    return later.group_by(*shared)


def still_coming(*, cron: str | None, declared: str | None, next_at: datetime) -> Update:
    """Change all of the company that share their times, as long as they start at a moment."""
    times = and_(_THEIRS, ScheduleEntry.name == declared)
    shared = times if cron is None else ScheduleEntry.cron == cron
    return update(ScheduleEntry).where(shared, ScheduleEntry.next_at == next_at)


_THEIRS = ScheduleEntry.cron.is_(None)
"""That an entry's times are those that its department declares."""
_DECLARED = case((_THEIRS, ScheduleEntry.name)).label("declared")


def _hold(entry: ScheduleEntry) -> None:
    """Keep workers, who write down when it starts next, from a schedule that is being changed.

    `NotFound` where somebody has made an end of it meanwhile.
    """
    mine = select(ScheduleEntry).where(ScheduleEntry.id == entry.id).with_for_update()
    held = session().scalar(mine.execution_options(populate_existing=True))
    if held is None:
        raise NotFound


def _check(cron: str) -> None:
    if len(cron) > LONGEST_CRON:
        raise TimesAreTooLong
    if not is_cron(cron):
        raise TimesAreUnreadable(cron)


def _next(cron: str) -> datetime:
    now, zone = moment(), ZoneInfo(company_now().timezone)
    calendar = WorkingTime(zone=zone)
    if is_on_worked_days(cron):
        calendar = working_time(since=now.astimezone(zone).date())
    return following(cron, calendar=calendar, after=now)
