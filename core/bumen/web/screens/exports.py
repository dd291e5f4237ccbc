"""A list as a file: the columns, filters and order that its reader has chosen."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose
from werkzeug.datastructures import MultiDict

from bumen.exchange.export import format_named, refuse_too_many, sheet_of
from bumen.web.downloads import download
from bumen.web.list_address import ListAddress
from bumen.web.screens.base import ResourceScreen

_OF_THE_PAGE = {"format", "after", "before", "last", "page", "at", "size", "saved", "view", "group"}
"""What an address says of one page, or of one way to look at it; a file has all rows."""


class ExportScreen(ResourceScreen):
    """The list of a resource, as a file."""

    @expose("/export", methods=("GET",))
    @has_access
    def export(self) -> Any:
        """Answer with the whole list as a file: `format` is csv or xlsx."""
        kind = format_named(request.args.get("format", "csv"))
        every = request.args.items(multi=True)
        asked = MultiDict((name, value) for name, value in every if name not in _OF_THE_PAGE)
        listing = ListAddress(self.resource, asked).listing
        refuse_too_many(self.resource, listing)
        name = self.resource.key().replace(".", "-")
        return download(sheet_of(self.resource, listing), kind, name=name)
