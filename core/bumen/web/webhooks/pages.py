"""The pages of webhooks: which there are, what each hears of, and what was sent to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, Length

from bumen.dispatching import VIEW
from bumen.errors import BusinessError
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.unit_of_work import committed, current, moment
from bumen.web.deeds import carried_out
from bumen.web.forms import version_in
from bumen.web.people.forms import AccountForm, form_of
from bumen.web.security import allowed, let_in
from bumen.web.webhooks.viewing import (
    Shown,
    grouped_here,
    heard_here,
    known_here,
    listed_here,
    page_of,
    terms,
    titles_here,
)
from bumen.webhooks import Webhook
from bumen.webhooks.models import LONGEST_NAME, LONGEST_URL
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
from bumen.webhooks.signing import unlocked

_ = translator(__file__, "bumen")
_TITLE = _("Webhooks")
_MAY_SEE = "new_webhook_secret"
_SECRET_SHOWN = 300
"""So many seconds after it was made a secret can be seen, once."""
_SOON = timedelta(minutes=1)
"""What is tried again by then, a page waits for."""


class WebhookForm(AccountForm):
    """What somebody types for a webhook; what it hears of is ticked below."""

    name = StringField(
        _("Name"),
        [DataRequired(), Length(max=LONGEST_NAME)],
        description=_("The program that listens there, such as the web shop."),
    )
    url = StringField(
        _("Address"),
        [DataRequired(), Length(max=LONGEST_URL)],
        description=_("Begins with https:// and leads to a public server."),
    )
    enabled = BooleanField(_("Switched on"))


def webhook_pages() -> Blueprint:
    """Return the pages of webhooks."""
    pages = Blueprint("webhooks", __name__, url_prefix="/webhooks")
    pages.add_url_rule("/", "list", listed, methods=["GET"])
    pages.add_url_rule("/new", "add", add, methods=["GET", "POST"])
    pages.add_url_rule("/<int:ident>", "show", show, methods=["GET"])
    pages.add_url_rule("/<int:ident>/edit", "edit", edit, methods=["GET", "POST"])
    for name, deed in (("try", test), ("secret", secret), ("delete", delete)):
        pages.add_url_rule(f"/<int:ident>/{name}", name, deed, methods=["POST"])
    pages.add_url_rule("/<int:ident>/again/<int:number>", "again", again, methods=["POST"])
    return pages


def listed() -> str:
    """Show the company's webhooks."""
    let_in("read", VIEW)
    return _page("list.html", title=_TITLE, rows=listed_here())


def show(ident: int) -> str:
    """Show a webhook and what was sent to it."""
    let_in("read", VIEW)
    webhook = webhook_with(ident)
    return _shown(webhook, text=_secret_once(webhook))


def add() -> Any:
    """Ask for a new webhook, and make it; its secret is shown on its page, this once."""
    let_in("write", VIEW)
    if request.method == "GET":
        return _form(form_of(WebhookForm, enabled=True), chosen=())
    form = WebhookForm()
    if not form.validate():
        return _form(form, chosen=request.form.getlist("events")), 422
    try:
        with committed(current()):
            made, _text = make_webhook(_wish(form), known=known_here(), terms=terms())
    except BusinessError as refusal:
        return _refused(form, refusal), refusal.status
    return _to_secret(made)


def edit(ident: int) -> Any:
    """Ask what is to change about a webhook, and change it."""
    let_in("write", VIEW)
    webhook = webhook_with(ident)
    if request.method == "GET":
        values = {"name": webhook.name, "url": webhook.url, "enabled": webhook.enabled}
        return _form(form_of(WebhookForm, **values), chosen=webhook.events, webhook=webhook)
    form = WebhookForm()
    if not form.validate():
        return _form(form, chosen=request.form.getlist("events"), webhook=webhook), 422

    def deed() -> Text:
        version = version_in(request.form)
        change_webhook(webhook, _wish(form), version=version, known=known_here(), terms=terms())
        return _("“%(name)s” has been saved.", name=webhook.name)

    here = url_for("webhooks.show", ident=ident)
    return carried_out(deed, then=here, refused=lambda why: _refused(form, why, ident=ident))


