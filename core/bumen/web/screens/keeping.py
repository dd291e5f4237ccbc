"""Views that people save of lists and analyses: kept, changed, preferred and dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, request

from bumen.errors import BusinessError, Malformed
from bumen.i18n import Text, translator
from bumen.saved_views import SavedView, change_view, drop_view, prefer_view, save_view, view_seen
from bumen.unit_of_work import committed, current
from bumen.web.saved_views import NO_VIEW, SAVED, Wrong, administers, arguments_in, canonical
from bumen.web.screens.base import say_refusal

_ = translator(__file__, "bumen")


@dataclass(frozen=True, kw_only=True)
class ViewKeeping:
    """What is done with the views of one list or analysis, by its key.

    `wrong` says why it cannot be asked for something, `address` where a query is shown, `plainly`
    that it opens without a view from now on.
    """

    key: str
    wrong: Wrong
    address: Callable[[str], str]
    preferred: Callable[[str], Text]
    plainly: Text

    def save(self) -> Any:
        """Keep what is asked for under a name, or change a view that is there."""
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
        return redirect(self.address(f"{query}&{SAVED}={ident}"), 303)

    def drop(self, ident: int) -> Any:
        """Delete a saved view."""
        with committed(current()):
            view = self._view(ident)
            name = view.name
            drop_view(view, by=current().user, administers=administers())
        flash(str(_("The view “%(name)s” has been deleted.", name=name)), "success")
        return self._back()

    def prefer(self, ident: int) -> Any:
        """Open with this view from now on, or no longer."""
        preferred = _ticked("preferred")
        with committed(current()):
            view = self._view(ident)
            name = view.name
            prefer_view(view, preferred=preferred, by=current().user)
        flash(str(self.preferred(name) if preferred else self.plainly), "success")
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
                self.key,
                name=sent.get("name", ""),
                query=query or "",
                shared=_ticked("shared"),
                by=user,
            )
        if _ticked("preferred"):
            prefer_view(view, preferred=True, by=user)
        return view

    def _asked(self) -> str:
        """Return what is asked for; `Malformed` when it cannot be."""
        query = canonical(arguments_in(request.form["query"]))
        why = self.wrong(arguments_in(query))
        if why is not None:
            raise why
        return query

    def _view(self, ident: int) -> SavedView:
        return view_seen(ident, resource=self.key, by=current().user)

    def _back(self) -> Any:
        """Go back to what was shown; `query` names it."""
        query = request.form.get("query", "") or f"{SAVED}={NO_VIEW}"
        return redirect(self.address(query), 303)


def _ticked(name: str) -> bool:
    return bool(request.form.getlist(name)) and request.form.getlist(name)[-1].strip() != ""


def _number(typed: str) -> int:
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        message = _("This must be a whole number.")
        raise Malformed(message, fields={"view": [message]})
    return int(typed)
