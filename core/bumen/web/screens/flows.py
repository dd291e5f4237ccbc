"""How records of a resource flow: drawn, with how many stand where, or where one of them does."""

from __future__ import annotations

from typing import Any

from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.web.pages.flow_page import flow_page
from bumen.web.reached import reads_one
from bumen.web.screens.base import ResourceScreen


class FlowScreen(ResourceScreen):
    """The flow of a resource, as a page."""

    flow_template = "bumen/flow/flow.html"

    @expose("/flow", methods=("GET",))
    @has_access
    def flow(self) -> Any:
        """Show the flow, and how many records stand where."""
        return self.render_template(self.flow_template, **flow_page(self.resource))

    @expose("/flow/<int:ident>", methods=("GET",))
    @reads_one
    def flow_of_one(self, ident: int) -> Any:
        """Show the flow, and where one record stands in it."""
        record = self.datamodel.readable(ident)
        return self.render_template(self.flow_template, **flow_page(self.resource, record))
