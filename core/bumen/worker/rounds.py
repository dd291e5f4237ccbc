"""The rounds of the house: what workers do again and again for all companies, one at a time."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

from sqlalchemy import Update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bumen.database import only_reading
from bumen.delivering import (
    ask_superiors,
    deliver_events,
    send_letters,
    tidy,
    write_daily_mail,
    write_letters,
)
from bumen.dispatching import dispatch_of
from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.jobs.rounds import RoundEntry, due_round, held_round, round_entries
from bumen.unit_of_work import moment
from bumen.worker.claiming import LEASE
from bumen.worker.tidying import tidy_runs

_ = translator(__file__, "bumen")

LOOKED_EVERY = 5.0
"""Seconds between two looks at which round is due."""
SOON = timedelta(seconds=15)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Round:
    """A round is what the house does again and again; no company switches it off.

    One worker at a time does it, however long it takes: its lease is renewed meanwhile. Should it
    die, another goes on once the lease is over; what is done in a round is claimed piece by piece,
    so that nothing is done twice even then.
    """

    name: str
    title: Text
    do: Callable[[Host], object]
    every: timedelta = SOON


def forget(host: Host) -> None:
    """Forget what is kept for a while only, background work among it."""
    tidy(host)
    tidy_runs(host)
    dispatch_of(host).tidy()


SENDING = Round(name="core.mail", title=_("Mail is sent"), do=send_letters)
ROUNDS = (
    Round(
        name="core.lateness", title=_("Superiors are asked about late decisions"), do=ask_superiors
    ),
    Round(name="core.events", title=_("Events are told that were not heard"), do=deliver_events),
    Round(name="core.letters", title=_("Letters about notices are written"), do=write_letters),
    Round(
        name="core.daily_mail",
        title=_("The daily mail is written, at 8:00 of each company"),
        do=write_daily_mail,
    ),
    SENDING,
    Round(
        name="core.tidying",
        title=_("What is kept for a while only is forgotten"),
        do=forget,
        every=timedelta(hours=1),
    ),
)
"""Every round, in the order in which they are done."""


def do_rounds(
    host: Host, *, lease: timedelta = LEASE, stopping: Callable[[], bool] = lambda: False
) -> int:
    """Do the rounds that are due and that no other worker does; return how many."""
    now = moment()
    with only_reading(), host.database.wide_session() as wide:
        kept = {one.name: one.next_at for one in wide.scalars(round_entries())}
    for one in ROUNDS:
        if one.name not in kept:
            _begin(host, one.name, at=now)
    due = [one for one in ROUNDS if kept.get(one.name, now) <= now]
    return sum(_do(host, one, lease=lease) for one in due if not stopping())


def _begin(host: Host, name: str, *, at: datetime) -> None:
    try:
        with host.database.wide_session() as wide, wide.begin():
            wide.add(RoundEntry(name=name, next_at=at, failed=False))
    except IntegrityError:
        _log.info("Another worker was quicker to begin with %s.", name)


def _do(host: Host, wanted: Round, *, lease: timedelta) -> bool:
    """Do a round; what goes wrong in it keeps neither the others nor the next one from it."""
    now, failed = moment(), False
    hold = _Hold(host, wanted.name, until=now + lease, lease=lease)
    if not _is_written(host, due_round(wanted.name, at=now).values(next_at=hold.until)):
        return False
    try:
        with hold:
            wanted.do(host)
    except SQLAlchemyError:
        failed = True
        _log.warning("%s could not be done; trying again.", wanted.name, exc_info=True)
    except Exception:  # noqa: BLE001  # a thread that ends says nothing, and no mail leaves
        failed = True
        _log.exception("%s failed; trying again.", wanted.name)
    ended = moment()
    told = {"next_at": ended + wanted.every, "last_at": ended, "failed": failed}
    _is_written(host, held_round(wanted.name, until=hold.until).values(told))
    return True


class _Hold:
    """A round that is being done here: until a moment that is put off as long as it is done."""

    def __init__(self, host: Host, name: str, *, until: datetime, lease: timedelta) -> None:
        self.until = until
        self._host, self._name, self._lease = host, name, lease
        self._done = Event()
        self._thread = Thread(target=self._renew, name=f"bumen-{name}", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_raised: object) -> None:
        self._done.set()
        self._thread.join()

    def _renew(self) -> None:
        while not self._done.wait(self._lease.total_seconds() / 3):
            later = moment() + self._lease
            held = held_round(self._name, until=self.until).values(next_at=later)
            try:
                if _is_written(self._host, held):
                    self.until = later
            except SQLAlchemyError:
                _log.warning("%s could not be held; trying again.", self._name, exc_info=True)


def _is_written(host: Host, statement: Update) -> bool:
    with host.database.wide_session() as wide, wide.begin():
        changed: Any = wide.execute(statement)
        return bool(changed.rowcount == 1)


class Messenger(Thread):
    """A thread beside the server that does the rounds until it is told to stop."""

    def __init__(
        self, host: Host, *, every: float = LOOKED_EVERY, lease: timedelta = LEASE
    ) -> None:
        super().__init__(name="bumen-messenger", daemon=True)
        self._host, self._every, self._lease = host, every, lease
        self._stopping = Event()

    def run(self) -> None:
        """Do what is due, rest; a database that is away for a while is waited for."""
        while not self._stopping.wait(self._every):
            try:
                do_rounds(self._host, lease=self._lease, stopping=self._stopping.is_set)
            except SQLAlchemyError:
                _log.warning("The rounds cannot be done; trying again.", exc_info=True)
            except Exception:  # noqa: BLE001  # a thread that ends says nothing
                _log.exception("The rounds could not be done; trying again.")

    def stop(self) -> None:
        """Finish what is being done, and end."""
        self._stopping.set()
        self.join(timeout=PATIENCE)


PATIENCE = 15.0
"""Seconds to wait at the end for the round that is being done."""
