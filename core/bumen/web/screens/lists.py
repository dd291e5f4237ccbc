"""The list of a resource's records."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose

from bumen.web.list_address import ListAddress
from bumen.web.pages.lists import list_page
from bumen.web.pages.views import VIEW_PAGES
from bumen.web.saved_views import arguments_for
from bumen.web.screens.base import ResourceScreen


class ListScreen(ResourceScreen):
    """The list of a resource, as a page."""

    list_template = "bumen/list/table.html"

    @expose("/list/", methods=("GET",))
    @has_access
    def list(self) -> Any:
        """Show a page of the list."""
        address = ListAddress(self.resource, arguments_for(self.resource, request.args))
        if address.view in VIEW_PAGES:
            template, shown = VIEW_PAGES[address.view](self.datamodel, address)
            return self.render_template(template, **shown)
        return self.render_template(self.list_template, **list_page(self.datamodel, address))
