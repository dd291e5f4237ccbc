"""The history of a company's settings: its page, and its API."""

from __future__ import annotations

from flask import Flask, url_for
from flask_appbuilder import AppBuilder

from bumen.resource import READ
from bumen.web.security import allowed
from bumen.web.settings_history.api import SettingsHistoryApi
from bumen.web.settings_history.asked import VIEW
from bumen.web.settings_history.pages import settings_history_pages

__all__ = ["register_settings_history"]


def register_settings_history(appbuilder: AppBuilder, app: Flask) -> None:
    """Add the page and the API to the application, and what pages of settings link by."""
    app.register_blueprint(settings_history_pages())
    appbuilder.add_view_no_menu(SettingsHistoryApi, endpoint="core-api-settings-history")
    app.jinja_env.globals["history_of_settings"] = history_of_settings


def history_of_settings(kind: str) -> str:
    """Return where the history of one kind of settings is; "" for who may not read it."""
    return url_for("settings_history.show", kind=kind) if allowed(READ, VIEW) else ""
