"""The inbox through the API: what waits, how much, and putting notices away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from flask_appbuilder.api import BaseApi, expose

from bumen.inbox import Kind, page_of, sources_of
from bumen.notices.seeing import notice_of, see, see_all
from bumen.unit_of_work import committed, current
from bumen.web.answers import answer
from bumen.web.inbox.deeds import finish_own
from bumen.web.inbox.described import describe_inbox
from bumen.web.inbox.pages import mark_in, tab_in
from bumen.web.inbox.viewing import Line, inbox_count, lines_of, viewer
from bumen.web.security import somebody_here

BASE = "/api/v1/core/inbox"


class InboxApi(BaseApi):
    """One's own inbox as JSON."""

    route_base = BASE

    @expose("/", methods=("GET",))
    def get_list(self) -> Response:
        """Answer with a page of a tab, the newest first, and how much waits in all."""
        somebody_here()
        tab = tab_in(request.args.get("tab"))
        page = page_of(sources_of(tab, viewer()), after=mark_in(request.args.get("after")))
        result = [_told(line) for line in lines_of(page.items)]
        return answer({"count": inbox_count(), "result": result, "next": page.next or None})

    @expose("/notices/<int:ident>/seen", methods=("POST",))
    def see(self, ident: int) -> Response:
        """Remember that a notice was looked at."""
        user = somebody_here()
        with committed(current()):
            see(notice_of(ident, by=user), at=datetime.now(UTC))
        return answer({"count": inbox_count()})

    @expose("/notices/seen", methods=("POST",))
    def see_all(self) -> Response:
        """Remember that every notice was looked at."""
        user = somebody_here()
        with committed(current()):
            see_all(by=user, at=datetime.now(UTC))
        return answer({"count": inbox_count()})

    @expose("/activities/<int:ident>/done", methods=("POST",))
    def finish(self, ident: int) -> Response:
        """Say that one's own activity is done."""
        user = somebody_here()
        with committed(current()):
            finish_own(ident, by=user)
        return answer({"count": inbox_count()})

    def describe(self, spec: Any) -> None:
        """Describe the inbox."""
        describe_inbox(spec, self.route_base)


def _told(line: Line) -> dict[str, Any]:
    item = line.item
    told = {
        "kind": item.kind.value,
        "id": item.id,
        "text": item.text,
        "resource": item.resource,
        "record": {"id": item.record_id, "label": item.label} if line.url else None,
        "at": item.at,
        "due_on": item.due_on,
        "late": item.late,
        "seen": item.seen,
        "who": {"id": item.who, "label": line.who} if item.who else None,
        "instead_of": (
            {"id": item.instead_of, "label": line.instead_of} if item.instead_of else None
        ),
    }
    if item.kind is Kind.APPROVAL and item.state is None:
        told["request_id"] = item.request.id
        told["opinion_needed"] = {"yes": True in line.needs, "no": False in line.needs}
    return told
