"""Dashboards through the API: the cards somebody sees, what they tell, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Response, request
from flask_appbuilder import AppBuilder
from flask_appbuilder.api import BaseApi, expose
from werkzeug.datastructures import MultiDict

from bumen.dashboards import Arranged, Card, Glance, ToDo, arrange, forget_arrangement
from bumen.dashboards.models import COMPANY
from bumen.errors import Malformed, NotFound
from bumen.hooks import guarded
from bumen.host import Host
from bumen.i18n import translator
from bumen.reports import Course, Figure
from bumen.unit_of_work import committed, current, session
from bumen.web.analyses.address import AnalysisAddress
from bumen.web.analyses.api import answered
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.dashboards.described import describe_dashboards
from bumen.web.dashboards.drawn import HOME, MOST_WAITING, CoursesHere, cards_for, waiting_of
from bumen.web.dashboards.pages import ME, VIEW, WRITE, placed_cards
from bumen.web.dashboards.seeing import card_is_seen
from bumen.web.figure_api import about_figure, plain_number
from bumen.web.house import department_titles
from bumen.web.security import require, somebody_here

_ = translator(__file__, "bumen")


class DashboardApi(BaseApi):
    """Dashboards as JSON."""

    route_base = "/api/v1/core/dashboards"

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with the dashboards this person has: `home`, and those of departments."""
        somebody_here()
        titles = {HOME: _("Home page")} | department_titles()
        found = [{"name": n, "title": t} for n, t in titles.items() if cards_for(n)]
        return answer({"count": len(found), "result": found})

    @expose("/<place>", methods=("GET",))
    def get(self, place: str) -> Response:
        """Answer with the cards of a dashboard, as they are arranged, and what they tell."""
        somebody_here()
        return answer({"result": _told_cards(place)})

    @expose("/<place>", methods=("PUT",))
    def put(self, place: str) -> Response:
        """Arrange the cards for oneself, or for the company: `{"cards": [{"key", "hidden"}]}`."""
        user, sent = somebody_here(), body()
        known = _cards(place)
        mode = _mode(sent.pop("arrange", ME))
        wanted = _wanted(sent, known)
        with committed(current()):
            arrange(place, wanted, for_user=None if mode == COMPANY else user)
        return answer({"result": _told_cards(place)})

    @expose("/<place>", methods=("DELETE",))
    def delete(self, place: str) -> Response:
        """Show the cards as the company has them; `?arrange=company` as they are declared."""
        user = somebody_here()
        _cards(place)
        mode = _mode(request.args.get("arrange", ME))
        with committed(current()):
            forget_arrangement(place, for_user=None if mode == COMPANY else user)
        return answer({"result": _told_cards(place)})

    def describe(self, spec: Any) -> None:
        """Describe dashboards."""
        describe_dashboards(spec, self.route_base, modes=(ME, COMPANY))


def register_dashboard_api(appbuilder: AppBuilder, _host: Host) -> None:
    """Add the API of dashboards."""
    appbuilder.add_view_no_menu(DashboardApi)


def _cards(place: str) -> dict[str, tuple[str, Card]]:
    found = cards_for(place)
    if not found:
        raise NotFound
    return found


def _told_cards(place: str) -> list[dict[str, Any]]:
    """Return the cards of a dashboard; one that fails, or is of what is hidden, is left out."""
    known, found = _cards(place), []
    courses = CoursesHere(card for _plugin, card in known.values())
    for one in placed_cards(place, list(known), ME):
        plugin, card = known[one.key]
        told = {"key": one.key, "title": card.label, "hidden": one.is_hidden}
        with guarded(session(), plugin=plugin, what=f"its card {card.name}"):
            what = {} if one.is_hidden else _told(card, courses)
            if what is not None:
                found.append({**told, **what})
    return found


def _told(card: Card, courses: CoursesHere) -> dict[str, Any] | None:
    if not card_is_seen(card):
        return None
    if isinstance(card.shows, Figure):
        return _figure(card.shows, courses.of(card.shows))
    return _glance(card.shows) if isinstance(card.shows, Glance) else _to_do(card.shows)


def _figure(figure: Figure, course: Course) -> dict[str, Any]:
    about = about_figure(figure)
    return {**about, "kind": "figure", "value_kind": about["kind"], **_course(figure, course)}


def _course(figure: Figure, course: Course) -> dict[str, Any]:
    aim = course.aim
    return {
        "value": plain_number(figure, course.value),
        "so_far": plain_number(figure, course.so_far),
        "month_before": plain_number(figure, course.month_before),
        "year_before": plain_number(figure, course.year_before),
        "months": [{"month": m, "value": plain_number(figure, v)} for m, v in course.months],
        "target": aim and aim.target,
        "of_person_id": aim and aim.whose.person_id,
        "reached": aim and plain_number(figure, aim.value),
        "attained": aim and aim.attained,
    }


def _glance(glance: Glance) -> dict[str, Any]:
    address = AnalysisAddress(glance.analysis, MultiDict(dict(glance.query)))
    return {"kind": "glance", "query": dict(glance.query), "report": answered(address)}


def _to_do(to_do: ToDo) -> dict[str, Any]:
    records = waiting_of(to_do)
    return {
        "kind": "to_do",
        "resource": to_do.resource.key(),
        "filters": dict(to_do.filters),
        "records": [{"id": one.id, "label": str(one)} for one in records[:MOST_WAITING]],
        "more": len(records) > MOST_WAITING,
    }


def _mode(sent: Any) -> str:
    """Return for whom cards are arranged; for the company by its administrators."""
    if sent not in (ME, COMPANY):
        raise _wrong("arrange")
    if sent == COMPANY:
        require(WRITE, VIEW)
    return str(sent)


def _wanted(sent: dict[str, Any], known: dict[str, Any]) -> Sequence[Arranged]:
    for name in sent:
        if name != "cards":
            raise _wrong(name)
    cards = sent.get("cards")
    if not isinstance(cards, list):
        raise _wrong("cards")
    found = {one.key: one for one in (_card(each, known) for each in cards)}
    return [*found.values(), *(Arranged(key=key) for key in known if key not in found)]


def _card(one: Any, known: dict[str, Any]) -> Arranged:
    if not isinstance(one, dict) or not isinstance(one.get("hidden", False), bool):
        raise _wrong("cards")
    key = one.get("key")
    if not isinstance(key, str) or key not in known or set(one) - {"key", "hidden"}:
        raise _wrong("cards")
    return Arranged(key=key, is_hidden=one.get("hidden", False))


def _wrong(place: str) -> Malformed:
    message = _("This value is not allowed.")
    return Malformed(message, fields={place: [message]})
