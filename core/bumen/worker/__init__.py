"""Who does the work beside the requests: runs, schedules, and what the house does for itself."""

from bumen.worker.executing import work_off, work_on
from bumen.worker.working import Worker

__all__ = ["Worker", "work_off", "work_on"]
