"""Webhooks of a deployment: what sends them beside the requests, and who hears when one stops."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from bumen.activation.state import read_version
from bumen.company.models import Company
from bumen.database import only_reading
from bumen.host import Host
from bumen.i18n import speaking, translator
from bumen.mail.letters import Letter, Part, Point, write
from bumen.notices import NoticeKind, tell
from bumen.notices.letters import locale_of
from bumen.notices.models import WEBHOOKS
from bumen.security.holding import people_who_may
from bumen.settings import Settings
from bumen.unit_of_work import company_now, session
from bumen.webhooks import Webhook
from bumen.webhooks.models import webhook_that_is_on
from bumen.webhooks.sending import Dispatch
from bumen.webhooks.service import Terms, stop_webhook

_ = translator(__file__, "bumen")

VIEW = "core.Webhooks"
"""The permission to see and change webhooks."""


def terms_of(settings: Settings) -> Terms:
    """Return the terms a deployment sends webhooks under."""
    return Terms(key=settings.secret, to_private=settings.webhooks_to_private)


def dispatch_of(host: Host) -> Dispatch:
    """Return what sends the messages of a deployment."""

    def on(wide: Session, company_id: int) -> frozenset[str]:
        version = read_version(wide)
        return host.activations.plugins_on(wide, company_id=company_id, version=version)

    def stopped(company_id: int, webhook_id: int) -> None:
        stop_and_tell(host, company_id=company_id, webhook_id=webhook_id)

    return Dispatch(database=host.database, terms=terms_of(host.settings), on=on, stopped=stopped)


def stop_and_tell(host: Host, *, company_id: int, webhook_id: int) -> None:
    """Switch a webhook off, and tell who looks after it in the inbox and by mail: both, or none.

    Of many who find at once that nothing gets through, one does so.
    """
    with only_reading(), host.database.wide_session() as wide:
        code = wide.scalar(select(Company.code).where(Company.id == company_id))
    with host.unit_of_work(company=code, way="job"):
        webhook: Webhook | None = session().scalar(webhook_that_is_on(webhook_id))
        if webhook is None:
            return
        stop_webhook(webhook, at=datetime.now(UTC))
        keepers = people_who_may("write", VIEW, company_id=company_now().id)
        people = session().scalars(keepers).all()
        said = _("The webhook “%(name)s” was switched off", name=webhook.name)
        whom = [one.id for one in people]
        tell(whom, kind=NoticeKind.NEWS, record=webhook, text=said, page=WEBHOOKS)
        for person in people:
            locale = locale_of(person)
            with speaking(locale):
                letter = _letter(webhook, house=host.settings.public_url)
                mail = write(letter, to=person, locale=locale, at=datetime.now(UTC))
            if mail is not None:
                session().add(mail)


def _letter(webhook: Webhook, *, house: str) -> Letter:
    told = _(
        "Nothing gets through to it any more. Please have its receiver looked after, then switch"
        " the webhook on again: what waits is sent then."
    )
    return Letter(
        subject=_("The webhook “%(name)s” was switched off", name=webhook.name),
        parts=[Part(points=[Point(text=str(told), about=webhook.url)])],
        link=house and f"{house}/webhooks/{webhook.id}",
    )
