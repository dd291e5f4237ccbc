"""Views of a list that people save: kept, changed, preferred and dropped."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.errors import BusinessError, Malformed
from bumen.i18n import translator
from bumen.saved_views import SavedView, change_view, drop_view, prefer_view, save_view, view_seen
from bumen.unit_of_work import committed, current
from bumen.web.pages.addresses import url_sent
from bumen.web.saved_views import (
    NO_VIEW,
    SAVED,
    administers,
    arguments_in,
    canonical,
    wrong_with,
)
from bumen.web.screens.base import ResourceScreen, say_refusal

_ = translator(__file__, "bumen")


class SavedScreen(ResourceScreen):
    """What people do with the saved views of a list."""

    @expose("/views/save", methods=("POST",))
    @has_access
    def save_view(self) -> Any:
        """Keep what the list is asked for under a name, or change a view that is there."""
        try:
            with committed(current()):
                view = self._saved()
                said, query = _("The view “%(name)s” has been saved.", name=view.name), view.query
                ident = str(view.id)
        except Malformed:
            raise
        except BusinessError as refusal:
            say_refusal(refusal)
            return self._back()
        flash(str(said), "success")
        return redirect(url_sent(f"{self.endpoint}.list", f"{query}&{SAVED}={ident}"), 303)

    @expose("/views/<int:ident>/drop", methods=("POST",))
    @has_access
    def drop_view(self, ident: int) -> Any:
        """Delete a saved view."""
        with committed(current()):
            view = self._view(ident)
            name = view.name
            drop_view(view, by=current().user, administers=administers())
        flash(str(_("The view “%(name)s” has been deleted.", name=name)), "success")
        return self._back()

    @expose("/views/<int:ident>/prefer", methods=("POST",))
    @has_access
    def prefer_view(self, ident: int) -> Any:
        """Let the list open with this view from now on, or no longer."""
        preferred = _ticked("preferred")
        with committed(current()):
            view = self._view(ident)
            name = view.name
            prefer_view(view, preferred=preferred, by=current().user)
        if preferred:
            flash(str(_("The list opens with “%(name)s” from now on.", name=name)), "success")
        else:
            flash(str(_("The list opens with all records from now on.")), "success")
        return self._back()

    def _saved(self) -> SavedView:
        """Make or change a view as it was sent; what is not sent of a view stays."""
        user, sent = current().user, request.form
        query = self._asked() if "query" in sent else None
        if sent.get("view", "").strip():
            view = self._view(_number(sent["view"]))
            shared = _ticked("shared") if "shared" in sent else None
            name = sent.get("name")
            change_view(
                view, by=user, administers=administers(), name=name, query=query, shared=shared
            )
        else:
            view = save_view(
                self.resource.key(),
                name=sent.get("name", ""),
                query=query or "",
                shared=_ticked("shared"),
                by=user,
            )
        if _ticked("preferred"):
            prefer_view(view, preferred=True, by=user)
        return view

    def _asked(self) -> str:
        """Return what the list is asked for; `Malformed` when it cannot be."""
        query = canonical(arguments_in(request.form["query"]))
        why = wrong_with(self.resource, arguments_in(query))
        if why is not None:
            raise why
        return query

    def _view(self, ident: int) -> SavedView:
        return view_seen(ident, resource=self.resource.key(), by=current().user)

    def _back(self) -> Any:
        """Go back to the list as it was; `query` names it."""
        plainly = f"{SAVED}={NO_VIEW}"
        query = request.form.get("query", "") or plainly
        return redirect(url_sent(f"{self.endpoint}.list", query), 303)


def _ticked(name: str) -> bool:
    return bool(request.form.getlist(name)) and request.form.getlist(name)[-1].strip() != ""


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        message = _("This must be a whole number.")
        raise Malformed(message, fields={"view": [message]})
    return int(typed)
