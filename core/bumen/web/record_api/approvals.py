"""Approvals of a record for programs: who is asked, who said what, and one's own word."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from flask import Response, request
from flask_appbuilder.api import expose

from bumen.resource import READ
from bumen.web.answers import answer
from bumen.web.approvals.deeds import do
from bumen.web.approvals.showing import foreseen, shown_requests
from bumen.web.bodies import body
from bumen.web.record_api.base import RecordApi


class ApprovalApi(RecordApi):
    """Who decides about a record before it goes on."""

    @expose("/<int:ident>/approvals", methods=("GET",))
    def get_approvals(self, ident: int) -> Response:
        """Answer with the requests about a record, the latest first."""
        self._require(READ)
        found = shown_requests(self.declared, self._found(ident), at=datetime.now(UTC))
        return answer({"result": [one.to_json() for one in found]})

    @expose("/<int:ident>/approvals/preview", methods=("GET",))
    def get_foreseen(self, ident: int) -> Response:
        """Answer with who will be asked if whoever asks submits it, by `action` if one is named."""
        self._require(READ)
        record, action = self._found(ident), request.args.get("action") or None
        found = foreseen(self.declared, record, at=datetime.now(UTC), action=action)
        return answer({"result": [one.to_json() for one in found]})

    @expose("/<int:ident>/approvals/<name>", methods=("POST",))
    def post_approval(self, ident: int, name: str) -> Response:
        """Approve, refuse, add, hand_over, send_back, copy, remind or withdraw; answers the record.

        With an `Idempotency-Key` a repeated request does nothing more.
        """
        self._require(READ)
        values = body() if request.content_length else {}

        def done(_by: Any) -> Any:
            record = self._found(ident)
            do(self.declared, record, name, values, at=datetime.now(UTC))
            return record

        return self._once(done, status=200, tell=self._told)
