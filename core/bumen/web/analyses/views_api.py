"""Views of analyses that people keep, through the API."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from flask import Response
from flask_appbuilder.api import BaseApi, expose

from bumen.errors import Malformed, NotFound
from bumen.i18n import translator
from bumen.reports import Analysis
from bumen.resource import READ
from bumen.saved_views import change_view, drop_view, prefer_view, save_view, view_seen
from bumen.unit_of_work import committed, current
from bumen.web.analyses.keys import key_of_analysis
from bumen.web.analyses.page import wrong_with
from bumen.web.answers import answer
from bumen.web.bodies import body
from bumen.web.pages.reports import report_called
from bumen.web.saved_views import SavedView, administers, arguments_in, canonical, views_kept
from bumen.web.security import require

_ = translator(__file__, "bumen")

_KINDS: Mapping[str, type[Any]] = {"name": str, "query": str, "shared": bool, "preferred": bool}
"""What is written of a view."""


class ViewsApi(BaseApi):
    """The kept views of the analyses of one department."""

    plugin: ClassVar[str]

    @expose("/<name>/views/", methods=("GET",))
    def get_views(self, name: str) -> Response:
        """Answer with the views of an analysis this person sees and can open."""
        found = [_told(one) for one in views_to_open(self._analysis(name))]
        return answer({"count": len(found), "result": found})

    @expose("/<name>/views/", methods=("POST",))
    def make_view(self, name: str) -> Response:
        """Keep what an analysis is asked for (`query`, as its address says it) under a `name`."""
        analysis, sent, user = self._analysis(name), body_of(_KINDS), current().user
        with committed(current()):
            view = save_view(
                key_of_analysis(analysis),
                name=sent.get("name", ""),
                query=_query(analysis, sent.get("query", "")),
                shared=sent.get("shared", False),
                by=user,
            )
            if sent.get("preferred"):
                prefer_view(view, preferred=True, by=user)
            ident = view.id
        return _answer(analysis, ident, status=201)

    @expose("/<name>/views/<int:number>", methods=("PUT",))
    def change_view(self, name: str, number: int) -> Response:
        """Change what is given of a view."""
        analysis, sent, user = self._analysis(name), body_of(_KINDS), current().user
        with committed(current()):
            view = view_seen(number, resource=key_of_analysis(analysis), by=user)
            if set(sent) - {"preferred"}:
                query = _query(analysis, sent["query"]) if "query" in sent else None
                said = {"name": sent.get("name"), "shared": sent.get("shared")}
                change_view(view, by=user, administers=administers(), query=query, **said)
            if "preferred" in sent:
                prefer_view(view, preferred=sent["preferred"], by=user)
        return _answer(analysis, number)

    @expose("/<name>/views/<int:number>", methods=("DELETE",))
    def drop_view(self, name: str, number: int) -> Response:
        """Delete a view."""
        analysis, user = self._analysis(name), current().user
        with committed(current()):
            view = view_seen(number, resource=key_of_analysis(analysis), by=user)
            drop_view(view, by=user, administers=administers())
        return answer({"message": _("It has been deleted.")})

    def _analysis(self, name: str) -> Analysis:
        found = report_called(self.plugin, name)
        require(READ, found.resource.permission())
        if not isinstance(found, Analysis):
            raise NotFound
        return found


def views_to_open(analysis: Analysis) -> list[SavedView]:
    """Return the views this person sees, without those that ask for what is hidden from them."""
    wrong = partial(wrong_with, analysis)
    every = views_kept(key_of_analysis(analysis))
    return [one for one in every if one.mine or wrong(one.arguments) is None]


def _answer(analysis: Analysis, ident: int, *, status: int = 200) -> Response:
    """Answer with a view as it is read again."""
    views = views_kept(key_of_analysis(analysis))
    found = next(one for one in views if one.id == ident)
    return answer({"id": ident, "result": _told(found)}, status)


def _told(view: SavedView) -> dict[str, Any]:
    return {
        "id": view.id,
        "name": view.name,
        "query": canonical(view.arguments),
        "shared": view.shared,
        "mine": view.mine,
        "owner": view.owner,
        "preferred": view.preferred,
    }


def body_of(kinds: Mapping[str, type[Any]]) -> dict[str, Any]:
    """Return what was sent of these names; `Malformed` names what does not fit."""
    found = body()
    for name, value in found.items():
        if name not in kinds or type(value) is not kinds[name]:
            message = _("This value is not allowed.")
            raise Malformed(message, fields={name: [message]})
    return found


def _query(analysis: Analysis, typed: str) -> str:
    """Return what is kept of what an analysis is asked for; `Malformed` when it cannot be."""
    query = canonical(arguments_in(typed))
    why = wrong_with(analysis, arguments_in(query))
    if why is not None:
        raise why
    return query
