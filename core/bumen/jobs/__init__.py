"""Background work: declared by departments, started by people or by the clock, done by workers."""

from bumen.jobs.declared import Job, Schedule
from bumen.jobs.models import JobRun, LogLine, RunState, ScheduleEntry
from bumen.jobs.run import Run
from bumen.jobs.starting import cancel, retry, start

__all__ = [
    "Job",
    "JobRun",
    "LogLine",
    "Run",
    "RunState",
    "Schedule",
    "ScheduleEntry",
    "cancel",
    "retry",
    "start",
]
