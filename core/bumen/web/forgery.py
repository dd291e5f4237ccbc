"""Against forged requests: whoever writes by a session proves that the page was ours."""

from __future__ import annotations

from flask import Flask, current_app, g, request
from flask_wtf import CSRFProtect

from bumen.web.requests import SAFE_METHODS, is_api


def refuse_forgery(app: Flask) -> None:
    """Check the token of every writing request that comes by a session.

    After the gate, so that what does not exist is not asked for a token. Programs that send their
    own token of sign-in need none; a session that calls the API does.
    """

    @app.before_request
    def check() -> None:
        if request.method in SAFE_METHODS or request.endpoint is None:
            return
        if not current_app.config["WTF_CSRF_ENABLED"]:
            return
        if not is_api() or g.get("by_session"):
            csrf: CSRFProtect = current_app.extensions["csrf"]
            csrf.protect()
