"""The form of a new record, and of one that is there."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose
from werkzeug.datastructures import CombinedMultiDict

from bumen.errors import BusinessError, Doubtful, Malformed, NotFound, StaleVersion
from bumen.i18n import Text, translator
from bumen.records import NoLongerOpen, begun_from
from bumen.unit_of_work import committed, current
from bumen.visibility import as_seen
from bumen.web.answers import answer
from bumen.web.forms import RecordForm, version_in
from bumen.web.pages.conflicts import marks_of, read_marks, take_over
from bumen.web.pages.forms import form_page, led_to, name_lookups
from bumen.web.screens.base import ResourceScreen

_ = translator(__file__, "bumen")

MORE_LINES = "_more_lines"
SURE = "_sure"
TAKE = "_take"
"""What a form is sent with to give a field up for what somebody else has written there."""
ALL = "*"
MARKS = "_marks"
COPY = "_copy"
"""What the form of a new record is asked for with the id of another: to begin as its copy."""
DIALOG = "_dialog"
"""What a form is asked for and sent with that stands in a dialog, on somebody else's page."""


class FormScreen(ResourceScreen):
    """The form of a resource's records."""

    add_template = edit_template = "bumen/record/form.html"
    dialog_template = "bumen/record/dialog.html"

    @expose("/add", methods=("GET", "POST"))
    @has_access
    def add(self) -> Any:
        """Show the form of a new record, and make the record that is sent."""
        if request.method == "POST":
            return self._send(None)
        form = RecordForm(self.resource, begun=self._copied())
        form.prefill(request.args, texts=_in_dialog())
        return self._form(form)

    @expose("/edit/<int:ident>", methods=("GET", "POST"))
    @has_access
    def edit(self, ident: int) -> Any:
        """Show the form of a record, and change the record to what is sent."""
        record = self.datamodel.one(ident)
        if request.method == "POST":
            return self._send(record)
        if not self.resource.is_open(record):
            flash(str(NoLongerOpen(record)), "warning")
            return redirect(url_for(f"{self.endpoint}.show", ident=ident))
        form = RecordForm(self.resource, record=record)
        form.marks = marks_of(form)
        return self._form(form)

    def _copied(self) -> Any:
        """Return what a new record begins as: a copy of the one the address names, if any."""
        named = request.args.get(COPY)
        if named is None:
            return None
        source = self.datamodel.get(named)
        if source is None:
            raise NotFound
        return begun_from(as_seen(self.declared, source), source)

    def _send(self, record: Any) -> Any:
        """Make or change a record as it was sent; when that is refused, show the form again."""
        form = self._sent(record)
        if MORE_LINES in request.form:
            form.add_empty_rows(request.form[MORE_LINES])
            return self._form(form)
        if TAKE in request.form and record is not None:
            return self._form(form, clashes=self._clashes(form, taken=request.form[TAKE]))
        try:
            with committed(current()):
                record = self._written(record, form)
        except BusinessError as refusal:
            return self._form_again(form, refusal)
        if _in_dialog():
            return answer({"id": record.id, "label": str(record)}, 201)
        flash(str(_("%(record)s has been saved.", record=record)), "success")
        return redirect(url_for(f"{self.endpoint}.show", ident=record.id))

    def _sent(self, record: Any) -> RecordForm:
        """Return the form as it was sent."""
        sent: Any = CombinedMultiDict([request.form, request.files])
        form = RecordForm(self.resource, record=record, formdata=sent)
        form.version, form.marks = request.form.get("version"), request.form.get(MARKS, "")
        return form

    def _written(self, record: Any, form: RecordForm) -> Any:
        if record is None:
            made = self.datamodel.create(form.json())
            if SURE not in request.form and (doubts := self.resource.doubts_about(made)):
                raise Doubtful(doubts)
            return made
        return self.datamodel.change(record, form.json(), version=version_in(request.form))

    def _form_again(self, form: RecordForm, refusal: BusinessError) -> Any:
        """Show what was typed with what is wrong with it, and what somebody else has written."""
        form.take(refusal)
        more: dict[str, Any] = {"refusal": refusal}
        if form.record is not None:
            form.record = self.datamodel.one(form.record.id)
        if isinstance(refusal, Doubtful):
            more["doubts"] = list(led_to(refusal.doubts))
        if isinstance(refusal, StaleVersion) and form.record is not None:
            more["clashes"] = self._clashes(form)
        return self._form(form, **more), refusal.status

    def _clashes(self, form: RecordForm, *, taken: str = "") -> Any:
        """Return what two people have written; what is `taken` of the other's is in the form."""
        name_lookups(form)
        form.version, marks = form.record.version, read_marks(form.marks)
        clashes = take_over(form, marks)
        known = {clash.key for clash in clashes.both}
        if taken and taken != ALL and taken not in form:
            raise Malformed(_("The request could not be understood."))
        for key in known if taken == ALL else known & {taken}:
            form.keep(key)
        clashes.both = [clash for clash in clashes.both if taken not in (ALL, clash.key)]
        return clashes

    def _form(self, form: RecordForm, **more: Any) -> Any:
        if request.method == "GET":
            form.add_empty_rows()
        if _in_dialog():
            form.rename("dialog-")
        page = form_page(self.datamodel, form)
        template = self.dialog_template if _in_dialog() else self.edit_template
        return self.render_template(template, title=_form_title(form), **page, **more)


def _in_dialog() -> bool:
    return DIALOG in request.values


def _form_title(form: RecordForm) -> Text:
    if form.record is None:
        return _("New: %(list)s", list=form.resource.title)
    return _("Edit %(record)s", record=form.record)
