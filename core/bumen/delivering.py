"""What is done beside the requests, now and then: events are told again, and mail is sent."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from bumen.approvals import companies_late, escalate_late
from bumen.database import only_reading
from bumen.host import Host
from bumen.inbox.digest import companies_with_digest, is_due, write_digests
from bumen.mail.models import KEPT, forget_mail
from bumen.mail.sending import Postbox, send_due
from bumen.notices.letters import companies_to_mail, write_at_once
from bumen.unit_of_work import UnitOfWork

_log = logging.getLogger(__name__)


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


def tidy(host: Host) -> None:
    """Forget what is kept for a while only."""
    host.tidy()
    host.database.in_pieces(forget_mail(before=datetime.now(UTC) - KEPT))
