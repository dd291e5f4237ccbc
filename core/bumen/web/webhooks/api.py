"""Webhooks through the API."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_appbuilder.api import BaseApi, expose

from bumen.dispatching import VIEW
from bumen.errors import InvalidInput, StaleVersion
from bumen.i18n import Text, translator
from bumen.unit_of_work import committed, current, moment
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.security import let_in
from bumen.web.webhooks.described import describe_webhooks
from bumen.web.webhooks.viewing import (
    events_here,
    known_here,
    listed_here,
    page_of,
    terms,
    told_of,
    told_of_delivery,
)
from bumen.webhooks import Webhook
from bumen.webhooks.service import (
    Wish,
    change_webhook,
    delete_webhook,
    make_webhook,
    renew_secret,
    send_again,
    try_out,
    webhook_with,
)

_ = translator(__file__, "bumen")
_KINDS: dict[str, tuple[type[Any], Text]] = {
    "name": (str, _("This must be a text in quotation marks.")),
    "url": (str, _("This must be a text in quotation marks.")),
    "events": (list, _("This must be a list.")),
    "enabled": (bool, _("This must be true or false.")),
    "version": (int, _("This must be a number.")),
}
"""What may be written about a webhook, and what is said of what does not fit."""


class WebhookApi(BaseApi):
    """Webhooks as JSON, for administrators."""

    route_base = "/api/v1/core/webhooks"

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with the company's webhooks, and how much waits for each."""
        let_in("read", VIEW)
        result = [{**told_of(one.webhook), "waiting": one.waiting} for one in listed_here()]
        return answer({"count": len(result), "result": result})

    @expose("/events", methods=("GET",))
    def events(self) -> Response:
        """Answer with every event a webhook can hear of."""
        let_in("read", VIEW)
        result = [{"event": o.name, "title": f"{o.subject}: {o.title}"} for o in events_here()]
        return answer({"count": len(result), "result": result})

    @expose("/", methods=("POST",))
    def post(self) -> Response:
        """Make a webhook; its secret is answered this once."""
        let_in("write", VIEW)
        wish = _wish(_sent(), before=None)
        with committed(current()):
            made, secret = make_webhook(wish, known=known_here(), terms=terms())
        return answer({"id": made.id, "result": {**told_of(made), "secret": secret}}, 201)

    @expose("/<int:ident>", methods=("GET",))
    def get(self, ident: int) -> Response:
        """Answer with a webhook."""
        let_in("read", VIEW)
        return _told(webhook_with(ident))

    @expose("/<int:ident>", methods=("PUT",))
    def put(self, ident: int) -> Response:
        """Change a webhook."""
        let_in("write", VIEW)
        webhook, sent = webhook_with(ident), _sent()
        wish = _wish(sent, before=webhook)
        if "version" not in sent:
            raise StaleVersion
        with committed(current()):
            version, known = sent["version"], known_here()
            change_webhook(webhook, wish, version=version, known=known, terms=terms())
        return _told(webhook)

    @expose("/<int:ident>", methods=("DELETE",))
    def delete(self, ident: int) -> Response:
        """Delete a webhook."""
        let_in("write", VIEW)
        with committed(current()):
            delete_webhook(webhook_with(ident))
        return answer({"id": ident})

    @expose("/<int:ident>/secret", methods=("POST",))
    def secret(self, ident: int) -> Response:
        """Make a new secret, and answer with it this once."""
        let_in("write", VIEW)
        webhook = webhook_with(ident)
        with committed(current()):
            text = renew_secret(webhook, terms=terms())
        return answer({"id": ident, "result": {**told_of(webhook), "secret": text}})

    @expose("/<int:ident>/try", methods=("POST",))
    def try_out(self, ident: int) -> Response:
        """Send a message that tells of nothing."""
        let_in("write", VIEW)
        with committed(current()):
            made = try_out(webhook_with(ident), at=moment())
        return answer({"id": made.id, "result": told_of_delivery(made)}, 202)

    @expose("/<int:ident>/deliveries", methods=("GET",))
    def deliveries(self, ident: int) -> Response:
        """Answer with what was sent, newest first; `before` asks for older ones."""
        let_in("read", VIEW)
        rows, more = page_of(webhook_with(ident))
        result = [told_of_delivery(one) for one in rows]
        return answer({"count": len(result), "result": result, "next": more})

    @expose("/<int:ident>/deliveries/<int:number>/again", methods=("POST",))
    def again(self, ident: int, number: int) -> Response:
        """Send a message once more, under the same id."""
        let_in("write", VIEW)
        with committed(current()):
            sent = send_again(webhook_with(ident), number, at=moment())
        return answer({"id": sent.id, "result": told_of_delivery(sent)}, 202)

    def describe(self, spec: Any) -> None:
        """Describe webhooks, as far as this person may look at them or change them."""
        describe_webhooks(spec, self.route_base)


def _sent() -> dict[str, Any]:
    sent, wrong = body(), {}
    for name, value in sent.items():
        if name not in _KINDS:
            wrong[name] = [_("There is no such field, or it cannot be written.")]
        elif type(value) is not _KINDS[name][0]:
            wrong[name] = [_KINDS[name][1]]
    events = sent.get("events", ())
    if "events" not in wrong and not all(isinstance(one, str) for one in events):
        wrong["events"] = [_("This must be a text in quotation marks.")]
    if wrong:
        raise InvalidInput(wrong)
    return sent


def _wish(sent: dict[str, Any], *, before: Webhook | None) -> Wish:
    return Wish(
        name=sent.get("name", before.name if before else ""),
        url=sent.get("url", before.url if before else ""),
        events=sent.get("events", before.events if before else []),
        enabled=sent.get("enabled", before.enabled if before else True),
    )


def _told(webhook: Webhook) -> Response:
    return answer({"id": webhook.id, "result": told_of(webhook)})
