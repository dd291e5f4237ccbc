"""Papers of records on screens: shown as PDF, kept with the record, sent by mail."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.errors import BusinessError, NotFound
from bumen.i18n import translator
from bumen.model import Keeps
from bumen.printing.many import OF_ONE_RECORD, print_in_background
from bumen.printing.printing import MOST_AT_ONCE, Printed, set_up
from bumen.printing.sending import Dispatch, MailIsNotSetUp, attach_paper, mail_paper
from bumen.printing.templates import Declared
from bumen.unit_of_work import committed, current, moment, today
from bumen.web.pages.files import TAB
from bumen.web.pages.printing import print_page
from bumen.web.printing.asked import language_asked, paper, printout_called, sends_mail
from bumen.web.printing.many import picked_in
from bumen.web.screens.base import ResourceScreen

_ = translator(__file__, "bumen")


class PrintScreen(ResourceScreen):
    """What is printed of the records of a resource."""

    print_template = "bumen/printing/record.html"

    @expose("/<int:ident>/print", methods=("GET",))
    @has_access
    def print_page(self, ident: int) -> Any:
        """Show what can be printed of a record, and where it can go."""
        return self._print_page(ident)

    @expose("/<int:ident>/printouts/<name>", methods=("GET",))
    @has_access
    def print_out(self, ident: int, name: str) -> Any:
        """Show a paper as PDF."""
        return paper(self._printed(name, [ident]))

    @expose("/printouts/<name>", methods=("POST",))
    @has_access
    def print_many(self, name: str) -> Any:
        """Show the papers of chosen records as one PDF.

        Many are printed in the background, and those of which some cannot be: what was left out
        is named there.
        """
        idents = picked_in(request.form)
        if not idents:
            flash(str(_("Choose at least one record first.")), "warning")
            return redirect(url_for(f"{self.endpoint}.list"), 303)
        if len(idents) > MOST_AT_ONCE:
            return self._in_background(name, idents)
        try:
            return paper(self._printed(name, idents))
        except OF_ONE_RECORD:
            if len(idents) == 1:
                raise
            return self._in_background(name, idents)

    @expose("/<int:ident>/printouts/<name>/attach", methods=("POST",))
    @has_access
    def attach_printout(self, ident: int, name: str) -> Any:
        """Keep a paper with its record."""
        if Keeps.FILES not in self.declared.model.keeps:
            raise NotFound
        declared = printout_called(self.declared, name)
        try:
            printed = self._printed(name, [ident])
            with committed(current()):
                attach_paper(declared, self.datamodel.one(ident), printed)
        except BusinessError as refusal:
            return self._not_printed(ident, declared, refusal)
        flash(str(_("%(name)s has been attached.", name=printed.name)), "success")
        return redirect(url_for(f"{self.endpoint}.show", ident=ident, _anchor=f"tab-{TAB}"))

    @expose("/<int:ident>/printouts/<name>/mail", methods=("POST",))
    @has_access
    def mail_printout(self, ident: int, name: str) -> Any:
        """Send a paper by mail."""
        declared, sent = printout_called(self.declared, name), request.form
        typed = {one: sent.get(one, "") for one in ("to", "subject", "message")}
        dispatch = Dispatch(**typed)
        try:
            if not sends_mail():
                raise MailIsNotSetUp
            dispatch.checked()
            printed = self._printed(name, [ident])
            with committed(current()) as unit:
                record = self.datamodel.one(ident)
                by, at = unit.user, moment()
                mail_paper(declared, record, printed, dispatch=dispatch, by=by, at=at)
        except BusinessError as refusal:
            return self._not_printed(ident, declared, refusal, dispatch=dispatch)
        flash(str(_("It is on its way to %(address)s.", address=dispatch.to.strip())), "success")
        return redirect(url_for(f"{self.endpoint}.show", ident=ident))

    def _printed(self, name: str, idents: list[int]) -> Printed:
        declared = printout_called(self.declared, name)
        return set_up(declared, idents, on=today(), language=language_asked()).printed()

    def _in_background(self, name: str, idents: list[int]) -> Any:
        declared = printout_called(self.declared, name)
        with committed(current()):
            run = print_in_background(declared, idents, language=language_asked())
        return redirect(url_for("jobs.show", ident=run.id), 303)

    def _print_page(self, ident: int, **more: Any) -> Any:
        shown = print_page(self.declared, self.datamodel.one(ident), asked=request.values, **more)
        return self.render_template(self.print_template, **shown)

    def _not_printed(
        self, ident: int, declared: Declared, refusal: BusinessError, **more: Any
    ) -> Any:
        current().rollback()
        page = self._print_page(ident, chosen=declared.printout.name, refusal=refusal, **more)
        return page, refusal.status
