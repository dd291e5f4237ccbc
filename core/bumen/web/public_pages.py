"""The public pages of departments: without signing in, by a token, in the visitor's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, make_response, render_template
from flask_limiter.util import get_remote_address

from bumen.errors import NotFound
from bumen.formats import formats_here
from bumen.host import Host
from bumen.public_pages import LONGEST_TOKEN, PublicPage
from bumen.unit_of_work import current
from bumen.web.babel import choose_language
from bumen.web.requests import may
from bumen.web.unsigned import PAGES, enter_with, limited

LOOKS = "60 per minute"
"""How often one address may look at a page, whether or not there is one."""
_UNSEEN = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def register_public_pages(app: Flask, host: Host) -> None:
    """Serve the public pages of every department that stands."""
    pages = Blueprint(PAGES, __name__)
    told = {"key_func": get_remote_address}
    for name, installed in host.registry.plugins.items():
        for number, page in enumerate(installed.plugin.public, start=1):
            view = _view(host, page)
            limited(pages, f"/{name}{page.path}", view, (LOOKS, told), endpoint=f"{name}-{number}")
    app.register_blueprint(pages)


def _view(host: Host, page: PublicPage) -> Callable[[str], Any]:
    def show(token: str) -> Any:
        record = _record(host, page, token)
        values = None if record is None else page.values(record)
        if values is None:
            raise NotFound
        shown = {"title": page.title, "company": current().company, "formats": formats_here()}
        answered = make_response(render_template(page.template, **{**shown, **values}))
        answered.headers.update(_UNSEEN)
        return answered

    show.__name__ = f"{page.plugin}_{page.token}"
    return show


def _record(host: Host, page: PublicPage, token: str) -> Any:
    if not 0 < len(token) <= LONGEST_TOKEN:
        return None
    which = getattr(page.model, page.token) == token
    record = enter_with(host, page.model, page.plugin, which)
    current().may = may
    choose_language()
    return record
