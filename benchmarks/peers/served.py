"""A peer's application behind gunicorn, as ours is served: `served NAME URL PORT COMPANY`."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

from gunicorn.app.base import BaseApplication

from bumen.serving import THREADS

WORKERS = 2
SECRET = "only-for-benchmarks-0123456789-abcdefgh"  # noqa: S105  # of a server nobody reaches


class Served(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """One application, in as many processes and threads as ours."""

    def __init__(self, name: str, url: str, port: str, company: str) -> None:
        self.name, self.url, self.company = name, url, int(company)
        self.options = {
            "bind": f"127.0.0.1:{port}",
            "workers": WORKERS,
            "threads": THREADS,
            "worker_class": "gthread",
            "loglevel": "error",
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand the options over."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """Make the application, in the process that serves it."""
        peer = import_module(f"benchmarks.peers.orders_{self.name}")
        return peer.served(self.url, self.company, SECRET)


if __name__ == "__main__":
    Served(*sys.argv[1:]).run()
