"""Whose a run is: claimed by one worker, given back, or taken over from one that has died."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bumen.activation.state import read_version
from bumen.company.models import Company
from bumen.database import only_reading
from bumen.host import Host
from bumen.host_jobs import is_on, jobs_of
from bumen.i18n import Text, translator
from bumen.jobs import Job, JobRun, LogLine, Run, RunState
from bumen.jobs.finding import held, held_wish, running, still_waiting, told_of, unrung
from bumen.jobs.models import Words
from bumen.jobs.run import in_every_language
from bumen.notices import Notice
from bumen.unit_of_work import moment
from bumen.worker.telling import Ending, notices_of_end

_ = translator(__file__, "bumen")

LEASE = timedelta(seconds=30)
"""A worker that was not alive for so long has died."""
RUNG_EVERY = timedelta(minutes=1)
"""What waits for so long although a worker was told is told again: the queue may have lost it."""
MOST_TAKEN_OVER = 3
"""So often a run is taken over: one that kills its workers does not kill all of them."""
_LEFT = (RunState.WAITING, RunState.INTERRUPTED)
"""What becomes of runs that were left in the middle: they wait again, or are for people to see."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A run that this worker holds, as it was when it was claimed."""

    id: int
    job: Job
    plugin: str
    lease: str
    company_id: int
    user_id: int | None
    locale: str
    arguments: dict[str, Any]
    attempts: int
    remembered: Any
    done: int
    of: int | None
    at: datetime
    about: Words | None
    schedule: str | None
    stored_as: str | None

    def notices(self, session: Session, ended: dict[str, Any]) -> list[Notice]:
        """Return what people are told of its end, if anything."""
        ending = Ending(
            ended=ended,
            run=self.id,
            job=self.job,
            plugin=self.plugin,
            company_id=self.company_id,
            user_id=self.user_id,
            about=self.about,
            schedule=self.schedule,
            since=self.at,
        )
        return list(notices_of_end(session, ending))


def claim(host: Host, run_id: int, *, worker: str) -> Claimed | None:
    """Take a run that waits; None when it is another's, not due, or its department is off.

    It is held from when it is read, so that nobody else gets further with it in between.
    """
    now, lease = moment(), token_hex(16)
    with host.database.wide_session() as wide, wide.begin():
        run = wide.get(JobRun, run_id, with_for_update=True)
        job = None if run is None else jobs_of(host.registry).get(run.job)
        if run is None or job is None or not _may_begin(host, wide, run, at=now):
            return None
        claimed = _claimed(run, job, lease=lease, at=now)
        taken = {
            "state": RunState.RUNNING,
            "lease": lease,
            "worker": worker,
            "started_at": run.started_at or now,
            "attempts": claimed.attempts,
        }
        changed: Any = wide.execute(still_waiting(run_id).values(taken))
        return claimed if changed.rowcount == 1 else None


def give_back(host: Host, claimed: Claimed, run: Run, values: dict[str, Any]) -> bool:
    """Write how a run ended, with all it said; False when it was another's by then."""
    told = {"done": run.done, "of": run.of, **values}
    with host.database.wide_session() as wide, wide.begin():
        ended = _let_go(wide, claimed.id, lease=claimed.lease, values=told)
        if ended is None:
            return False
        wide.add_all(run.lines)
        wide.add_all(claimed.notices(wide, ended))
    return True


def _let_go(
    wide: Session, run_id: int, *, lease: str, values: dict[str, Any]
) -> dict[str, Any] | None:
    """Write what becomes of a run that was held; return that, or None when it was another's.

    What did not come to its end is cancelled where somebody has wished so: nobody could stop it
    later.
    """
    wish = wide.execute(held_wish(run_id, lease=lease)).one_or_none()
    if wish is None:
        return None
    ended = {"lease": None, **values}
    if wish.stop_at is not None and ended["state"] in _LEFT:
        ended |= {"state": RunState.CANCELLED, "ended_at": moment()}
    wide.execute(held(run_id, lease=lease).values(ended))
    return ended


