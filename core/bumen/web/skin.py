"""The skin: what pages are dressed in, and what browsers are told they may do with them.

Scripts, styles and icons are built from `assets` into `static/dist`, each under a name that
changes with its content, so that browsers keep them for good. Pages run no script and no style
but ours: nothing inline, nothing from elsewhere.
"""

from __future__ import annotations

import json
import secrets
from functools import cache
from pathlib import Path

from flask import Flask, Response, g, request, url_for
from markupsafe import Markup

from bumen.web.cookies import FOLDED, THEME

THEMES = ("system", "light", "dark")
_BUILT = Path(__file__).parent / "static" / "dist"
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "manifest-src 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class NotBuilt(RuntimeError):
    """The front end has not been built."""

    def __init__(self) -> None:
        super().__init__("The front end has not been built: `make assets` does it (needs Node.js).")


def dress(app: Flask) -> None:
    """Give pages their scripts, styles and icons, and browsers their limits."""
    app.jinja_env.globals |= {
        "asset": asset,
        "built": built,
        "icon": icon,
        "icon_address": icon_address,
        "csp_nonce": nonce,
        "theme": theme,
        "is_folded": is_folded,
    }
    app.after_request(_limit)


def asset(name: str) -> str:
    """Return the address of a built file: `main.js` is served as `main-1A2B3C4D.js`."""
    return url_for("static", filename=_names()[name])


def built(name: str) -> list[str]:
    """Return what a file is built as, or nothing when nothing has been built: asks nobody else."""
    try:
        return [_names()[name]]
    except (NotBuilt, KeyError):
        return []


def icon(name: str, classes: str = "") -> Markup:
    """Return a drawing by its name in assets/icons.txt; screen readers pass it by."""
    return Markup(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}"/></svg>'
    ).format(classes, icon_address(name))


def icon_address(name: str) -> str:
    """Return where a drawing is read from, for scripts that draw."""
    return f"{asset('icons.svg')}#{name}"


def nonce() -> str:
    """Return what marks the scripts and styles of this answer as ours."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    marked: str = g.csp_nonce
    return marked


def theme() -> str:
    """Return the theme somebody chose: light, dark, or as their system is."""
    chosen = request.cookies.get(THEME, "")
    return chosen if chosen in THEMES else THEMES[0]


def is_folded(group: str) -> bool:
    """Whether somebody has folded a group of the menu up, in this browser."""
    return group in request.cookies.get(FOLDED, "").split(".")


@cache
def _names() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((_BUILT / "names.json").read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise NotBuilt from missing
    return found


def _limit(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", _POLICY.format(nonce=nonce()))
    return response
