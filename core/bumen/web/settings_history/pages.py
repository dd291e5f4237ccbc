"""The page on which administrators of a company read who changed which setting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request, url_for

from bumen.company.models import members
from bumen.company.people import full_name_of
from bumen.errors import Malformed
from bumen.i18n import translator
from bumen.model.accounts import User
from bumen.resource import READ
from bumen.unit_of_work import company_now, session
from bumen.web.security import let_in
from bumen.web.settings_history.asked import (
    DAYS,
    VIEW,
    AskedHistory,
    SettingsPage,
    asked_history,
    asked_of_any_day,
    page_of_settings,
)
from bumen.web.settings_history.kinds import KINDS
from bumen.web.settings_history.telling import TellingSettings

_ = translator(__file__, "bumen")

_MOST_PEOPLE = 500


def settings_history_pages() -> Blueprint:
    """Return the page."""
    pages = Blueprint("settings_history", __name__, url_prefix="/company/history")
    pages.add_url_rule("/", "show", show)
    return pages


def show() -> Any:
    """Show a page of the history, or, to a page that is open already, what comes after it.

    Days that cannot be asked for are told at their boxes, with all that was typed.
    """
    let_in(READ, VIEW)
    is_more = request.headers.get("HX-Request") == "true"
    try:
        asked = asked_history()
    except Malformed as refusal:
        if is_more or not set(refusal.fields) <= {*DAYS}:
            raise
        typed = {name: request.args.get(name, "") for name in DAYS}
        nothing = SettingsPage(entries=[], next=None)
        return _page(asked_of_any_day(), nothing, typed=typed, refusal=refusal), refusal.status
    page = page_of_settings(asked)
    if is_more:
        return render_template("bumen/record/history.html", shown=_shown(asked, page))
    return _page(asked, page, typed={name: getattr(asked, name) or "" for name in DAYS})


def _page(
    asked: AskedHistory,
    page: SettingsPage,
    *,
    typed: Mapping[str, Any],
    refusal: Malformed | None = None,
) -> str:
    return render_template(
        "bumen/settings/history.html",
        title=_("History of settings"),
        kinds={name: kind.title for name, kind in KINDS.items()},
        asked=asked,
        typed=typed,
        people=_people(asked, page),
        shown=_shown(asked, page),
        refusal=refusal,
    )


def _shown(asked: AskedHistory, page: SettingsPage) -> dict[str, Any]:
    telling, older = TellingSettings(page.entries), ""
    if page.next is not None:
        older = url_for("settings_history.show", **asked.query, before=page.next)  # type: ignore[arg-type]
    return {"entries": [telling.told(one) for one in page.entries], "older": older}


def _people(asked: AskedHistory, page: SettingsPage) -> list[tuple[int, str]]:
    """Return who may be asked for: the people of the company, and who is asked for already.

    Whoever does not work here is called as the history calls them, and by no name elsewhere.
    """
    here = members(company_now().id).order_by(User.first_name, User.id).limit(_MOST_PEOPLE)
    found = {one.id: full_name_of(one) for one in session().scalars(here)}
    if asked.by is not None and asked.by not in found:
        found[asked.by] = next((one.by_name for one in page.entries), f"#{asked.by}")
    return list(found.items())
