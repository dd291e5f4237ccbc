"""How background work begins, ends before its time, and begins again."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import func, update

from bumen.errors import Forbidden, NotFound
from bumen.i18n import Text, language
from bumen.jobs.arguments import packed
from bumen.jobs.declared import HOST, Job, department_of
from bumen.jobs.errors import RunIsNotOver, RunIsOver
from bumen.jobs.models import ENDED_BADLY, JobRun, RunState, Words
from bumen.jobs.run import in_every_language
from bumen.unit_of_work import current, moment, session


def start(
    job: Job,
    *,
    about: Text | None = None,
    at: datetime | None = None,
    of: str | None = None,
    **arguments: Any,
) -> JobRun:
    """Have a job done as soon as a worker is free, or from a moment `at` on.

    It begins once what is done here is kept, and never if it is not. It runs as whoever works
    now, for the company of the unit of work, in the language of the moment. `about` says what
    this one is about, such as the name of a file, and `of` what of a department, as in
    `sales.orders`, where no argument says so. Refuses whoever is not allowed what the job needs; a
    department that is off has no jobs.
    """
    unit, plugin = current(), department_of(job, arguments)
    plugin = plugin if of is None else of.partition(".")[0]
    if not {job.plugin, plugin} <= {HOST, *unit.on}:
        raise NotFound
    if job.permission is not None and not unit.may(*job.permission):
        raise Forbidden
    given, words = packed(job, arguments), about and in_every_language(about)
    return begun(job.name, given, plugin=plugin, about=words, at=at)


def begun(
    job: str,
    arguments: dict[str, Any],
    *,
    plugin: str,
    about: Words | None = None,
    at: datetime | None = None,
    schedule: str | None = None,
    scheduled_for: datetime | None = None,
) -> JobRun:
    """Write down a run of a job by its name, as `start` and the clock do; nothing is asked."""
    run = JobRun(
        job=job,
        plugin=plugin,
        arguments=arguments,
        about=about,
        locale=language(),
        state=RunState.WAITING,
        due_at=at or moment(),
        schedule=schedule,
        scheduled_for=scheduled_for,
    )
    session().add(run)
    _ring(run)
    return run


def cancel(run: JobRun) -> None:
    """Stop a run: one that waits never begins, one that runs ends at its next look.

    What it has kept piece by piece stays. Refuses one that has ended, were it just now.
    """
    now = moment()
    ended = {"state": RunState.CANCELLED, "stop_at": now, "ended_at": now}
    stopping = {"stop_at": func.coalesce(JobRun.stop_at, now)}
    given_back = (RunState.WAITING, ended)  # by a worker, while it was held for that
    for state, values in ((RunState.WAITING, ended), (RunState.RUNNING, stopping), given_back):
        if _turned(run, state, values=values):
            return
    raise RunIsOver


def retry(run: JobRun) -> None:
    """Begin again with a run that did not end well; a resumable one goes on where it stopped."""
    unit, now = current(), moment()
    begun_again = {"state": RunState.WAITING, "due_at": now, "rung_at": now}
    forgotten = dict.fromkeys(("stop_at", "ended_at", "error", "lease", "worker"))
    counted = {"attempts": 0, "taken_over": 0}
    if not _turned(run, *ENDED_BADLY, values={**begun_again, **forgotten, **counted}):
        raise RunIsNotOver
    unit.afterwards(partial(unit.neighbours.wake, run.id))


def _turned(run: JobRun, *states: RunState, values: dict[str, Any]) -> bool:
    """Change a run as long as it is in one of these states, whatever workers do meanwhile."""
    session().flush()
    here = (JobRun.id == run.id, JobRun.state.in_(states))
    statement = update(JobRun).where(*here).values(values)
    changed: Any = session().execute(statement, execution_options={"synchronize_session": False})
    session().refresh(run)
    return bool(changed.rowcount == 1)


def _ring(run: JobRun) -> None:
    """Tell the workers once it is kept that a run waits, unless its time is still to come."""
    unit, now = current(), moment()
    if run.due_at <= now:
        run.rung_at = now
    unit.session.flush()
    if run.rung_at is not None:
        unit.afterwards(partial(unit.neighbours.wake, run.id))
