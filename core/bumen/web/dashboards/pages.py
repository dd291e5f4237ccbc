"""The pages of dashboards: each department's own, and how they are arranged."""

from __future__ import annotations

from typing import Any, ClassVar

from flask import Blueprint, Flask, flash, redirect, request, url_for
from flask_appbuilder import AppBuilder, BaseView
from flask_appbuilder.views import expose

from bumen.dashboards import Arranged, arrange, arranged, arrangements, forget_arrangement
from bumen.dashboards.arranging import effective
from bumen.dashboards.models import COMPANY
from bumen.errors import Malformed, NotFound
from bumen.host import Host
from bumen.i18n import translator
from bumen.unit_of_work import committed, current
from bumen.web.dashboards.drawn import HOME, cards_for, drawn_cards
from bumen.web.gate import endpoint_of
from bumen.web.house import registry
from bumen.web.security import allowed, require, somebody_here

_ = translator(__file__, "bumen")

VIEW, WRITE = "core.Dashboards", "write"
DASHBOARD, ME = "dashboard", "me"
_MOVES = ("up", "down", "away", "back")


class DashboardScreen(BaseView):
    """The dashboard of one department."""

    plugin: ClassVar[str]
    default_view = "index"

    @expose("/", methods=("GET",))
    def index(self) -> Any:
        """Show the cards of the department, as they are arranged."""
        somebody_here()
        shown = dashboard(self.plugin)
        if not shown["every"]:
            raise NotFound
        title = registry().plugins[self.plugin].plugin.title
        return self.render_template("bumen/dashboard/page.html", title=title, **shown)


def dashboard(place: str) -> dict[str, Any]:
    """Return what a dashboard shows; `?arrange=me` or `company` shows how it is arranged."""
    mode = request.args.get("arrange", "")
    if mode not in ("", ME, COMPANY):
        raise _wrong("arrange")
    if mode == COMPANY:
        require(WRITE, VIEW)
    cards = cards_for(place)
    placed = placed_cards(place, list(cards), mode) if cards else []
    keys = [one.key for one in placed if not one.is_hidden]
    return {
        "place": place,
        "mode": mode,
        "here": _address(place),
        "every": [(one, cards[one.key][1].label) for one in placed],
        "cards": [] if mode else drawn_cards(cards, keys),
        "may_arrange_for_all": allowed(WRITE, VIEW),
    }


def dashboards() -> Blueprint:
    """Return what is sent to arrange dashboards."""
    pages = Blueprint("dashboards", __name__, url_prefix="/dashboards")

    @pages.post("/<place>")
    def arrange_one(place: str) -> Any:
        user = somebody_here()
        mode = request.form.get("arrange", ME)
        if mode == COMPANY:
            require(WRITE, VIEW)
        cards = cards_for(place)
        if mode not in (ME, COMPANY) or not cards:
            raise NotFound
        for_user = None if mode == COMPANY else user
        if request.form.get("deed") == "forget":
            with committed(current()):
                forget_arrangement(place, for_user=for_user)
            flash(str(_("The dashboard is as it was.")), "success")
            return redirect(_address(place), 303)
        placed = _moved(placed_cards(place, list(cards), mode))
        with committed(current()):
            arrange(place, placed, for_user=for_user)
        return redirect(_address(place, arrange=mode), 303)

    return pages


def register_dashboards(app: Flask, appbuilder: AppBuilder, host: Host) -> None:
    """Give every department that has cards its dashboard."""
    app.register_blueprint(dashboards())
    for name, installed in host.registry.plugins.items():
        if installed.plugin.cards:
            about = {"plugin": name, "route_base": f"/{name}/dashboard"}
            screen = type(f"Dashboard_{name}", (DashboardScreen,), about)
            appbuilder.add_view_no_menu(screen, endpoint=endpoint_of(name, DASHBOARD))


def placed_cards(place: str, keys: list[str], mode: str) -> list[Arranged]:
    """Return cards in their order: for whoever looks, or, of `company`, for everybody."""
    user = current().user
    found = arrangements(place, by=user)
    kept = found.get(COMPANY) if mode == COMPANY else effective(found, user_id=user.id)
    return arranged(keys, kept)


def _moved(placed: list[Arranged]) -> list[Arranged]:
    """Return the cards as they are after what was sent: one moved, put away, or taken back.

    `order` names all of them in the order they were dragged into.
    """
    if "order" in request.form:
        return _ordered(placed, request.form["order"].split())
    deed, _colon, key = request.form.get("deed", "").partition(":")
    at = next((place for place, one in enumerate(placed) if one.key == key), None)
    if deed not in _MOVES or at is None:
        raise _wrong("deed")
    if deed in ("away", "back"):
        placed[at] = Arranged(key=key, is_hidden=deed == "away")
        return placed
    there = max(0, at - 1) if deed == "up" else min(len(placed) - 1, at + 1)
    placed.insert(there, placed.pop(at))
    return placed


def _ordered(placed: list[Arranged], keys: list[str]) -> list[Arranged]:
    """Return the cards in an order that names each of them once."""
    known = {one.key: one for one in placed}
    if sorted(keys) != sorted(known):
        raise _wrong("order")
    return [known[key] for key in keys]


def _address(place: str, **asked: Any) -> str:
    if place == HOME:
        return url_for("Index.index", **asked)
    return url_for(f"{endpoint_of(place, DASHBOARD)}.index", **asked)


def _wrong(place: str) -> Malformed:
    message = _("This value is not allowed.")
    return Malformed(message, fields={place: [message]})
