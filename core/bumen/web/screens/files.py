"""Attaching files on a record's page, and taking them away.

With a script only the tab is drawn again; without one the whole page is.
"""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.documents.attachments import file_of, take_file_away
from bumen.errors import BusinessError, NotFound
from bumen.i18n import translator
from bumen.model import Keeps
from bumen.unit_of_work import committed, current
from bumen.web.attachments import attach_sent
from bumen.web.pages.files import TAB, files_tab
from bumen.web.screens.base import ResourceScreen, say_refusal

_ = translator(__file__, "bumen")

_PART = "HX-Request"


class FileScreen(ResourceScreen):
    """The files of a record."""

    @expose("/<int:ident>/files", methods=("POST",))
    @has_access
    def attach(self, ident: int) -> Any:
        """Attach what was chosen or dropped; all of it or nothing."""
        record = self._keeping_files(ident)
        try:
            with committed(current()):
                names = [file.name for file in attach_sent(self.declared, record)]
        except BusinessError as refusal:
            return self._files(ident, refusal=refusal)
        said = _("%(name)s has been attached.", name=", ".join(names))
        return self._files(ident, said=str(said))

    @expose("/<int:ident>/files/<int:file_id>/drop", methods=("POST",))
    @has_access
    def drop_file(self, ident: int, file_id: int) -> Any:
        """Take a file away."""
        record = self._keeping_files(ident)
        try:
            with committed(current()) as unit:
                file = unit.session.scalar(file_of(self.declared, record, file_id))
                if file is None:
                    raise NotFound
                name = file.name
                take_file_away(self.resource, record, file, by=unit.user)
        except NotFound:
            raise
        except BusinessError as refusal:
            return self._files(ident, refusal=refusal)
        return self._files(ident, said=str(_("%(record)s has been deleted.", record=name)))

    def _keeping_files(self, ident: int) -> Any:
        if Keeps.FILES not in self.declared.model.keeps:
            raise NotFound
        return self.datamodel.one(ident)

    def _files(self, ident: int, *, refusal: BusinessError | None = None, said: str = "") -> Any:
        """Show the files as they are now, and what became of it."""
        if request.headers.get(_PART) is None:
            if refusal is not None:
                say_refusal(refusal)
                _flash_details(refusal)
            else:
                flash(said, "success")
            return redirect(url_for(f"{self.endpoint}.show", ident=ident, _anchor=f"tab-{TAB}"))
        tab = files_tab(self.declared, self.datamodel.one(ident), refusal=refusal)
        if tab is None:
            raise NotFound
        drawn = render_template(tab.template, shown={**tab.values, "said": said})
        return drawn, 200 if refusal is None else refusal.status


def _flash_details(refusal: BusinessError) -> None:
    """Say what is wrong with single files, where the refusal itself says only that something is."""
    for said in (one for every in refusal.fields.values() for one in every):
        if str(said) != str(refusal.message):
            flash(str(said), "danger")
