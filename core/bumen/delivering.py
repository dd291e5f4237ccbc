"""Delivering again, now and then, what a subscriber could not hear the first time."""

from __future__ import annotations

import logging
from threading import Event, Thread
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from bumen.host import Host

EVERY = 15.0
"""Seconds between two looks into the outbox."""
TIDIED_EVERY = 3600.0
_log = logging.getLogger(__name__)


class Messenger(Thread):
    """A thread beside the server that looks into the outbox until it is told to stop.

    Every worker process has one; an entry is locked while it is delivered, so none is told twice.
    """

    def __init__(self, host: Host, *, every: float = EVERY) -> None:
        super().__init__(name="bumen-messenger", daemon=True)
        self._host = host
        self._every = every
        self._stopping = Event()

    def run(self) -> None:
        """Look, deliver, rest; a database that is away for a while is waited for."""
        tidied = -TIDIED_EVERY
        while not self._stopping.wait(self._every):
            try:
                self._host.deliver_waiting()
                if monotonic() - tidied > TIDIED_EVERY:
                    self._host.tidy()
                    tidied = monotonic()
            except SQLAlchemyError:
                _log.warning("The outbox could not be read; trying again.", exc_info=True)

    def stop(self) -> None:
        """Finish what is being delivered, and end."""
        self._stopping.set()
        self.join(timeout=self._every)