def test(ident: int) -> Any:
    """Send a message that tells of nothing."""
    let_in("write", VIEW)
    with committed(current()):
        try_out(webhook_with(ident), at=moment())
    flash(str(_("A trial is on its way; what came of it stands below in a moment.")), "success")
    return redirect(url_for("webhooks.show", ident=ident))


def secret(ident: int) -> Any:
    """Make a new secret, and lead to where it is shown this once."""
    let_in("write", VIEW)
    webhook = webhook_with(ident)
    with committed(current()):
        renew_secret(webhook, terms=terms())
    return _to_secret(webhook)


def delete(ident: int) -> Any:
    """Delete a webhook."""
    let_in("write", VIEW)
    webhook = webhook_with(ident)
    name = webhook.name
    with committed(current()):
        delete_webhook(webhook)
    flash(str(_("“%(name)s” has been deleted.", name=name)), "success")
    return redirect(url_for("webhooks.list"))


def again(ident: int, number: int) -> Any:
    """Send a message once more."""
    let_in("write", VIEW)
    with committed(current()):
        send_again(webhook_with(ident), number, at=moment())
    flash(str(_("It is sent again.")), "success")
    return redirect(url_for("webhooks.show", ident=ident))


def _wish(form: WebhookForm) -> Wish:
    return Wish(
        name=form.name.data or "",
        url=form.url.data or "",
        events=request.form.getlist("events"),
        enabled=bool(form.enabled.data),
    )


def _to_secret(webhook: Webhook) -> Any:
    """Lead to a webhook's page, which shows its new secret once; a reload does nothing again.

    What the browser keeps meanwhile is only that it may see it, not the secret.
    """
    session[_MAY_SEE] = [webhook.id, webhook.version, int(moment().timestamp())]
    return redirect(url_for("webhooks.show", ident=webhook.id), 303)


def _secret_once(webhook: Webhook) -> str:
    """Return a secret that was just made, for whoever made it; "" for all others, and later."""
    found = session.get(_MAY_SEE)
    if not isinstance(found, list) or found[:1] != [webhook.id]:
        return ""
    del session[_MAY_SEE]
    is_new = found[1] == webhook.version and moment().timestamp() - found[2] < _SECRET_SHOWN
    if not is_new or not allowed("write", VIEW):
        return ""
    return unlocked(webhook.secret, key=terms().key) or ""


def _shown(webhook: Webhook, *, text: str = "") -> str:
    rows, more = page_of(webhook)
    return _page(
        "show.html",
        title=webhook.name,
        webhook=webhook,
        one=Shown(webhook=webhook, waiting=0),
        rows=rows,
        more=more,
        is_later="before" in request.args,
        is_moving=webhook.enabled and any(one.is_due(by=moment() + _SOON) for one in rows),
        titles=titles_here(),
        heard=heard_here(webhook),
        text=text,
    )


def _refused(form: WebhookForm, refusal: BusinessError, *, ident: int | None = None) -> str:
    unplaced, chosen = form.say(refusal), request.form.getlist("events")
    webhook = None if ident is None else webhook_with(ident)
    return _form(form, chosen=chosen, webhook=webhook, unplaced=unplaced)


def _form(
    form: WebhookForm, *, chosen: Any, webhook: Webhook | None = None, unplaced: Any = ()
) -> str:
    return _page(
        "form.html",
        title=webhook.name if webhook else _("New webhook"),
        form=form,
        chosen=set(chosen),
        offered=grouped_here(),
        webhook=webhook,
        unplaced=unplaced,
    )


def _page(template: str, **values: Any) -> str:
    shown = {"formats": formats_here(), "writes": allowed("write", VIEW), **values}
    return render_template(f"bumen/webhooks/{template}", **shown)
