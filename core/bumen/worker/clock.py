"""The clock: what starts by itself, in every company at its own time, once."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bumen.activation.state import read_version
from bumen.company.models import Company
from bumen.database import only_reading
from bumen.host import Host
from bumen.host_jobs import is_on, jobs_of, schedules_of
from bumen.jobs import Schedule, ScheduleEntry
from bumen.jobs.arguments import as_json
from bumen.jobs.planning import begun_entry, due_entry, following, unchanged_entry
from bumen.jobs.run import in_every_language
from bumen.jobs.starting import begun
from bumen.model.accounts import User
from bumen.security.acting import place_of
from bumen.unit_of_work import moment, session

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a company has of schedules, and what is on in it."""

    company: Company
    on: frozenset[str]
    entries: tuple[ScheduleEntry, ...]


def start_scheduled(host: Host) -> int:
    """Start what is due in every company; return how many runs began.

    What was missed, however often, starts once. What belongs to a department that is off, or to
    none that is installed, is passed over. Two workers may do this at once. A next time that the
    clocks of the company or the times that are declared would not have now is worked out anew.
    """
    now = moment()
    return sum(_in_company(host, found, at=now) for found in _read(host))


def _read(host: Host) -> list[Found]:
    with only_reading(), host.database.wide_session() as wide:
        companies = wide.scalars(select(Company).where(Company.active).order_by(Company.id)).all()
        entries: dict[int, list[ScheduleEntry]] = {}
        for entry in wide.scalars(select(ScheduleEntry).order_by(ScheduleEntry.id)):
            entries.setdefault(entry.company_id, []).append(entry)
        version = read_version(wide)
        return [
            Found(
                company=one,
                on=host.activations.plugins_on(wide, company_id=one.id, version=version),
                entries=tuple(entries.get(one.id, ())),
            )
            for one in companies
        ]


def _in_company(host: Host, found: Found, *, at: datetime) -> int:
    known = {entry.name for entry in found.entries}
    declared = [one for one in schedules_of(host.registry).values() if is_on(one.name, found.on)]
    new = [one.name for one in declared if one.name not in known]
    due = [one for one in found.entries if one.next_at is not None and one.next_at <= at]
    stale = [one for one in found.entries if _is_stale(host, found, one, at=at)]
    deeds = [partial(_seed, host, found, new, at=at)] if new else []
    deeds += [partial(_plan_anew, host, found, one, at=at) for one in stale]
    deeds += [partial(_start, host, found, one, at=at) for one in due]
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


def _cron_of(host: Host, entry: ScheduleEntry) -> str:
    """Return when a schedule starts: as the company says, or as its department declares."""
    schedule = schedules_of(host.registry).get(entry.name)
    return entry.cron or (schedule.cron if schedule else "")


def _is_stale(host: Host, found: Found, entry: ScheduleEntry, *, at: datetime) -> bool:
    cron = _cron_of(host, entry)
    if entry.next_at is None or entry.next_at <= at or not cron:
        return False
    before = entry.next_at - timedelta(seconds=1)
    return following(cron, timezone=found.company.timezone, after=before) != entry.next_at


def _plan_anew(host: Host, found: Found, entry: ScheduleEntry, *, at: datetime) -> int:
    with host.unit_of_work(company=found.company.code, way="job"):
        locked = session().scalar(unchanged_entry(entry.id, next_at=entry.next_at))
        if locked is not None:
            zone = found.company.timezone
            locked.next_at = following(_cron_of(host, entry), timezone=zone, after=at)
    return 0


def _seed(host: Host, found: Found, names: Iterable[str], *, at: datetime) -> int:
    """Begin with schedules that the company meets for the first time: with the next time."""
    schedules, zone = schedules_of(host.registry), found.company.timezone
    with host.unit_of_work(company=found.company.code, way="job"):
        for name in names:
            next_at = following(schedules[name].cron, timezone=zone, after=at)
            session().add(begun_entry(schedules[name], next_at=next_at))
    return 0


def _start(host: Host, found: Found, entry: ScheduleEntry, *, at: datetime) -> int:
    schedule = schedules_of(host.registry).get(entry.name)
    job = entry.job or (schedule.job.name if schedule else "")
    cron = _cron_of(host, entry)
    if not cron or job not in jobs_of(host.registry):
        return 0
    owner = _name_of(host, entry.owner_id)
    with host.unit_of_work(company=found.company.code, by=owner, way="job"):
        locked = session().scalar(due_entry(entry.id, at=at))
        if locked is None:
            return 0
        was_due = locked.next_at
        locked.next_at = following(cron, timezone=found.company.timezone, after=at)
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
