"""The clock: what starts by itself, in every company at its own time, once."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bumen.activation.state import read_version
from bumen.company.models import Company
from bumen.database import changed, only_reading
from bumen.documents.working_days import days_of, weeks_of, working_time_of
from bumen.host import Host
from bumen.host_jobs import is_on, jobs_of, schedules_of
from bumen.jobs import Schedule, ScheduleEntry
from bumen.jobs.arguments import as_json
from bumen.jobs.planning import (
    begun_entry,
    coming,
    due_entries,
    due_entry,
    entries_met,
    still_coming,
)
from bumen.jobs.run import in_every_language
from bumen.jobs.starting import begun
from bumen.jobs.times import following, is_on_worked_days
from bumen.model.accounts import User
from bumen.security.acting import place_of
from bumen.unit_of_work import moment, session
from bumen.workflow.working_time import WorkingTime

_A_DAY = timedelta(days=1)
"""So far may the day of a company's clocks be behind ours."""
_log = logging.getLogger(__name__)


class Times(NamedTuple):
    """Times are when schedules of a company start next, once for all that share them.

    `cron` is the company's own, or None where those of the schedule `declared` hold. `last_at` is
    when one of them last started.
    """

    company_id: int
    cron: str | None
    declared: str | None
    next_at: datetime
    last_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a company has of schedules, what is on in it, and when it works."""

    company: Company
    calendar: WorkingTime
    on: frozenset[str]
    met: frozenset[str]
    due: tuple[ScheduleEntry, ...]
    coming: tuple[Times, ...]


def start_scheduled(host: Host) -> int:
    """Start what is due in every company; return how many runs began.

    What was missed, however often, starts once. What belongs to a department that is off, or to
    none that is installed, is passed over. Two workers may do this at once. A next time that the
    clocks of the company, its working days or the times that are declared would not have now is
    worked out anew: once for all that share it, so that it costs no more however many there are.
    """
    now = moment()
    return sum(_in_company(host, found, at=now) for found in _read(host, at=now))


def _read(host: Host, *, at: datetime) -> list[Found]:
    with only_reading(), host.database.wide_session() as wide:
        companies = wide.scalars(select(Company).where(Company.active).order_by(Company.id)).all()
        due, times = wide.scalars(due_entries(at=at)).all(), _coming(wide, at=at)
        calendars = _calendars(host, wide, companies, (*due, *times), at=at)
        due_in, times_in = _by_company(due), _by_company(times)
        met_in = _by_company(wide.execute(entries_met(schedules_of(host.registry))))
        version = read_version(wide)
        return [
            Found(
                company=one,
                calendar=calendars[one.id],
                on=host.activations.plugins_on(wide, company_id=one.id, version=version),
                met=frozenset(row.name for row in met_in[one.id]),
                due=tuple(due_in[one.id]),
                coming=tuple(times_in[one.id]),
            )
            for one in companies
        ]


def _coming(wide: Session, *, at: datetime) -> list[Times]:
    return [Times(*row) for row in wide.execute(coming(after=at))]


def _by_company(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.company_id].append(row)
    return found


def _calendars(
    host: Host,
    wide: Session,
    companies: Iterable[Company],
    planned: Iterable[ScheduleEntry | Times],
    *,
    at: datetime,
) -> dict[int, WorkingTime]:
    """Return when companies work; days are read only where something starts on worked ones."""
    declared = any(is_on_worked_days(one.cron) for one in schedules_of(host.registry).values())
    own = {one.company_id for one in planned if is_on_worked_days(one.cron or "")}
    asked = [one.id for one in companies if declared or one.id in own]
    days: dict[int, dict[date, bool]] = defaultdict(dict)
    weeks = {one.company_id: one for one in wide.scalars(weeks_of(asked))} if asked else {}
    for row in wide.execute(days_of(asked, since=(at - _A_DAY).date())) if asked else ():
        days[row.company_id][row.day] = row.works
    return {
        one.id: working_time_of(one.timezone, weeks.get(one.id), days[one.id]) for one in companies
    }


def _in_company(host: Host, found: Found, *, at: datetime) -> int:
    declared = [one for one in schedules_of(host.registry).values() if is_on(one.name, found.on)]
    new = [one.name for one in declared if one.name not in found.met]
    deeds = [partial(_seed, host, found, new, at=at)] if new else []
    deeds += [partial(_plan_anew, host, found, times, at=at) for times in found.coming]
    deeds += [partial(_start, host, found, one, at=at) for one in found.due]
    return sum(_quietly(deed, found.company.code) for deed in deeds)


def _quietly(deed: Callable[[], int], code: str) -> int:
    """Do something about one schedule: its trouble is not the others'."""
    try:
        return deed()
    except IntegrityError:
        _log.info("Another worker was quicker with the schedules of %s.", code)
    except Exception:  # noqa: BLE001  # whatever is wrong with one
        _log.exception("A schedule of %s could not be looked at.", code)
    return 0


