"""A worker in a process of its own, to be killed: `python -m tests.core.jobs.victim URL …`."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from bumen.host import Host
from bumen.registry import Candidate
from bumen.serving import work_until_told
from bumen.settings import Settings
from bumen.worker import Worker


def main(database: str, queue: str, folder: str, smtp: str = "") -> None:
    """Work until killed; hand mail in at `smtp`, and notice within a second that others died."""
    post = {"smtp_url": smtp, "public_url": "https://erp.test"} if smtp else {}
    settings = Settings(_env_file=None, data_dir=Path(folder), database_url=database, **post)
    host = Host.start(settings, [Candidate("notes", "notes"), Candidate("chores", "chores")])
    host.queue.connect(queue)
    worker = Worker(host, lease=timedelta(seconds=1), every=0.1) if smtp else Worker(host)
    work_until_told(worker)


if __name__ == "__main__":
    main(*sys.argv[1:])
