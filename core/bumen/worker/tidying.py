"""What is forgotten of background work: runs that ended long ago, their files, dead workers."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from time import sleep

from bumen.database import A_BREATH, AT_ONCE
from bumen.host import Host
from bumen.host_jobs import jobs_of, schedules_of
from bumen.jobs.finding import forget_runs, over_since
from bumen.jobs.models import KEPT
from bumen.notices.models import forget_about_work
from bumen.unit_of_work import moment

_DEAD = timedelta(days=1)


def tidy_runs(host: Host) -> int:
    """Forget what ended long ago, its files after its rows; return how many runs that were.

    Runs that fulfil demands of regulations are evidence and stay. Some are forgotten at a time, so
    that others may write in between.
    """
    now, evidence, done = moment(), _evidence(host), 0
    while gone := _forget_some(host, before=now - KEPT, evidence=evidence):
        done += gone
        sleep(A_BREATH)
    for worker, at in host.queue.beats().items():
        if at < now - _DEAD:
            host.queue.silence(worker)
    return done


def _forget_some(host: Host, *, before: datetime, evidence: list[str]) -> int:
    with host.database.wide_session() as wide, wide.begin():
        old = wide.scalars(over_since(before, but=evidence).limit(AT_ONCE)).all()
        files = [run.stored_as for run in old if run.stored_as]
        wide.execute(forget_runs([run.id for run in old]))
        wide.execute(forget_about_work([run.id for run in old]))
    for stored in files:
        with suppress(OSError):
            host.departments.files.remove(stored)
    return len(old)


def _evidence(host: Host) -> list[str]:
    """Return the names of jobs and schedules whose runs show that regulations are kept."""
    jobs, schedules = jobs_of(host.registry), schedules_of(host.registry)
    of_jobs = [one.name for one in jobs.values() if one.clauses]
    return of_jobs + [one.name for one in schedules.values() if one.clauses]
