"""What is done beside the requests, now and then: events are told again, and mail is sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from threading import Event, Thread
from time import monotonic

from sqlalchemy.exc import SQLAlchemyError

from bumen.approvals import companies_late, escalate_late
from bumen.database import only_reading
from bumen.host import Host
from bumen.inbox.digest import companies_with_digest, is_due, write_digests
from bumen.mail.models import KEPT, forget_mail
from bumen.mail.sending import Postbox, send_due
from bumen.notices.letters import companies_to_mail, write_at_once
from bumen.unit_of_work import UnitOfWork

EVERY = 15.0
"""Seconds between two looks into what waits."""
TIDIED_EVERY = 3600.0
_log = logging.getLogger(__name__)

Job = Callable[[Host], object]


def deliver_events(host: Host) -> None:
    """Tell what subscribers could not hear the first time."""
    host.deliver_waiting()


def write_letters(host: Host) -> None:
    """Write to those who wish to know at once; nothing where no mail is sent."""
    if host.settings.smtp_url is None:
        return
    now = datetime.now(UTC)
    with only_reading(), host.database.wide_session() as wide:
        codes = wide.scalars(companies_to_mail(at=now)).all()
    in_each(host, codes, lambda _unit: write_at_once(house=host.settings.public_url, at=now))


def write_daily_mail(host: Host) -> None:
    """Write each company's daily mail once its clocks say so; nothing where no mail is sent."""
    if host.settings.smtp_url is None:
        return
    now = datetime.now(UTC)
    with only_reading(), host.database.wide_session() as wide:
        rows = wide.execute(companies_with_digest()).all()
    codes = [company.code for company, last in rows if is_due(company, last, at=now)]
    while codes:
        codes = in_each(host, codes, lambda unit: _write_digests(host, unit, at=now))


def send_letters(host: Host) -> None:
    """Send the mail that is due."""
    postbox = Postbox.of(host.settings)
    if postbox is not None:
        send_due(host.database, postbox)


def in_each(host: Host, codes: Iterable[str], work: Callable[[UnitOfWork], object]) -> list[str]:
    """Do something for companies by their codes; where it fails the others have it done.

    Returns where it was kept and said True: that there is more to do.
    """
    unfinished = []
    for code in codes:
        try:
            with host.unit_of_work(company=code, way="job") as unit:
                is_more = work(unit) is True
            unfinished += [code] if is_more else []
        except Exception:  # noqa: BLE001  # one company's trouble is not the others'
            _log.exception("A job for %s failed; trying again.", code)
    return unfinished


def _write_digests(host: Host, unit: UnitOfWork, *, at: datetime) -> bool:
    every = host.registry.resources.items()
    resources = {key: one for key, one in every if one.plugin() in unit.on}
    return write_digests(resources, house=host.settings.public_url, at=at)


def ask_superiors(host: Host) -> None:
    """Ask in addition where somebody who should decide is late."""
    now = datetime.now(UTC)
    with only_reading(), host.database.wide_session() as wide:
        codes = wide.scalars(companies_late(now=now)).all()
    in_each(host, codes, lambda _unit: escalate_late(at=now))


JOBS: tuple[Job, ...] = (
    ask_superiors,
    deliver_events,
    write_letters,
    write_daily_mail,
    send_letters,
)
"""What is done at every look, in this order."""


def tidy(host: Host) -> None:
    """Forget what is kept for a while only."""
    host.tidy()
    with host.database.wide_session() as wide, wide.begin():
        wide.execute(forget_mail(before=datetime.now(UTC) - KEPT))


class Messenger(Thread):
    """A thread beside the server that does the jobs until it is told to stop.

    Every worker process has one; what is taken up is locked, so none is done twice.
    """

    def __init__(self, host: Host, *, every: float = EVERY) -> None:
        super().__init__(name="bumen-messenger", daemon=True)
        self._host = host
        self._every = every
        self._stopping = Event()

    def run(self) -> None:
        """Do the jobs, rest; a database that is away for a while is waited for."""
        tidied = -TIDIED_EVERY
        while not self._stopping.wait(self._every):
            for job in JOBS:
                self._do(job)
            if monotonic() - tidied > TIDIED_EVERY:
                self._do(tidy)
                tidied = monotonic()

    def _do(self, job: Job) -> None:
        """Do one job; what goes wrong in it keeps neither the others nor the next look from it."""
        try:
            job(self._host)
        except SQLAlchemyError:
            _log.warning("%s could not be done; trying again.", job.__name__, exc_info=True)
        except Exception:  # noqa: BLE001  # a thread that ends says nothing, and no mail leaves
            _log.exception("%s failed; trying again.", job.__name__)

    def stop(self) -> None:
        """Finish what is being done, and end."""
        self._stopping.set()
        self.join(timeout=self._every)
