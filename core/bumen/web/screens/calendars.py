"""What a calendar asks for, and what is moved in it."""

from __future__ import annotations

from typing import Any

from flask import request
from flask_appbuilder.security.decorators import has_access
from flask_appbuilder.views import expose
from werkzeug.datastructures import MultiDict

from bumen.errors import BusinessError, NotFound
from bumen.formats import formats_here
from bumen.i18n import Text, translator
from bumen.model.describe import fields_of
from bumen.records import NoLongerOpen
from bumen.unit_of_work import committed, current
from bumen.web.answers import answer, refusal
from bumen.web.forms import version_in
from bumen.web.list_address import ListAddress
from bumen.web.pages.calendars import calendar_of, events_in
from bumen.web.screens.base import ResourceScreen
from bumen.web.screens.moved import answered
from bumen.web.spans import Span, moved_to

_ = translator(__file__, "bumen")


class CalendarScreen(ResourceScreen):
    """The calendar of a resource: what happens when, and moving it to another day."""

    @expose("/calendar", methods=("GET",))
    @has_access
    def events(self) -> Any:
        """Answer with what happens from `start` on and before `end`, as far as the list shows it.

        {"events": [{"id", "version", "title", "start", "end", "href", …}], "more": false}
        """
        try:
            asked = MultiDict(request.args)
            start, end = asked.pop("start", ""), asked.pop("end", "")
            span = Span.asked_for(start, end)
            address = ListAddress(self.resource, asked)
            events, more = events_in(self.resource, address.listing, span)
            return answer({"events": [event.json() for event in events], "more": more})
        except BusinessError as why:
            return refusal(why)

    @expose("/calendar/<int:ident>", methods=("POST",))
    @has_access
    def reschedule(self, ident: int) -> Any:
        """Move a record to another day; what it lasts stays as it is."""
        return answered(f"{self.endpoint}.list", lambda: self._rescheduled(ident))

    def _rescheduled(self, ident: int) -> Text:
        record = self.datamodel.one(ident)
        calendar = calendar_of(self.resource)
        if calendar.on not in self.resource.written():
            raise NotFound
        version = version_in(request.form)
        values = moved_to(calendar, record, request.form.get("start", ""))
        if not self.resource.is_open(record):
            raise NoLongerOpen(record)
        with committed(current()):
            self.datamodel.change(record, values, version=version)
        on = fields_of(self.resource.model)[calendar.on]
        day = formats_here().value(on, getattr(record, calendar.on))
        return _("%(record)s: %(day)s", record=record, day=day)
