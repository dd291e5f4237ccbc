"""A worker: threads that do what waits, one that says it is alive, and one that keeps the time."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from secrets import token_hex
from threading import Event, Lock, Thread
from time import monotonic, sleep

from huey.consumer import Consumer
from sqlalchemy.exc import SQLAlchemyError

from bumen.dispatching import dispatch_of
from bumen.host import Host
from bumen.jobs import JobRun
from bumen.jobs.queue import FAULTS
from bumen.unit_of_work import moment
from bumen.worker.claiming import LEASE, ring_again, take_over_from_the_dead
from bumen.worker.clock import start_scheduled
from bumen.worker.executing import work_on
from bumen.worker.rounds import Messenger

LOOKED_EVERY = 2.0
"""Seconds between two looks for what was left behind, or is due."""
TIMED_EVERY = 15.0
"""Seconds between two looks at the schedules."""
PATIENCE = 20.0
"""Seconds to wait at the end for what is being done."""
_NOTICED_WITHIN = 0.2
"""Seconds within which a worker that is told to end notices it."""
_WAITED_FOR: tuple[type[Exception], ...] = (SQLAlchemyError, *FAULTS)
_log = logging.getLogger(__name__)


class _Quiet(Consumer):  # type: ignore[misc]  # huey ships no types
    """Huey's consumer as a part of another process: signals are not its business."""

    def _set_signal_handlers(self) -> None:
        """Leave signals to whoever started this."""


class Worker:
    """Everything that works beside the requests, in threads of this process.

    Any number of workers may work at once, on one machine or on several; `lease` is how long one
    may be silent before the others take over what it held.
    """

    def __init__(
        self,
        host: Host,
        *,
        threads: int = 1,
        lease: timedelta = LEASE,
        every: float = LOOKED_EVERY,
    ) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}:{token_hex(4)}"[-120:]
        self._host, self._threads, self._lease, self._every = host, threads, lease, every
        self._stopping = Event()
        self._busy: set[int] = set()
        self._lock = Lock()
        self._messenger = Messenger(host, every=every, lease=lease)
        self._consumer: Consumer | None = None
        self._own: list[Thread] = []

    def start(self) -> None:
        """Begin to work; returns at once."""
        self._quietly(self._beat)
        self._host.queue.work = self._work
        self._consumer = _Quiet(
            self._host.queue.huey,
            workers=self._threads,
            periodic=False,
            max_delay=1.0,
            scheduler_interval=60,
        )
        self._consumer.start()
        beats = self._lease.total_seconds() / 6
        self._own = [self._every_so_often("pulse", self._beat, beats)]
        send = partial(dispatch_of(self._host).send_due, stopping=self._stopping.is_set)
        self._own.append(self._every_so_often("webhooks", send, self._every))
        self._own.append(Thread(target=self._keep_time, name="bumen-clock", daemon=True))
        self._own[-1].start()
        self._messenger.start()

    def stop(self) -> None:
        """Stop what is being done at its next look, let others have it, and end."""
        self._stopping.set()
        if self._consumer is not None:
            self._consumer.shutdown_timeout = PATIENCE
            self._consumer.stop(graceful=True)
        self._messenger.stop()
        for thread in self._own:
            thread.join(timeout=self._every)
        self._quietly(lambda: self._host.queue.silence(self.name))

    def end(self) -> None:
        """Say that it is to end, as a signal's handler may: nothing is waited for."""
        self._stopping.set()

    def wait(self) -> None:
        """Work until told to end; holds nothing that a signal's handler would wait for."""
        while not self._stopping.is_set():
            sleep(_NOTICED_WITHIN)

    def _work(self, run_id: int) -> None:
        with self._lock:
            if run_id in self._busy:
                return
            self._busy.add(run_id)
        try:
            work_on(self._host, run_id, worker=self.name, stopping=self._stopping.is_set)
        finally:
            self._busy.discard(run_id)

    def _keep_time(self) -> None:
        timed = monotonic() - TIMED_EVERY
        while not self._stopping.wait(self._every):
            self._quietly(self._look_after)
            if monotonic() - timed >= TIMED_EVERY:
                timed = monotonic()
                self._quietly(lambda: start_scheduled(self._host))

    def _look_after(self) -> None:
        self._beat()
        take_over_from_the_dead(self._host, lease=self._lease, left_by=self._has_left)
        ring_again(self._host)
        if self._consumer is not None:
            self._consumer.check_worker_health()

    def _has_left(self, run: JobRun) -> bool:
        """Whether a run stands as this worker's, which does not do it any more."""
        return run.worker == self.name and run.id not in self._busy

    def _beat(self) -> None:
        self._host.queue.beat(self.name, at=moment())

    def _every_so_often(self, name: str, deed: Callable[[], object], seconds: float) -> Thread:
        def repeat() -> None:
            while not self._stopping.wait(seconds):
                self._quietly(deed)

        thread = Thread(target=repeat, name=f"bumen-{name}", daemon=True)
        thread.start()
        return thread

    @staticmethod
    def _quietly(deed: Callable[[], object]) -> None:
        """Do something; a database or a queue that is away for a while is waited for."""
        try:
            deed()
        except _WAITED_FOR:
            _log.warning("Background work cannot be looked after; trying again.", exc_info=True)
        except Exception:  # noqa: BLE001  # a thread that ends says nothing
            _log.exception("Background work could not be looked after; trying again.")
