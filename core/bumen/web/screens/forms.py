"""The form of a new record, and of one that is there."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose
from werkzeug.datastructures import CombinedMultiDict

from bumen.errors import BusinessError, Doubtful, StaleVersion
from bumen.i18n import Text, translator
from bumen.unit_of_work import committed, current
from bumen.web.forms import RecordForm, version_in
from bumen.web.pages.forms import differences, form_page
from bumen.web.screens.base import ResourceScreen, say_refusal

_ = translator(__file__, "bumen")

MORE_LINES = "_more_lines"
SURE = "_sure"


class FormScreen(ResourceScreen):
    """The form of a resource's records."""

    add_template = edit_template = "bumen/form.html"

    @expose("/add", methods=("GET", "POST"))
    @has_access
    def add(self) -> Any:
        """Show the form of a new record, and make the record that is sent."""
        if request.method == "POST":
            return self._send(None)
        form = RecordForm(self.resource)
        form.prefill(request.args)
        return self._form(form)

    @expose("/edit/<int:ident>", methods=("GET", "POST"))
    @has_access
    def edit(self, ident: int) -> Any:
        """Show the form of a record, and change the record to what is sent."""
        record = self.datamodel.one(ident)
        if request.method == "POST":
            return self._send(record)
        if not self.resource.is_open(record):
            flash(str(_("%(record)s can no longer be changed.", record=record)), "warning")
            return redirect(url_for(f"{self.endpoint}.show", ident=ident))
        return self._form(RecordForm(self.resource, record=record))

    def _send(self, record: Any) -> Any:
        """Make or change a record as it was sent; when that is refused, show the form again."""
        sent: Any = CombinedMultiDict([request.form, request.files])
        form = RecordForm(self.resource, record=record, formdata=sent)
        if MORE_LINES in request.form:
            form.version = request.form.get("version")
            form.add_empty_rows(request.form[MORE_LINES])
            return self._form(form)
        try:
            with committed(current()):
                record = self._written(record, form)
        except BusinessError as refusal:
            return self._form_again(form, refusal)
        flash(str(_("%(record)s has been saved.", record=record)), "success")
        return redirect(url_for(f"{self.endpoint}.show", ident=record.id))

    def _written(self, record: Any, form: RecordForm) -> Any:
        if record is None:
            made = self.datamodel.create(form.json())
            if SURE not in request.form and (doubts := self.resource.doubts_about(made)):
                raise Doubtful(doubts)
            return made
        return self.datamodel.change(record, form.json(), version=version_in(request.form))

    def _form_again(self, form: RecordForm, refusal: BusinessError) -> Any:
        """Show what was typed with what is wrong with it, and what somebody else has written."""
        say_refusal(refusal)
        form.take(refusal)
        if form.record is None:
            doubts = refusal.doubts if isinstance(refusal, Doubtful) else ()
            return self._form(form, doubts=doubts), refusal.status
        form.record = self.datamodel.one(form.record.id)
        form.version = request.form.get("version")
        others: dict[str, Any] = {}
        if isinstance(refusal, StaleVersion):
            form.version, others = form.record.version, differences(form)
        return self._form(form, **others), refusal.status

    def _form(self, form: RecordForm, **more: Any) -> Any:
        if request.method == "GET":
            form.add_empty_rows()
        page = form_page(self.datamodel, form)
        title = _form_title(form)
        return self.render_template(self.edit_template, title=title, **page, **more)


def _form_title(form: RecordForm) -> Text:
    if form.record is None:
        return _("New: %(list)s", list=form.resource.title)
    return _("Edit %(record)s", record=form.record)
