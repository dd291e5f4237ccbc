"""The page of a record's history: what its tab fetches, and whole for whoever has no scripts."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder.views import expose

from bumen.web.cells import screen_endpoint
from bumen.web.pages.history import history_of_record
from bumen.web.pages.records import department_of
from bumen.web.reached import reads_one
from bumen.web.screens.base import ResourceScreen
from bumen.web.talk import before_asked


class HistoryScreen(ResourceScreen):
    """What became of a record."""

    @expose("/history/<int:ident>", methods=("GET",))
    @reads_one
    def history(self, ident: int) -> Any:
        """Show a page of a record's history, the latest first."""
        record, before = self.datamodel.readable(ident), before_asked()
        shown = history_of_record(self.resource, record, before=before)
        if request.headers.get("HX-Request") == "true":
            return self.render_template(
                "bumen/record/history.html", shown=shown, resource=self.resource
            )
        return self.render_template(
            "bumen/record/history_page.html",
            title=str(record),
            department=department_of(self.resource),
            resource=self.resource,
            record=record,
            endpoint=screen_endpoint(self.resource),
            shown=shown,
        )
