"""What a calendar shows: the records of a span of days, each on its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from sqlalchemy import Select

from bumen.company.standards import first_weekday
from bumen.errors import NotFound
from bumen.formats import formats_here
from bumen.i18n import translator
from bumen.listing import Listing, whole_of
from bumen.model.describe import Kind, fields_of
from bumen.resource import Resource
from bumen.unit_of_work import current, session, today
from bumen.values import Choice
from bumen.views import Calendar
from bumen.web.cells import screen_endpoint
from bumen.web.list_address import ListAddress
from bumen.web.pages.lists import frame_page
from bumen.web.pages.tables import may
from bumen.web.spans import Span, lying, touching
from bumen.web.store import Store

_ = translator(__file__, "bumen")

MOST_EVENTS = 1000
"""How many records a calendar shows at once."""
_WORDS = {
    "today": _("Today"),
    "month": _("Month"),
    "week": _("Week"),
    "list": _("List"),
    "prev": _("Earlier"),
    "next": _("Later"),
    "close": _("Close"),
    "none": _("Nothing in these days."),
    "allDay": _("All day"),
    "more": _("%(count)s more", count="#"),
}
"""What the script writes on the calendar."""


@dataclass(frozen=True, kw_only=True)
class Event:
    """An event is a record on its day, or from one to another."""

    record: Any
    whose: str
    day: str
    state: Choice | None
    href: str
    edit: str
    start: str
    end: str

    @property
    def title(self) -> str:
        """What people know it by."""
        return f"{self.record} · {self.whose}" if self.whose else str(self.record)

    @property
    def tone(self) -> str:
        """What its state means at a glance."""
        return (self.state.tone or "") if self.state is not None else ""

    def json(self) -> dict[str, Any]:
        """Return what the calendar's script is told."""
        return {
            "id": self.record.id,
            "version": self.record.version,
            "name": str(self.record),
            "whose": self.whose,
            "title": self.title,
            "day": self.day,
            "state": "" if self.state is None else str(self.state.label),
            "tone": self.tone,
            "href": self.href,
            "edit": self.edit,
            "start": self.start,
            "end": self.end,
        }


def calendar_page(store: Store, address: ListAddress) -> tuple[str, dict[str, Any]]:
    """Return what a calendar shows before its script has begun: this month, as a table."""
    resource, company = store.resource, current().company
    on, endpoint = fields_of(resource.model)[calendar_of(resource).on], screen_endpoint(resource)
    events, more = events_in(resource, address.listing, Span.month_of(today()))
    asked: dict[str, Any] = {**address.query(view=None, group=None)}
    return "bumen/views/calendar.html", frame_page(store, address) | {
        "on": on,
        "words": {name: str(word) for name, word in _WORDS.items()},
        "has_hours": on.kind is Kind.MOMENT,
        "first_day": (first_weekday(company.country if company else "") + 1) % 7,
        "today": today().isoformat(),
        "events": events,
        "more": more,
        "most": MOST_EVENTS,
        "events_url": url_for(f"{endpoint}.events", **asked),
    }


def events_in(
    resource: type[Resource], listing: Listing, span: Span
) -> tuple[Sequence[Event], bool]:
    """Return what happens in a span of days, and whether there is more than is shown."""
    rows = session().scalars(_within(resource, listing, span)).all()
    return list(_events(resource, rows[:MOST_EVENTS])), len(rows) > MOST_EVENTS


def calendar_of(resource: type[Resource]) -> Calendar:
    """Return the calendar a resource declares."""
    view = resource.view(Calendar.name)
    if not isinstance(view, Calendar):
        raise NotFound
    return view


def _within(resource: type[Resource], listing: Listing, span: Span) -> Select[Any]:
    model, calendar, known = resource.model, calendar_of(resource), fields_of(resource.model)
    shown = (*model.named_by, calendar.on, calendar.until, _whose(resource), "state")
    names = tuple(name for name in dict.fromkeys(shown) if name in known)
    query = whole_of(resource, replace(listing, columns=names)).order_by(None)
    here = touching(model, calendar, span)
    return query.where(*here).order_by(getattr(model, calendar.on), model.id).limit(MOST_EVENTS + 1)


def _whose(resource: type[Resource]) -> str:
    """Return the first reference a list shows: an order's customer says more than its number."""
    known = fields_of(resource.model)
    references = (name for name in resource.columns if known[name].kind is Kind.REFERENCE)
    return next(references, "")


def _events(resource: type[Resource], rows: Iterable[Any]) -> Iterable[Event]:
    calendar, formats, endpoint = calendar_of(resource), formats_here(), screen_endpoint(resource)
    on, whose = fields_of(resource.model)[calendar.on], _whose(resource)
    movable = calendar.on in resource.written() and may(resource)["change"]
    for record in rows:
        other = getattr(record, whose) if whose else None
        is_open = movable and resource.is_open(record)
        start, end = lying(calendar, record, formats)
        yield Event(
            record=record,
            whose="" if other is None else str(other),
            day=formats.value(on, getattr(record, calendar.on)),
            state=_state(record),
            href=url_for(f"{endpoint}.show", ident=record.id),
            edit=url_for(f"{endpoint}.edit", ident=record.id) if is_open else "",
            start=start,
            end=end,
        )


def _state(record: Any) -> Choice | None:
    state = getattr(record, "state", None)
    return state if isinstance(state, Choice) else None
