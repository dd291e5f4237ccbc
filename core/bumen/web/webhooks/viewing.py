"""What people and programs are shown of webhooks, and what was asked about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, request
from sqlalchemy import func, select

from bumen.dispatching import terms_of
from bumen.errors import InvalidInput
from bumen.host import Host
from bumen.i18n import Text, translator
from bumen.jobs.declared import HOST
from bumen.unit_of_work import company_now, current, session
from bumen.values import BIGGEST_ID, Tone
from bumen.web.house import registry
from bumen.webhooks import Delivery, Webhook
from bumen.webhooks.catalogue import PING, Offered, offered
from bumen.webhooks.models import AT_ONCE, deliveries_of, webhooks_by_name
from bumen.webhooks.service import Terms

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A webhook as people see it in the list."""

    webhook: Webhook
    waiting: int

    @property
    def tone(self) -> str:
        """How its state is coloured."""
        return _state(self.webhook)[1].value

    @property
    def state(self) -> Text:
        """How it is, in a word."""
        return _state(self.webhook)[0]


def terms() -> Terms:
    """Return the terms this deployment sends webhooks under."""
    host: Host = current_app.extensions["bumen"]
    return terms_of(host.settings)


def events_here() -> list[Offered]:
    """Return the events a webhook of the company can hear of."""
    return offered(registry(), on=current().on)


def known_here() -> list[str]:
    """Return what programs call them."""
    return [one.name for one in events_here()]


def titles_here() -> dict[str, str]:
    """Return what people call the events, by name."""
    found = {one.name: f"{one.subject}{_(': ')}{one.title}" for one in events_here()}
    return {**found, PING: str(_("Trial"))}


def heard_here(webhook: Webhook) -> tuple[list[str], int]:
    """Return what a webhook hears of, in words, and how many events more once departments are on.

    What departments that are off have to tell has no name here.
    """
    titles = titles_here()
    known = [titles[name] for name in webhook.events if name in titles]
    return known, len(webhook.events) - len(known)


def grouped_here() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the events as boxes to tick: by what they are about."""
    found: dict[str, list[tuple[str, str]]] = {}
    for one in events_here():
        found.setdefault(str(one.subject), []).append((one.name, str(one.title)))
    return list(found.items())


def listed_here() -> list[Shown]:
    """Return the company's webhooks and how much waits for each, by two statements."""
    waiting = (
        select(Delivery.webhook_id, func.count())
        .where(Delivery.company_id == company_now().id, Delivery.due_at.is_not(None))
        .group_by(Delivery.webhook_id)
    )
    counts = {row[0]: row[1] for row in session().execute(waiting)}
    every = session().scalars(webhooks_by_name())
    return [Shown(webhook=one, waiting=counts.get(one.id, 0)) for one in every]


def page_of(webhook: Webhook) -> tuple[Sequence[Delivery], int | None]:
    """Return what departments that are on sent, and the id before which there is more."""
    query = deliveries_of(webhook, plugins={HOST, *current().on}, before=before_asked())
    found = session().scalars(query).all()
    shown = found[:AT_ONCE]
    return shown, shown[-1].id if len(found) > AT_ONCE else None


def before_asked() -> int | None:
    """Return the delivery to go on before; refuses what is no number."""
    text = request.args.get("before")
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(BIGGEST_ID))):
        raise InvalidInput({"before": [_("This must be a number.")]})
    return min(int(text), BIGGEST_ID)


def told_of(webhook: Webhook) -> dict[str, Any]:
    """Return a webhook as programs read it: without its secret."""
    return {
        "id": webhook.id,
        "version": webhook.version,
        "name": webhook.name,
        "url": webhook.url,
        "events": webhook.events,
        "enabled": webhook.enabled,
        "failures": webhook.failures,
        "failing_since": _moment(webhook.failing_since),
        "stopped_at": _moment(webhook.stopped_at),
    }


def told_of_delivery(delivery: Delivery) -> dict[str, Any]:
    """Return a delivery as programs read it."""
    return {
        "id": delivery.id,
        "message_id": delivery.message_id,
        "event": delivery.event,
        "body": delivery.body,
        "state": delivery.state.value,
        "created_at": _moment(delivery.created_at),
        "due_at": _moment(delivery.due_at),
        "attempts": delivery.attempts,
        "tried_at": _moment(delivery.tried_at),
        "took_ms": delivery.took,
        "status": delivery.status,
        "answer": delivery.answer,
        "trouble": delivery.trouble.value if delivery.trouble else None,
    }


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _state(webhook: Webhook) -> tuple[Text, Tone]:
    if webhook.stopped_at is not None and not webhook.enabled:
        return _("Stopped"), Tone.BAD
    if not webhook.enabled:
        return _("Switched off"), Tone.PLAIN
    if webhook.failures:
        return _("Failing"), Tone.WARNING
    return _("Switched on"), Tone.GOOD
