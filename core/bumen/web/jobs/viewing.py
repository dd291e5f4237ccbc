"""What people are shown of background work: whose it is, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from sqlalchemy import ColumnElement, Select, and_, or_

from bumen.company.people import full_name_of
from bumen.errors import Forbidden, NotFound
from bumen.host import Host
from bumen.host_jobs import jobs_of
from bumen.i18n import Text
from bumen.jobs import JobRun, RunState
from bumen.jobs.declared import ALL_WORK, HOST
from bumen.jobs.finding import run_called, runs_of
from bumen.jobs.models import said
from bumen.jobs.run import Told
from bumen.unit_of_work import current, session
from bumen.values import is_record_id
from bumen.web.jobs.reading import is_mine, may_read, why_without_file
from bumen.web.security import allowed, somebody_here

WORK, SCHEDULES = ALL_WORK, "core.Schedules"
"""What administrators of a company may: see all its background work, and its schedules."""
AT_ONCE = 50
BASE = "/api/v1/core/jobs"


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A run as people see it; progress is of the moment while it runs.

    What it says is told to who may read what it is about (`is_told`); `no_file` says why its file
    is not theirs to take, if so.
    """

    run: JobRun
    title: Text | str
    done: int
    of: int | None
    now: str
    who: str
    is_mine: bool
    is_told: bool
    no_file: Text | str

    @property
    def percent(self) -> int | None:
        """How much of it is done, in percent; None where nobody knows how much there is."""
        if not self.of:
            return None
        return max(0, min(100, round(100 * self.done / self.of)))

    @property
    def about(self) -> str:
        """What this one is about."""
        return said(self.run.about) if self.is_told else ""

    @property
    def outcome(self) -> str:
        """What came of it, or why nothing did."""
        return self.result or self.error

    @property
    def result(self) -> str:
        """What came of it."""
        return said(self.run.result) if self.is_told else ""

    @property
    def error(self) -> str:
        """Why nothing came of it."""
        return said(self.run.error) if self.is_told else ""

    @property
    def has_file(self) -> bool:
        """Whether there is a file that may be taken."""
        return self.run.stored_as is not None and not self.no_file

    @property
    def is_ending(self) -> bool:
        """Whether it runs still, though somebody wants it to stop."""
        return self.run.state is RunState.RUNNING and self.run.stop_at is not None

    @property
    def may_stop(self) -> bool:
        """Whether it may be cancelled."""
        return self.run.is_open and self.run.stop_at is None

    @property
    def may_begin_again(self) -> bool:
        """Whether it may be retried."""
        return not self.run.is_open and self.run.state is not RunState.DONE

    @property
    def took(self) -> float | None:
        """How many seconds it took, once it has ended."""
        if self.run.started_at is None or self.run.ended_at is None:
            return None
        return (self.run.ended_at - self.run.started_at).total_seconds()


def the_host() -> Host:
    """Return the host of the application that runs."""
    host: Host = current_app.extensions["bumen"]
    return host


def sees_all() -> bool:
    """Whether this person sees the work of everybody in the company."""
    return allowed("read", WORK)


def found_run(ident: int, *, writing: bool = False) -> JobRun:
    """Return a run that is one's own, or that an administrator may see; else `NotFound`."""
    run: JobRun | None = None
    if is_record_id(ident):
        run = session().scalar(run_called(ident).where(of_what_is_on()))
    mine = run is not None and run.created_by_id == current().user.id
    if run is None or not (mine or allowed("write" if writing else "read", WORK)):
        raise NotFound
    return run


def before_asked() -> int | None:
    """Return the id before which older runs are asked for; `NotFound` for what is none."""
    asked = request.args.get("before")
    if asked is None:
        return None
    if not (asked.isascii() and asked.isdecimal() and is_record_id(int(asked[:_LONGEST_ID]))):
        raise NotFound
    return int(asked[:_LONGEST_ID])


_LONGEST_ID = 20


@dataclass(frozen=True, kw_only=True)
class Page:
    """The runs that a request asks for; `more` is the id before which older ones are."""

    everybodys: bool
    rows: Sequence[Shown]
    more: int | None


def page_asked() -> Page:
    """Return the newest of one's own runs, or of everybody's for administrators who ask for all."""
    somebody_here()
    everybodys = "all" in request.args
    if everybodys and not sees_all():
        raise Forbidden
    runs = _runs(everybodys=everybodys, before=before_asked())
    rows = shown(runs[:AT_ONCE])
    more = rows[-1].run.id if len(runs) > AT_ONCE else None
    return Page(everybodys=everybodys, rows=rows, more=more)


def _runs(*, everybodys: bool, before: int | None) -> Sequence[JobRun]:
    """Return the newest runs, one more than are shown at once; those before an id, if given."""
    query: Select[JobRun] = runs_of(None if everybodys else current().user.id)
    if before is not None:
        query = query.where(JobRun.id < before)
    return session().scalars(query.where(of_what_is_on()).limit(AT_ONCE + 1)).all()


def of_what_is_on() -> ColumnElement[bool]:
    """Return the condition that a run is about nothing but departments that are on."""
    here = (HOST, *sorted(current().on))
    theirs = or_(*(JobRun.job.startswith(f"{one}.", autoescape=True) for one in here))
    return and_(JobRun.plugin.in_(here), theirs)


def shown(runs: Iterable[JobRun]) -> list[Shown]:
    """Return runs as people see them."""
    every = list(runs)
    told = the_host().queue.told(run.id for run in every if run.state is RunState.RUNNING)
    return [_shown(run, told.get(run.id)) for run in every]


def title_of(job: str) -> Text | str:
    """Return what people call a job; its name where nobody declares it any more."""
    known = jobs_of(the_host().registry).get(job)
    return job if known is None else known.title


def told_of(one: Shown) -> dict[str, Any]:
    """Return a run as programs are told of it."""
    run = one.run
    return {
        "id": run.id,
        "job": run.job,
        "title": one.title,
        "about": one.about,
        "state": run.state.value,
        "done": one.done,
        "of": one.of,
        "now": one.now,
        "result": one.result,
        "error": one.error,
        "withheld": not one.is_told,
        "created_at": run.created_at,
        "created_by": _person(run, one.who),
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "due_at": run.due_at,
        "attempts": run.attempts,
        "schedule": run.schedule,
        "file": _file(one),
    }


def told_of_begun(run: JobRun) -> dict[str, Any]:
    """Return what programs are answered that have begun something: the run, and where it is."""
    return {"id": run.id, "job": address_of(run.id), "result": told_of(shown([run])[0])}


def address_of(ident: int) -> str:
    """Return where programs ask how far a run is."""
    return f"{BASE}/{ident}"


def _person(run: JobRun, name: str) -> dict[str, Any] | None:
    return None if run.created_by_id is None else {"id": run.created_by_id, "label": name}


def _file(one: Shown) -> dict[str, Any] | None:
    run = one.run
    if not one.has_file:
        return None
    told = {"name": run.file_name, "type": run.media_type, "size": run.size}
    return {**told, "content": f"{address_of(run.id)}/file"}


def _shown(run: JobRun, told: Told | None) -> Shown:
    is_told, refusal = may_read(run), None if run.stored_as is None else why_without_file(run)
    return Shown(
        run=run,
        title=title_of(run.job),
        done=run.done if told is None else told.done,
        of=run.of if told is None else told.of,
        now="" if told is None or not is_told else said(told.words),
        who=full_name_of(run.starter) if run.starter else "",
        is_mine=is_mine(run),
        is_told=is_told,
        no_file="" if refusal is None else refusal.message,
    )
