"""Webhooks on screens and through the API."""

from __future__ import annotations

from flask import Flask
from flask_appbuilder import AppBuilder

from bumen.dispatching import VIEW
from bumen.i18n import translator
from bumen.unit_of_work import current
from bumen.web.security import allowed
from bumen.web.webhooks.api import WebhookApi
from bumen.web.webhooks.pages import webhook_pages

_ = translator(__file__, "bumen")


def register_webhooks(appbuilder: AppBuilder, app: Flask) -> None:
    """Add the pages and the API of webhooks to the application, and to the menu."""
    app.register_blueprint(webhook_pages())
    appbuilder.add_view_no_menu(WebhookApi, endpoint="core-api-webhooks")
    appbuilder.menu.add_link(VIEW, href="/webhooks/", label=_("Webhooks"), cond=_may_see)


def _may_see() -> bool:
    return current().company is not None and allowed("read", VIEW)
