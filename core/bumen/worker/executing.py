"""Doing a run: as who started it, wholly or not at all, and saying what became of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from bumen.activation.state import read_version
from bumen.company.models import Company
from bumen.database import only_reading, refusing_writes
from bumen.errors import BusinessError
from bumen.host import Host, as_current
from bumen.host_jobs import is_on
from bumen.i18n import Text, speaking, translator
from bumen.jobs import LogLine, Run, RunState
from bumen.jobs.arguments import unpacked
from bumen.jobs.errors import (
    DepartmentWentOff,
    LeaseWasLost,
    RunWasCancelled,
    StarterIsGone,
    StarterMayNot,
    WorkerStops,
    WorkStopped,
)
from bumen.jobs.finding import waiting_now, wishes_about
from bumen.jobs.run import in_every_language
from bumen.model.accounts import User
from bumen.security.acting import act_as, place_of
from bumen.unit_of_work import UnitOfWork, committed, moment, working
from bumen.worker.claiming import Claimed, claim, give_back, stopped_in_the_middle

_ = translator(__file__, "bumen")
_log = logging.getLogger(__name__)

HERE = "here"
"""The name of a worker that works in the thread of whoever asks."""


def work_off(host: Host) -> int:
    """Do all that waits, here and now; return how many runs were begun."""
    begun = 0
    while ids := _waiting(host):
        done = [run_id for run_id in ids if work_on(host, run_id, worker=HERE)]
        begun += len(done)
        if not done:
            break
    return begun


def work_on(
    host: Host, run_id: int, *, worker: str, stopping: Callable[[], bool] = lambda: False
) -> bool:
    """Do a run if it still waits; whatever goes wrong in it is written down, and True returned."""
    claimed = claim(host, run_id, worker=worker)
    if claimed is None:
        return False
    run = _run_of(host, claimed, stopping)
    try:
        _do(host, claimed, run)
    except WorkStopped as stopped:
        if stopped.why is not None:
            run.lines.append(_why(run, stopped.why))
        _give_back(host, claimed, run, _stopped(claimed, stopped))
    except BusinessError as refusal:
        _give_back(host, claimed, run, _failed(refusal.message))
    except Exception as why:  # noqa: BLE001  # whatever a job does wrong
        _give_back(host, claimed, run, _fault(claimed, why))
    finally:
        _leave(host, run)
    return True


def _do(host: Host, claimed: Claimed, run: Run) -> None:
    """Run the job's function and keep what it did, with the word that it is done."""
    unit = host.new_unit(way="job")
    with closing(unit), working(unit), speaking(claimed.locale), committed(unit):
        with nullcontext() if claimed.job.writes else refusing_writes():
            run.by = _enter(host, unit, claimed)
            told = claimed.job.run(run, **unpacked(claimed.job, claimed.arguments))
            if not claimed.job.writes:
                _refuse_writing(unit)
        ended = _done(run, told)
        run.hold(ended)
        unit.session.add_all(claimed.notices(unit.session, ended))
    run.was_kept()


def _enter(host: Host, unit: UnitOfWork, claimed: Claimed) -> User | None:
    """Enter the company as who started the run, who must still be allowed what it needs."""
    company = unit.session.get_one(Company, claimed.company_id)
    on, user, place = host.plugins_on(unit, company.id), None, None
    if claimed.user_id is not None:
        place = place_of(unit.session, user_id=claimed.user_id, company_id=company.id)
        if place is None and not claimed.job.regardless:
            raise StarterIsGone
    if place is not None:
        user = unit.session.get_one(User, claimed.user_id)
    unit.enter(company=as_current(company), user=user, on=on)
    if place is not None:
        act_as(unit, place)
    permission = claimed.job.permission
    if permission is not None and not unit.may(*permission):
        raise StarterMayNot
    return user