def take_over_from_the_dead(
    host: Host, *, lease: timedelta = LEASE, left_by: Callable[[JobRun], bool] = lambda _run: False
) -> list[int]:
    """Free the runs of workers that have died, each once; return the ids of those that wait now.

    `left_by` tells of a run whether a living worker, who should know, has let go of it. Where the
    queue was lost with all it knew of workers, they are given their time to be heard again.
    """
    with only_reading(), host.database.wide_session() as wide:
        held_now = wide.scalars(running()).all()
    since = moment() - lease
    if not held_now:
        return []
    alive = {name for name, at in host.queue.beats().items() if at >= since}
    is_young = host.queue.is_younger_than(since)
    dead = [run for run in held_now if run.worker not in alive and not is_young]
    orphans = dead + [run for run in held_now if run not in dead and left_by(run)]
    return [run.id for run in orphans if _free(host, run)]


def ring_again(host: Host) -> list[int]:
    """Tell workers of what waits and they may not know of; return the ids of those runs.

    As many statements, however much waits. What is off is asked about as seldom as it would ring.
    """
    now = moment()
    with only_reading(), host.database.wide_session() as wide:
        due = wide.execute(unrung(at=now, before=now - RUNG_EVERY)).all()
        on = _on_in(host, wide, {row.company_id for row in due}) if due else {}
    if not due:
        return []
    with host.database.wide_session() as wide, wide.begin():
        wide.execute(told_of((row.id for row in due), at=now))
    here = [(row, on[row.company_id]) for row in due if row.company_id in on]
    found = [row.id for row, its in here if is_on(row.job, its) and is_on(row.plugin, its)]
    for run_id in found:
        host.queue.ring(run_id)
    return found


def _on_in(host: Host, wide: Session, company_ids: set[int]) -> dict[int, frozenset[str]]:
    """Return what is on in those of some companies that live."""
    living = select(Company.id).where(Company.id.in_(company_ids), Company.active)
    version = read_version(wide)
    return {
        one: host.activations.plugins_on(wide, company_id=one, version=version)
        for one in wide.scalars(living).all()
    }


def _may_begin(host: Host, wide: Session, run: JobRun, *, at: datetime) -> bool:
    """Whether a run waits, its time has come, and its department is on in a living company."""
    if run.state is not RunState.WAITING or run.due_at > at:
        return False
    on = _on_in(host, wide, {run.company_id}).get(run.company_id)
    return on is not None and is_on(run.job, on) and is_on(run.plugin, on)


def _claimed(run: JobRun, job: Job, *, lease: str, at: datetime) -> Claimed:
    return Claimed(
        id=run.id,
        job=job,
        plugin=run.plugin,
        lease=lease,
        company_id=run.company_id,
        user_id=run.created_by_id,
        locale=run.locale,
        arguments=run.arguments,
        attempts=run.attempts + 1,
        remembered=run.remembered,
        done=run.done if job.resumable else 0,
        of=run.of,
        at=at,
        about=run.about,
        schedule=run.schedule,
        stored_as=run.stored_as,
    )


def _free(host: Host, run: JobRun) -> bool:
    """Let others have a run whose worker has died; True when it waits again, and by our doing."""
    job, now, lease = jobs_of(host.registry).get(run.job), moment(), str(run.lease)
    said = in_every_language(stopped_in_the_middle())
    values: dict[str, Any] = {"taken_over": run.taken_over + 1}
    if job is None or not job.repeatable or run.taken_over >= MOST_TAKEN_OVER:
        values |= {"state": RunState.INTERRUPTED, "ended_at": now, "error": said}
    else:
        values |= {"state": RunState.WAITING, "due_at": now, "rung_at": now}
    with host.database.wide_session() as wide, wide.begin():
        ended = _let_go(wide, run.id, lease=lease, values=values)
        if ended is None:
            return False
        wide.add(LogLine(run_id=run.id, at=now, is_warning=True, words=said))
        if job is not None:
            wide.add_all(_claimed(run, job, lease="", at=now).notices(wide, ended))
    _log.warning("Run %s (%s) was left by %s", run.id, run.job, run.worker)
    host.queue.forget(run.id)
    if waits := ended["state"] is RunState.WAITING:
        host.queue.ring(run.id)
    return waits


def stopped_in_the_middle() -> Text:
    """Say that nobody knows how far it got."""
    return _("The worker stopped in the middle of it.")
