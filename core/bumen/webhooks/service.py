"""Keeping webhooks: made, changed, tried and deleted by a company's administrators.

All of it runs inside a unit of work and commits nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import func, select, update

from bumen.activation.service import hold_switches
from bumen.documents.writing import written
from bumen.errors import BusinessError, NotFound, StaleVersion
from bumen.i18n import translator
from bumen.notices.models import WEBHOOKS, forget_about
from bumen.unit_of_work import company_now, current, session
from bumen.values import is_record_id
from bumen.webhooks.catalogue import PING
from bumen.webhooks.destinations import destination_of
from bumen.webhooks.keeping import body_of, webhooks_changed
from bumen.webhooks.models import LONGEST_NAME, Delivery, DeliveryState, Webhook, delivery_of
from bumen.webhooks.signing import locked, new_message_id, new_secret

_ = translator(__file__, "bumen")

MOST = 20
"""So many webhooks a company can have."""


class NameIsMissing(BusinessError):
    """The refusal of a webhook without a name, or with one that is too long."""

    def __init__(self) -> None:
        super().__init__(
            _("Please give it a name of at most %(num)s characters.", num=LONGEST_NAME),
            field="name",
        )


class EventsAreMissing(BusinessError):
    """The refusal of a webhook that hears of nothing, or of what there is not."""

    def __init__(self) -> None:
        super().__init__(_("Please choose at least one of the events there are."), field="events")


class WebhooksAreFull(BusinessError):
    """The refusal of one webhook more."""

    def __init__(self) -> None:
        super().__init__(_("A company can have %(num)s webhooks. Delete one first.", num=MOST))


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A wish is what somebody typed for a webhook."""

    name: str
    url: str
    events: Sequence[str]
    enabled: bool = True


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The terms of a deployment: the key that secrets are kept under, and where webhooks lead."""

    key: str
    to_private: bool


def webhook_with(ident: int) -> Webhook:
    """Return the company's webhook with an id; `NotFound` where there is none."""
    found = session().get(Webhook, ident) if is_record_id(ident) else None
    if not isinstance(found, Webhook):
        raise NotFound
    return found


def make_webhook(wish: Wish, *, known: Collection[str], terms: Terms) -> tuple[Webhook, str]:
    """Make a webhook; return it with its secret, which is told this once."""
    hold_switches(session())  # so that nobody else makes the last one at the same time
    if (session().scalar(select(func.count(Webhook.id))) or 0) >= MOST:
        raise WebhooksAreFull
    secret = new_secret()
    checked = _checked(wish, known=known, before=(), terms=terms)
    made = Webhook(
        name=checked.name,
        url=checked.url,
        events=list(checked.events),
        enabled=checked.enabled,
        secret=locked(secret, key=terms.key),
    )
    session().add(made)
    session().flush()
    webhooks_changed(session())
    return made, secret


def change_webhook(
    webhook: Webhook, wish: Wish, *, version: int, known: Collection[str], terms: Terms
) -> None:
    """Change a webhook; events of departments that are off for now stay chosen."""
    if version != webhook.version:
        raise StaleVersion
    hidden = [one for one in webhook.events if one not in known]
    whole = replace(wish, events=[*wish.events, *hidden])
    checked = _checked(whole, known=known, before=hidden, terms=terms)
    is_revived = checked.enabled and not webhook.enabled
    with written():
        webhook.name, webhook.url, webhook.enabled = checked.name, checked.url, checked.enabled
        webhook.events = list(checked.events)
    if is_revived:
        _forgive(webhook)
        session().execute(forget_about(WEBHOOKS, ident=webhook.id))
    webhooks_changed(session())


def renew_secret(webhook: Webhook, *, terms: Terms) -> str:
    """Give a webhook a new secret and return it; the old one signs nothing from now on."""
    secret = new_secret()
    with written():
        webhook.secret = locked(secret, key=terms.key)
    return secret


def delete_webhook(webhook: Webhook) -> None:
    """Delete a webhook with all that was to be sent to it."""
    session().execute(forget_about(WEBHOOKS, ident=webhook.id))
    with written():
        session().delete(webhook)
    webhooks_changed(session())


def stop_webhook(webhook: Webhook, *, at: datetime) -> None:
    """Switch a webhook off because nothing gets through to it."""
    with written():
        webhook.enabled, webhook.stopped_at = False, at
    webhooks_changed(session())


def try_out(webhook: Webhook, *, at: datetime) -> Delivery:
    """Send a message that tells of nothing, to see whether it gets through."""
    _forgive(webhook)
    made = Delivery(
        company_id=company_now().id,
        webhook_id=webhook.id,
        message_id=new_message_id(),
        plugin=PING.partition(".")[0],
        event=PING,
        body=body_of(current(), PING, {}, at=at),
        created_at=at,
        due_at=at,
    )
    session().add(made)
    session().flush()
    return made


def send_again(webhook: Webhook, ident: int, *, at: datetime) -> Delivery:
    """Send a message once more, under the same id, and with as many tries as at first."""
    query = delivery_of(webhook, ident) if is_record_id(ident) else None
    found: Delivery | None = session().scalar(query) if query is not None else None
    if found is None:
        raise NotFound
    found.state, found.due_at, found.attempts = DeliveryState.WAITING, at, 0
    _forgive(webhook)
    session().flush()
    return found


def _forgive(webhook: Webhook) -> None:
    """Forget that tries have failed: the next one may go out at once."""
    health = {"failures": 0, "failing_since": None, "rests_until": None, "stopped_at": None}
    statement = update(Webhook).where(Webhook.id == webhook.id).values(health)
    session().execute(statement.execution_options(synchronize_session="fetch"))


def _checked(wish: Wish, *, known: Collection[str], before: Collection[str], terms: Terms) -> Wish:
    name, url = wish.name.strip(), wish.url.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise NameIsMissing
    destination_of(url, to_private=terms.to_private)
    events = list(dict.fromkeys(wish.events))
    if not events or not set(events) <= {*known, *before}:
        raise EventsAreMissing
    return Wish(name=name, url=url, events=events, enabled=wish.enabled)