def _run_of(host: Host, claimed: Claimed, stopping: Callable[[], bool]) -> Run:
    return Run(
        id=claimed.id,
        lease=claimed.lease,
        by=None,
        at=claimed.at,
        remembered=claimed.remembered,
        done=claimed.done,
        of=claimed.of,
        writes=claimed.job.writes,
        earlier=claimed.stored_as,
        tell=lambda told: host.queue.tell(claimed.id, told),
        look=partial(_look, host, claimed, stopping),
    )


def _look(host: Host, claimed: Claimed, stopping: Callable[[], bool]) -> None:
    """End the run where somebody wants it to stop, or where it may not go on."""
    if stopping():
        raise WorkerStops
    with only_reading(), host.database.wide_session() as wide:
        row = wide.execute(wishes_about(claimed.id)).one_or_none()
        version, company_id = read_version(wide), claimed.company_id
        on = host.activations.plugins_on(wide, company_id=company_id, version=version)
    if row is None or row.lease != claimed.lease:
        raise LeaseWasLost
    if row.stop_at is not None:
        raise RunWasCancelled
    if not (is_on(claimed.job.name, on) and is_on(claimed.plugin, on)):
        raise DepartmentWentOff


def _refuse_writing(unit: UnitOfWork) -> None:
    """Let go of what was read; a job that wrote although it said that it would not is at fault."""
    wrote = bool(unit.session.new or unit.session.dirty or unit.session.deleted)
    unit.rollback()
    if wrote:
        raise TypeError("The job wrote, though it is declared with writes=False.")


def _done(run: Run, told: Text | None) -> dict[str, Any]:
    return {
        "state": RunState.DONE,
        "ended_at": moment(),
        "lease": None,
        "done": run.done,
        "of": run.of,
        "remembered": None,
        "in_part": run.in_part,
        "result": None if told is None else in_every_language(told),
        "error": None,
    }


def _stopped(claimed: Claimed, stopped: WorkStopped) -> dict[str, Any]:
    """Say what becomes of a run that ended before its time: cancelled, or left for later."""
    now = moment()
    if isinstance(stopped, RunWasCancelled):
        return {"state": RunState.CANCELLED, "ended_at": now}
    if not claimed.job.repeatable:
        error = in_every_language(stopped_in_the_middle())
        return {"state": RunState.INTERRUPTED, "ended_at": now, "error": error}
    again = {"state": RunState.WAITING, "due_at": now, "rung_at": None}
    return {**again, "attempts": claimed.attempts - 1}


def _why(run: Run, why: Text) -> LogLine:
    words = in_every_language(why)
    return LogLine(run_id=run.id, at=moment(), is_warning=True, words=words)


def _failed(why: Text | str) -> dict[str, Any]:
    words = in_every_language(why) if isinstance(why, Text) else {"en": str(why)}
    return {"state": RunState.FAILED, "ended_at": moment(), "error": words}


def _fault(claimed: Claimed, why: Exception) -> dict[str, Any]:
    """Write a fault into the program's log under a number, and that number into the run's."""
    number, now = uuid4().hex[:12], moment()
    _log.error("Run %s (%s) failed, number %s", claimed.id, claimed.job.name, number, exc_info=why)
    sentence = _(
        "Something went wrong that is not your doing. It is written down as number %(number)s.",
        number=number,
    )
    if claimed.attempts >= claimed.job.tries:
        return _failed(sentence)
    later = now + timedelta(minutes=2 ** (claimed.attempts - 1))
    error = in_every_language(sentence)
    return {"state": RunState.WAITING, "due_at": later, "rung_at": None, "error": error}


def _give_back(host: Host, claimed: Claimed, run: Run, values: dict[str, Any]) -> None:
    if not give_back(host, claimed, run, values):
        _log.warning("Run %s was another worker's when it ended here", claimed.id)


def _leave(host: Host, run: Run) -> None:
    """Take away what the run left outside the database and nobody knows of."""
    for stored in run.unkept:
        with suppress(OSError):
            host.departments.files.remove(stored)
    host.queue.forget(run.id)


def _waiting(host: Host) -> list[int]:
    with only_reading(), host.database.wide_session() as wide:
        return list(wide.scalars(waiting_now(at=moment())))
