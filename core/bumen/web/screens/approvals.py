"""What people do with the request for approval of a record, from its page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import flash, make_response, redirect, request, url_for
from flask_appbuilder.views import expose

from bumen.errors import BusinessError
from bumen.i18n import translator
from bumen.unit_of_work import committed, current
from bumen.web.approvals.deeds import do
from bumen.web.approvals.foreseeing import called_in_dialog, foreseen
from bumen.web.pages.approval import TEMPLATE, Refused, approval_panel
from bumen.web.pages.records import department_of, show_page
from bumen.web.reached import reads_one, still_reads
from bumen.web.screens.base import ResourceScreen
from bumen.web.screens.talk import by_htmx

_ = translator(__file__, "bumen")

_SAID_THERE = {403, 409, 422}
_OURS = {"csrf_token", "version", "company"}


class ApprovalScreen(ResourceScreen):
    """The approval of a record."""

    show_template: str

    @expose("/<int:ident>/approvals/<name>", methods=("POST",))
    @reads_one
    def decide_on(self, ident: int, name: str) -> Any:
        """Approve, refuse, add a signer, hand over, send back, copy, remind or withdraw."""
        sent = {key: value for key, value in request.form.items() if key not in _OURS and value}
        try:
            with committed(current()):
                deed = do(
                    self.declared, self.datamodel.readable(ident), name, sent, at=datetime.now(UTC)
                )
        except BusinessError as refusal:
            if refusal.status not in _SAID_THERE:
                raise
            refused = Refused(name=name, refusal=refusal, typed=request.form)
            return self._refused_there(ident, refused), refusal.status
        flash(str(deed.done), "success")
        return redirect(self._answered_at(ident), 303)

    @expose("/<int:ident>/approvals/preview", methods=("GET",))
    @reads_one
    def foresee(self, ident: int) -> Any:
        """Show who will be asked: as a page, or as the piece of one that its script asks for."""
        record, action = self.datamodel.readable(ident), request.args.get("action") or None
        every = foreseen(self.declared, record, at=datetime.now(UTC), action=action)
        page = {
            "every": every,
            "called": called_in_dialog(self.declared, every, action=action),
            "title": _("Who will be asked for approval?"),
            "department": department_of(self.declared),
            "resource": self.declared,
            "endpoint": self.endpoint,
            "record": record,
        }
        template = "foreseen" if by_htmx() else "foreseen_page"
        shown = make_response(self.render_template(f"bumen/approvals/{template}.html", **page))
        shown.headers["Vary"] = "HX-Request"
        return shown

    def _answered_at(self, ident: int) -> str:
        """Return the address of the record; of the inbox for whom it is closed from now on."""
        if still_reads(self.declared, ident):
            return url_for(f"{self.endpoint}.show", ident=ident, _anchor="approvals")
        return url_for("inbox.show")

    def _refused_there(self, ident: int, refused: Refused) -> Any:
        """Show the record again, with what was typed and why it was refused in its panel."""
        record = self.datamodel.readable(ident)
        page = show_page(self.datamodel, record)
        again = approval_panel(self.declared, record, refused=refused)
        page["panels"] = [again if one.template == TEMPLATE else one for one in page["panels"]]
        return self.render_template(self.show_template, **page)
