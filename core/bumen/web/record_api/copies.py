"""Duplicating a record, for programs."""

from __future__ import annotations

from typing import Any

from flask import Response, request
from flask_appbuilder.api import expose

from bumen.records import copied_values, create_record
from bumen.resource import READ, WRITE
from bumen.visibility import as_seen
from bumen.web.bodies import body
from bumen.web.record_api.base import RecordApi


class CopyApi(RecordApi):
    """A new record that begins as a copy of another."""

    @expose("/<int:ident>/copy", methods=("POST",))
    def copy(self, ident: int) -> Response:
        """Make a copy of a record; what is sent takes the place of what would be copied."""
        self._require(READ)
        self._require(WRITE, verb="create")
        changes = body() if request.content_length else {}

        def made(by: Any) -> Any:
            source = self._found(ident)
            values = copied_values(as_seen(self.declared, source), source)
            return create_record(self.resource, {**values, **changes}, by=by)

        return self._once(made, status=201, tell=self._told_new)