def _plan_anew(host: Host, found: Found, times: Times, *, at: datetime) -> int:
    """Put right when something starts next, where it would be another time by now.

    What has started is not begun again where the clocks of the machine that did so are ahead.
    """
    schedule = schedules_of(host.registry).get(times.declared or "")
    cron = times.cron or (schedule.cron if schedule else None)
    since = max(at, times.last_at or at)
    next_at = following(cron, calendar=found.calendar, after=since) if cron else times.next_at
    if next_at == times.next_at:
        return 0
    theirs = still_coming(cron=times.cron, declared=times.declared, next_at=times.next_at)
    with host.unit_of_work(company=found.company.code, way="job"):
        changed(session(), theirs.values(next_at=next_at))
    return 0


def _seed(host: Host, found: Found, names: Iterable[str], *, at: datetime) -> int:
    """Begin with schedules that the company meets for the first time: with the next time."""
    schedules = schedules_of(host.registry)
    with host.unit_of_work(company=found.company.code, way="job"):
        for name in names:
            cron = schedules[name].cron
            next_at = following(cron, calendar=found.calendar, after=at)
            session().add(begun_entry(schedules[name], next_at=next_at))
    return 0


def _start(host: Host, found: Found, entry: ScheduleEntry, *, at: datetime) -> int:
    schedule = schedules_of(host.registry).get(entry.name)
    job = entry.job or (schedule.job.name if schedule else "")
    cron = entry.cron or (schedule.cron if schedule else None)
    if not cron or job not in jobs_of(host.registry):
        return 0
    owner = _name_of(host, entry.owner_id)
    with host.unit_of_work(company=found.company.code, by=owner, way="job"):
        locked = session().scalar(due_entry(entry.id, at=at))
        if locked is None:
            return 0
        was_due = locked.next_at
        locked.next_at = following(cron, calendar=found.calendar, after=at)
        named = entry.name if entry.job is None else job
        if not all(is_on(one, found.on) for one in (named, job, entry.plugin)):
            return 0
        if _has_no_owner_any_more(entry):
            locked.enabled, locked.next_at = False, None
        locked.last_at = at
        _begin(entry, schedule, job=job, was_due=was_due)
    return 1


def _begin(
    entry: ScheduleEntry, schedule: Schedule | None, *, job: str, was_due: datetime | None
) -> None:
    """Have the job of a schedule done; what does not fit it fails then, and is seen."""
    given = entry.arguments if schedule is None else as_json(schedule.arguments)
    begun(
        job,
        given or {},
        plugin=entry.plugin,
        about=entry.title or (in_every_language(schedule.title) if schedule else None),
        schedule=entry.name,
        scheduled_for=was_due,
    )


def _has_no_owner_any_more(entry: ScheduleEntry) -> bool:
    """Whether who planned it has left: it fails once more, so that it is seen, and no more."""
    here = entry.company_id
    if entry.owner_id is None:
        return False
    return place_of(session(), user_id=entry.owner_id, company_id=here) is None


def _name_of(host: Host, user_id: int | None) -> str | None:
    if user_id is None:
        return None
    with only_reading(), host.database.wide_session() as wide:
        found: str | None = wide.scalar(select(User.username).where(User.id == user_id))
    return found
