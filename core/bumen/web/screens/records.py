"""A record's page, and what is done with a record from it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.errors import BusinessError, NotFound
from bumen.i18n import Text, translator
from bumen.resource import Action
from bumen.unit_of_work import committed, current
from bumen.web.approvals.waiting import waiting_for
from bumen.web.forms import ArgumentsForm, version_in
from bumen.web.offers import settled_action
from bumen.web.pages.records import reasons_of, show_page
from bumen.web.reached import one_to_act_on, reads_one
from bumen.web.screens.base import ResourceScreen

_ = translator(__file__, "bumen")


class RecordScreen(ResourceScreen):
    """A record's page: what it says, and what may be done with it."""

    show_template = "bumen/record/show.html"

    @expose("/show/<int:ident>", methods=("GET",))
    @reads_one
    def show(self, ident: int) -> Any:
        """Show a record."""
        page = show_page(self.datamodel, self.datamodel.readable(ident))
        return self.render_template(self.show_template, **page)

    @expose("/delete/<int:ident>", methods=("POST",))
    @has_access
    def delete(self, ident: int) -> Any:
        """Delete a record."""
        record = self.datamodel.one(ident)
        name = str(record)
        try:
            with committed(current()):
                self.datamodel.delete(record)
        except BusinessError as refusal:
            return self._refused(ident, refusal)
        flash(str(_("%(record)s has been deleted.", record=name)), "success")
        return redirect(url_for(f"{self.endpoint}.list"))

    @expose("/<int:ident>/actions/<name>", methods=("POST",))
    @reads_one
    def act(self, ident: int, name: str) -> Any:
        """Do something with a record."""
        action = settled_action(self.resource, name)
        if action is None:
            raise NotFound
        record = one_to_act_on(self.declared, ident, name)
        form = ArgumentsForm(action, formdata=request.form)
        before = getattr(record, "state", None)
        try:
            with committed(current()):
                self.datamodel.act(record, action, form.json(), version=version_in(request.form))
        except BusinessError as refusal:
            form.take(refusal)
            return self._refused(ident, refusal, form)
        flash(str(_told(action, record, before=before)), "success")
        return redirect(url_for(f"{self.endpoint}.show", ident=ident))

    def _refused(
        self, ident: int, refusal: BusinessError, form: ArgumentsForm | None = None
    ) -> Any:
        """Show the record again, with why something could not be done with it.

        The dialog that was refused opens again and says it; without one it is said above.
        """
        record = self.datamodel.readable(ident)
        page = show_page(self.datamodel, record, typed=form) | {"refusal": refusal}
        if not any(deed.was_refused for deed in page["deeds"]):
            page["reasons"] = reasons_of(self.resource, record, refusal)
        return self.render_template(self.show_template, **page), refusal.status


def _told(action: Action, record: Any, *, before: Any) -> Text:
    """Say that something was done; and where a record has come to, if that is another state."""
    waited = action.label if getattr(record, "state", None) == before else None
    if (waiting := waiting_for(record, done=waited)) is not None:
        return waiting
    step = action.transition
    if step is None or record.state == step.target:
        return _("%(action)s: done.", action=action.label)
    return _(
        "%(action)s: the status is now “%(state)s”.", action=action.label, state=record.state.label
    )
