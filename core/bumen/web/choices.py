"""What people choose for themselves: company, language and theme; and how they leave."""

from __future__ import annotations

from typing import Any, NoReturn
from urllib.parse import urlsplit

from flask import Flask, current_app, flash, g, make_response, redirect, request, session, url_for
from flask_login import logout_user
from werkzeug.exceptions import MethodNotAllowed

from bumen.company.people import full_name_of
from bumen.errors import NotFound
from bumen.i18n import LANGUAGES, translator
from bumen.unit_of_work import committed, current
from bumen.web.cookies import THEME, keep
from bumen.web.security import signed_in
from bumen.web.skin import THEMES

_ = translator(__file__, "bumen")

_LONGEST = 2000


def register_choices(app: Flask) -> None:
    """Let people choose by POST, and close Flask-AppBuilder's own ways to do so by GET."""
    app.add_url_rule("/company", "choose_company", choose_company, methods=["POST"])
    app.add_url_rule("/language", "choose_language", choose_language, methods=["POST"])
    app.add_url_rule("/theme", "choose_theme", choose_theme, methods=["POST"])
    app.add_url_rule("/logout/", "sign_out", sign_out, methods=["POST"])
    app.view_functions["LocaleView.index"] = _closed
    app.view_functions["AuthDBView.logout"] = _only_by_post
    app.jinja_env.globals |= {"come_back": address_here, "full_name_of": full_name_of}


def choose_company() -> Any:
    """Work for the company whose code is sent from now on."""
    signed_in()
    code = request.form.get("code", "")
    if code not in {one.company.code for one in g.memberships}:
        raise NotFound
    session["company"] = code
    return redirect("/")


def choose_language() -> Any:
    """Speak another language from now on: to this browser, and to whoever has signed in."""
    wanted = request.form.get("language", "")
    if wanted not in LANGUAGES:
        raise NotFound
    session["locale"] = wanted
    unit = current()
    if unit.user is not None:
        with committed(unit):
            unit.user.locale = wanted
    return redirect(_back())


def choose_theme() -> Any:
    """Show pages light, dark, or as the system is, in this browser."""
    wanted = request.form.get("theme", "")
    if wanted not in THEMES:
        raise NotFound
    answered = make_response(redirect(_back()))
    keep(answered, THEME, wanted)
    return answered


def sign_out() -> Any:
    """End the session; the browser forgets what it was about, but not in which language."""
    user, spoken = current().user, session.get("locale")
    logout_user()
    session.clear()
    if spoken:
        session["locale"] = spoken
    if user is not None:
        current_app.extensions["appbuilder"].sm.on_user_logout(user)
    flash(str(_("You have signed out.")), "success")
    return redirect(url_for("AuthDBView.login"))


def address_here() -> str:
    """Return the address that is shown, to come back to; the first page when it was sent to."""
    return request.full_path.rstrip("?") if request.method == "GET" else "/"


def _back() -> str:
    """Return where somebody came from, as far as that is a page of ours."""
    wanted = request.form.get("next", "")[:_LONGEST]
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return "/"
    odd = "\\" in wanted or any(ord(sign) < 0x20 for sign in wanted)
    is_ours = wanted.startswith("/") and not (parts.scheme or parts.netloc or odd)
    return wanted if is_ours else "/"


def _closed(**_values: Any) -> NoReturn:
    raise NotFound


def _only_by_post() -> NoReturn:
    raise MethodNotAllowed(["POST"])
