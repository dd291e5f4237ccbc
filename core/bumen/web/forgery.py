"""Against forged requests: whoever writes by a session proves that the page was ours."""

from __future__ import annotations

from flask import Flask, current_app, g, request
from flask_wtf import CSRFProtect

from bumen.errors import Conflict
from bumen.i18n import translator
from bumen.web.requests import SAFE_METHODS, is_api

_ = translator(__file__, "bumen")


class OpenedForAnotherCompany(Conflict):
    """The refusal of a form that was opened while somebody worked for another company."""

    def __init__(self, now: str) -> None:
        super().__init__(
            _(
                "You work for %(company)s by now, and this page was opened for another company. "
                "Nothing was saved. Change back, then go back to the page and save it again.",
                company=now,
            )
        )


def refuse_forgery(app: Flask) -> None:
    """Check the token of every writing request that comes by a session.

    After the gate, so that what does not exist is not asked for a token. Programs that send their
    own token of sign-in need none; a session that calls the API does.
    """

    @app.before_request
    def check() -> None:
        if request.method in SAFE_METHODS or request.endpoint is None:
            return
        if current_app.config["WTF_CSRF_ENABLED"] and (not is_api() or g.get("by_session")):
            csrf: CSRFProtect = current_app.extensions["csrf"]
            csrf.protect()
        _refuse_other_company()


def _refuse_other_company() -> None:
    """Refuse a form that was opened for another company: in a second tab, before a change."""
    opened_for, company = request.form.get("company"), g.get("company")
    if opened_for and company is not None and opened_for != company.code:
        raise OpenedForAnotherCompany(company.name)
