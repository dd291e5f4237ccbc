"""A worker in a process of its own, to be killed: `python -m tests.core.jobs.victim URL …`."""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

from bumen.host import Host
from bumen.jobs.run import Run
from bumen.registry import Candidate
from bumen.serving import work_until_told
from bumen.settings import Settings
from bumen.worker import Worker

DIES = "BUMEN_TEST_DIES_AFTER"
"""Names a method of the run and how much is done when the worker dies: `keep:200`."""


def main(database: str, queue: str, folder: str, smtp: str = "") -> None:
    """Work until killed; hand mail in at `smtp`, and notice within a second that others died."""
    post = {"smtp_url": smtp, "public_url": "https://erp.test"} if smtp else {}
    settings = Settings(_env_file=None, data_dir=Path(folder), database_url=database, **post)
    host = Host.start(settings, [Candidate("notes", "notes"), Candidate("chores", "chores")])
    host.queue.connect(queue)
    worker = Worker(host, lease=timedelta(seconds=1), every=0.1) if smtp else Worker(host)
    work_until_told(worker)


def let_it_die(after: str, far: int) -> None:
    """Let this process be killed right after a run has told, or kept, that so much is done."""
    method = getattr(Run, after)

    @wraps(method)
    def deadly(run: Run, *given: Any) -> None:
        method(run, *given)
        if run.done >= far:
            os.kill(os.getpid(), signal.SIGKILL)

    setattr(Run, after, deadly)


if __name__ == "__main__":
    if DIES in os.environ:
        after, _, far = os.environ[DIES].partition(":")
        let_it_die(after, int(far))
    main(*sys.argv[1:])
