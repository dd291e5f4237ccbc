"""What screens of a discussion have in common: a piece for the page, or a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import flash, make_response, redirect, request, url_for

from bumen.errors import BusinessError
from bumen.i18n import Text
from bumen.resource import WRITE
from bumen.unit_of_work import committed, current
from bumen.web.pages.records import department_of
from bumen.web.pages.talk import Refused, discussion_of, due_of
from bumen.web.screens.base import ResourceScreen, say_refusal
from bumen.web.security import allowed

DUE = "due"
"""What a form of the panel says of where it stands, as against one of the discussion."""
_SAID_THERE = {403, 409, 422}


class TalkingScreen(ResourceScreen):
    """The discussion of a record: shown, added to, and shown again."""

    def _talked(
        self,
        ident: int,
        deed: Callable[[Any], Sequence[Text] | None],
        *,
        place: str,
        find: Callable[[int], Any] | None = None,
    ) -> Any:
        """Do something about a record, and show the discussion again, with why it was refused.

        `find` finds the record, where reading it is not enough.
        """
        try:
            with committed(current()):
                doubts = deed((find or self.datamodel.readable)(ident)) or ()
        except BusinessError as refusal:
            if refusal.status not in _SAID_THERE:
                raise
            return self._refused_talk(
                ident, Refused(place=place, refusal=refusal, typed=request.form)
            )
        if not by_htmx():
            for one in doubts:
                flash(str(one), "warning")
            return redirect(self._talk_back(ident), 303)
        return self._talk_pieces(ident, doubts=doubts)

    def _refused_talk(self, ident: int, refused: Refused) -> Any:
        if by_htmx():
            return self._talk_pieces(ident, refused=refused), refused.refusal.status
        if request.form.get("shown") == DUE:
            say_refusal(refused.refusal)
            return redirect(self._talk_back(ident), 303)
        return self._talk_page(ident, refused=refused), refused.refusal.status

    def _talk_pieces(
        self, ident: int, *, refused: Refused | None = None, doubts: Sequence[Text] = ()
    ) -> Any:
        """Return the discussion for the page it stands on, and the panel that goes with it."""
        record = self.datamodel.readable(ident)
        shown: Mapping[str, Any] = discussion_of(self.declared, record, refused=refused)
        panel = due_of(self.declared, record) if shown["acts"] else None
        pieces = {"shown": {**shown, "doubts": doubts}, "panel": panel}
        return self.render_template("bumen/talk/pieces.html", **pieces)

    def _talk_page(
        self, ident: int, *, before: int | None = None, refused: Refused | None = None
    ) -> Any:
        """Return the discussion as a page of its own."""
        record = self.datamodel.readable(ident)
        shown = discussion_of(self.declared, record, before=before, refused=refused)
        return self.render_template(
            "bumen/talk/page.html",
            shown=shown,
            title=str(record),
            department=department_of(self.declared),
            resource=self.declared,
            endpoint=self.endpoint,
            record=record,
        )

    def _talk_older(self, ident: int, before: int | None) -> Any:
        """Return the discussion, or only what is older than a comment, for the page it is on."""
        shown = discussion_of(self.declared, self.datamodel.readable(ident), before=before)
        template = "bumen/talk/discussion.html" if before is None else "bumen/talk/comments.html"
        return self.render_template(template, shown=shown)

    def _talk_back(self, ident: int) -> str:
        """Return where a plain form goes back to: the page it stands on."""
        page = "show" if request.form.get("shown") == DUE else "discussion"
        return url_for(f"{self.endpoint}.{page}", ident=ident)

    def _writes(self) -> bool:
        return allowed(WRITE, self.class_permission_name)

    def _varied(self, shown: Any) -> Any:
        """Let nobody keep the piece for the page: both have one address."""
        answer = make_response(shown)
        answer.headers["Vary"] = "HX-Request"
        return answer


def by_htmx() -> bool:
    """Whether a piece of a page is asked for by the page's script."""
    return request.headers.get("HX-Request") == "true"
