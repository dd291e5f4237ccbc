"""The host's own background work, and every job and schedule there is."""

from __future__ import annotations

from bumen.approvals.deadlines import WORK_OUT
from bumen.importing.taking import CHECK, TAKE
from bumen.importing.tidying import TIDY, TIDY_DAILY
from bumen.importing.undoing import UNDO
from bumen.jobs import Job, Schedule
from bumen.jobs.declared import HOST
from bumen.printing.many import PAPERS
from bumen.registry import Registry
from bumen.reporting.mailing import REPORT_BY_MAIL

HOST_JOBS: tuple[Job, ...] = (PAPERS, REPORT_BY_MAIL, CHECK, TAKE, UNDO, TIDY, WORK_OUT)
"""What the host does in the background; their names begin with `core.`."""
HOST_SCHEDULES: tuple[Schedule, ...] = (TIDY_DAILY,)
"""What of it starts by itself in every company."""


def jobs_of(registry: Registry) -> dict[str, Job]:
    """Return every job by its name: the host's and those of all installed departments."""
    departments = (installed.plugin.jobs for installed in registry.plugins.values())
    return {job.name: job for jobs in (HOST_JOBS, *departments) for job in jobs}


def schedules_of(registry: Registry) -> dict[str, Schedule]:
    """Return every declared schedule by its name."""
    departments = (installed.plugin.schedules for installed in registry.plugins.values())
    return {one.name: one for some in (HOST_SCHEDULES, *departments) for one in some}


def is_on(name: str, on: frozenset[str]) -> bool:
    """Whether a job or schedule belongs to the host or to a department that is on."""
    plugin = name.partition(".")[0]
    return plugin == HOST or plugin in on
