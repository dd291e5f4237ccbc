"""The inbox on screens and through the API."""

from __future__ import annotations

from flask import Flask, current_app
from flask_appbuilder import AppBuilder

from bumen.host import Host
from bumen.web.inbox.api import InboxApi
from bumen.web.inbox.deeds import add_deeds
from bumen.web.inbox.pages import inbox_pages

__all__ = ["register_inbox"]


def register_inbox(appbuilder: AppBuilder, _host: Host) -> None:
    """Add the inbox to the application, with its counter."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    pages = inbox_pages()
    add_deeds(pages)
    app.register_blueprint(pages)
    appbuilder.add_view_no_menu(InboxApi)
