"""How Flask and Flask-AppBuilder are set: safe before convenient, and the same everywhere."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from flask_appbuilder.const import AUTH_DB
from werkzeug.middleware.proxy_fix import ProxyFix

from bumen.host import Host

LARGEST_REQUEST = 32 * 1024 * 1024

ALIKE_EVERYWHERE = {
    "APP_NAME": "Bumen",
    "JWT_ACCESS_TOKEN_EXPIRES": timedelta(hours=1),
    "PROPAGATE_EXCEPTIONS": False,
    "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
    "MAX_FORM_MEMORY_SIZE": 8 * 1024 * 1024,
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "SESSION_COOKIE_NAME": "bumen",
    "PERMANENT_SESSION_LIFETIME": timedelta(days=14),
    "WTF_CSRF_TIME_LIMIT": None,
    "WTF_CSRF_CHECK_DEFAULT": False,  # checked behind the gate, see forgery.py
    "AUTH_TYPE": AUTH_DB,
    "AUTH_USER_REGISTRATION": False,
    "RATELIMIT_ENABLED": True,
    "RATELIMIT_STORAGE_URI": "memory://",
    "FAB_CREATE_DB": False,
    "FAB_UPDATE_PERMS": False,
    "FAB_ADD_SECURITY_API": False,
    "FAB_API_SWAGGER_UI": False,
    "FAB_ADD_SECURITY_PERMISSION_VIEW": False,
    "FAB_ADD_SECURITY_VIEW_MENU_VIEW": False,
    "FAB_ADD_SECURITY_PERMISSION_VIEWS_VIEW": False,
}
"""What no deployment decides for itself."""


def configured(app: Flask, host: Host, *, secret: str, testing: bool) -> None:
    """Set everything; `secret` signs sessions when the settings have none (they end with us)."""
    settings = host.settings
    given = settings.secret_key.get_secret_value() if settings.secret_key else secret
    most = max(LARGEST_REQUEST, (settings.largest_file_mb + 1) * 1024 * 1024)
    app.config.update(ALIKE_EVERYWHERE, MAX_CONTENT_LENGTH=most)
    app.config.update(SECRET_KEY=given, JWT_SECRET_KEY=given, TESTING=testing)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )
        app.config["SESSION_COOKIE_SECURE"] = True
