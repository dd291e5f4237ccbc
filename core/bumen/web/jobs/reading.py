"""What somebody may read of a run: what it says of records, and its file, or only that it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import current_app

from bumen.errors import BusinessError, Forbidden
from bumen.host import Host
from bumen.host_jobs import jobs_of
from bumen.jobs import JobRun
from bumen.printing.reach import why_withheld
from bumen.resource import READ, Resource
from bumen.unit_of_work import current
from bumen.web.security import allowed


def may_read(run: JobRun) -> bool:
    """Whether somebody who sees a run may read what it says: what it is of, and what it needs.

    It names records, so that having begun it is not enough for whoever may read them no more.
    """
    return all(_reads(verb, view) for verb, view in _guarded_by(run))


def why_without_file(run: JobRun) -> BusinessError | None:
    """Return why somebody who sees a run may not take its file.

    One of which nobody said what must be allowed to read it is for whoever began it.
    """
    mine, resource = is_mine(run), _resource_of(run)
    is_private = run.created_by_id is not None and not any(_guarded_by(run))
    if not may_read(run) or (is_private and not mine):
        return Forbidden()
    if resource is None or not run.tells:
        return None
    return why_withheld(resource, run.file_name or "", run.tells, own=mine)


def is_mine(run: JobRun) -> bool:
    """Whether whoever looks began it."""
    user = current().user
    return user is not None and run.created_by_id == user.id


def _reads(verb: str, view: str) -> bool:
    return allowed(READ, view) or allowed(verb, view)


def _guarded_by(run: JobRun) -> Iterator[tuple[str, str]]:
    """Yield what must be allowed to read what a run says: one verb or reading, of each view."""
    host: Host = current_app.extensions["bumen"]
    job, resource = jobs_of(host.registry).get(run.job), _resource_of(run)
    if job is not None and job.permission is not None:
        yield job.permission
    if resource is not None:
        yield READ, resource.permission()


def _resource_of(run: JobRun) -> type[Resource] | None:
    """Return what a run is of: a resource, or that of the report it is about."""
    host: Host = current_app.extensions["bumen"]
    job = jobs_of(host.registry).get(run.job)
    key = run.arguments.get(job.of) if job is not None and job.of is not None else None
    if key is None:
        return None
    neighbours = current().neighbours
    found: Any = neighbours.resource_called(str(key))
    if found is None:
        analysis = neighbours.analysis_called(str(key))
        found = None if analysis is None else analysis.resource
    return found
