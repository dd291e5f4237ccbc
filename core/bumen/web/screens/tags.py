"""Putting tags on a record from its page."""

from __future__ import annotations

import re
from typing import Any

from flask import flash, redirect, request, url_for
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.documents.tags import tag_record
from bumen.errors import BusinessError, NotFound
from bumen.i18n import translator
from bumen.model import Keeps
from bumen.unit_of_work import committed, current
from bumen.web.screens.base import ResourceScreen

_ = translator(__file__, "bumen")

_COMMAS = re.compile(r"[,，、;；\n]")
"""What people put between two tags, in whichever script."""


class TagScreen(ResourceScreen):
    """The tags of a record."""

    @expose("/<int:ident>/tags", methods=("POST",))
    @has_access
    def retag(self, ident: int) -> Any:
        """Let a record bear the tags that were sent, and no others."""
        if Keeps.TAGS not in self.declared.model.keeps:
            raise NotFound
        record = self.datamodel.one(ident)
        typed = _COMMAS.split(request.form.get("tags", ""))
        try:
            with committed(current()):
                tag_record(self.declared, record, [one for one in typed if one.strip()])
        except BusinessError as refusal:
            for said in [one for every in refusal.fields.values() for one in every]:
                flash(str(said), "danger")
        else:
            flash(str(_("The tags have been saved.")), "success")
        return redirect(url_for(f"{self.endpoint}.show", ident=ident))
