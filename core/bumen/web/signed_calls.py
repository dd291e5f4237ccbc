"""The calls of others' programs: shown to be theirs, not old, not twice, and then done."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Flask, Response, request
from flask_limiter.util import get_remote_address

from bumen.errors import NotSignedIn
from bumen.host import Host
from bumen.records import asked_values
from bumen.signed_calls import LONGEST_ID, SHORTEST_SECRET, SignedCall, receive
from bumen.unit_of_work import committed, current, moment
from bumen.web.answers import answer
from bumen.web.babel import choose_language
from bumen.web.bodies import body
from bumen.web.unsigned import CALLS, enter_with, limited
from bumen.webhooks.signing import is_signed

LARGEST_CALL = 64 * 1024
OFTEN = "600 per minute"
"""How often one address may call."""
FAILURES = "30 per minute"
"""How often one address may call without showing whose the call is."""


def register_signed_calls(app: Flask, host: Host) -> None:
    """Serve the signed calls of every department that stands."""
    calls = Blueprint(CALLS, __name__)
    address = {"key_func": get_remote_address}
    limits = (OFTEN, address), (FAILURES, {**address, "deduct_when": _failed})
    for name, installed in host.registry.plugins.items():
        for call in installed.plugin.calls:
            rule = f"/api/v1/{name}/calls/{call.name}/<int:ident>"
            endpoint = f"{name}-{call.name}"
            limited(calls, rule, _view(host, call), *limits, endpoint=endpoint, methods=["POST"])
    app.register_blueprint(calls)


def _failed(response: Response) -> bool:
    return response.status_code == NotSignedIn.status


def _view(host: Host, call: SignedCall) -> Callable[[int], Response]:
    def take(ident: int) -> Response:
        request.max_content_length = LARGEST_CALL
        at, record = moment(), enter_with(host, call.model, call.plugin, call.model.id == ident)
        choose_language()
        secret = "" if record is None else getattr(record, call.secret) or ""
        if not _is_theirs(secret, at=at):
            raise NotSignedIn
        with committed(current()):
            given = asked_values(call, body())
            receive(call, record, message_id=request.headers["webhook-id"], at=at)
            told = call.service(record, at=at, **given)
        return answer({"result": dict(told or {})})

    take.__name__ = f"{call.plugin}_{call.name}"
    return take


def _is_theirs(secret: str, *, at: Any) -> bool:
    """Whether a call is signed with the secret; alike for a caller there is not."""
    known = len(secret) >= SHORTEST_SECRET
    signed = is_signed(request.get_data(), dict(request.headers), secret=secret or "-", at=at)
    return known and signed and len(request.headers["webhook-id"]) <= LONGEST_ID
