"""Approvals of a record for programs: who is asked, who said what, and one's own word."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from flask_appbuilder.api import expose

from bumen.web.answers import answer
from bumen.web.approvals.deeds import do
from bumen.web.approvals.foreseeing import foreseen
from bumen.web.approvals.showing import shown_requests
from bumen.web.bodies import body
from bumen.web.record_api.base import RecordApi


class ApprovalApi(RecordApi):
    """Who decides about a record before it goes on."""

    @expose("/<int:ident>/approvals", methods=("GET",))
    def get_approvals(self, ident: int) -> Response:
        """Answer with the requests about a record, the latest first."""
        found = shown_requests(self.declared, self._to_read(ident), at=datetime.now(UTC))
        return answer({"result": [one.to_json() for one in found]})

    @expose("/<int:ident>/approvals/preview", methods=("GET",))
    def get_foreseen(self, ident: int) -> Response:
        """Answer with who will be asked if whoever asks submits it, by `action` if one is named."""
        record, action = self._to_read(ident), request.args.get("action") or None
        found = foreseen(self.declared, record, at=datetime.now(UTC), action=action)
        return answer({"result": [one.to_json() for one in found]})

    @expose("/<int:ident>/approvals/<name>", methods=("POST",))
    def post_approval(self, ident: int, name: str) -> Response:
        """Approve, refuse, add, hand_over, send_back, copy, remind or withdraw; answers the record.

        With an `Idempotency-Key` a repeated request does nothing more.
        """
        self._require_reading(ident)
        values = body() if request.content_length else {}

        def done(_by: Any) -> Any:
            record = self._to_read(ident)
            do(self.declared, record, name, values, at=datetime.now(UTC))
            return record

        return self._once(done, status=200, tell=self._told)
