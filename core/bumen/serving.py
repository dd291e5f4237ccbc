"""Serving people: gunicorn with our application inside, and what must hold before it starts."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from ipaddress import ip_address

from flask import Flask
from flask.helpers import get_debug_flag
from gunicorn.app.base import BaseApplication

from bumen.app import create_app
from bumen.host import Host
from bumen.migrations import pending
from bumen.settings import Settings, weak_secret
from bumen.worker import Worker

THREADS = 4
"""Requests one worker process answers at a time."""


class UnfitToServe(Exception):
    """The refusal to serve as things are; each reason is a sentence."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__("\n".join(self.reasons))


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """The production server: workers that each start a host of their own."""

    def __init__(self, settings: Settings, *, address: str, port: int, workers: int) -> None:
        self.settings = settings
        self.options = {
            "bind": f"[{address}]:{port}" if ":" in address else f"{address}:{port}",
            "workers": workers,
            "threads": THREADS,
            "worker_class": "gthread",
            "loglevel": settings.log_level.lower(),
            "proc_name": "bumen",
            "worker_exit": self._end_work,
        }
        self.worker: Worker | None = None
        super().__init__()

    def load_config(self) -> None:
        """Hand our options to gunicorn, which asks no one else: no file, no environment."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Make the application, in the process that serves it.

        Where the queue of background work is nobody else's, it is worked off there, too.
        """
        host = Host.start(self.settings)
        if not self.settings.jobs_url:
            self.worker = Worker(host)
            self.worker.start()
        return create_app(host)

    def _end_work(self, _arbiter: object, _process: object) -> None:
        """Let others have what is being done beside the requests of a process that ends."""
        if self.worker is not None:
            self.worker.stop()


def work(settings: Settings, *, threads: int) -> None:
    """Work off the queue until told to stop; `UnfitToServe` when the database is behind."""
    reasons = _missing_revisions(settings)
    if reasons:
        raise UnfitToServe(reasons)
    work_until_told(Worker(Host.start(settings), threads=threads))


def work_until_told(worker: Worker) -> None:
    """Let a worker work until this process is told to stop, and let others have what it does."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: worker.end())
    worker.start()
    worker.wait()
    worker.stop()


def serve(settings: Settings, *, address: str, port: int, workers: int) -> None:
    """Serve until told to stop; `UnfitToServe` names what is missing before."""
    reasons = [*_weak_points(settings, address=address), *_missing_revisions(settings)]
    if reasons:
        raise UnfitToServe(reasons)
    Server(settings, address=address, port=port, workers=workers).run()


def is_public(address: str) -> bool:
    """Tell whether others than this machine reach an address; names count as reachable."""
    if address == "localhost":
        return False
    try:
        return not ip_address(address).is_loopback
    except ValueError:
        return True


def _weak_points(settings: Settings, *, address: str) -> list[str]:
    reasons = []
    if weakness := weak_secret(settings):
        reasons.append(f"{weakness} Make one: openssl rand -hex 32")
    if get_debug_flag() and is_public(address):
        reasons.append(f"Debugging is on, and {address} is reached by others: unset FLASK_DEBUG.")
    return reasons


def _missing_revisions(settings: Settings) -> list[str]:
    host = Host.start(settings)
    behind = pending(host.database, host.registry)
    host.database.engine.dispose()
    if not behind:
        return []
    return [f"The database is behind ({', '.join(behind)}). Bring it up: bumen upgrade"]
