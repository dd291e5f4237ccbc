"""What the API of webhooks takes and gives, described: as far as this person may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bumen.dispatching import VIEW
from bumen.web.security import allowed
from bumen.webhooks import DeliveryState
from bumen.webhooks.models import LONGEST_NAME, LONGEST_URL, Trouble

_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "integer"}
_FLAG: dict[str, Any] = {"type": "boolean"}
_MOMENT: dict[str, Any] = {"type": "string", "format": "date-time", "nullable": True}
_NAME: dict[str, Any] = {"type": "string", "maxLength": LONGEST_NAME}
_URL: dict[str, Any] = {"type": "string", "format": "uri", "maxLength": LONGEST_URL}
_EVENTS: dict[str, Any] = {"type": "array", "items": _TEXT, "minItems": 1}
_SENT = {"name": _NAME, "url": _URL, "events": _EVENTS, "enabled": _FLAG}
_WEBHOOK = {
    "id": _NUMBER,
    "version": _NUMBER,
    **_SENT,
    "failures": _NUMBER,
    "failing_since": _MOMENT,
    "stopped_at": _MOMENT,
}
_WITH_SECRET = {**_WEBHOOK, "secret": _TEXT}
_DELIVERY = {
    "id": _NUMBER,
    "message_id": _TEXT,
    "event": _TEXT,
    "body": _TEXT,
    "state": {"type": "string", "enum": [one.value for one in DeliveryState]},
    "created_at": {"type": "string", "format": "date-time"},
    "due_at": _MOMENT,
    "attempts": _NUMBER,
    "tried_at": _MOMENT,
    "took_ms": {**_NUMBER, "nullable": True},
    "status": {**_NUMBER, "nullable": True},
    "answer": {**_TEXT, "nullable": True},
    "trouble": {"type": "string", "nullable": True, "enum": [one.value for one in Trouble]},
}
_ID = {"in": "path", "name": "ident", "required": True, "schema": _NUMBER}
_WHICH = {**_ID, "name": "number"}
_BEFORE = {"in": "query", "name": "before", "schema": _NUMBER}


def describe_webhooks(spec: Any, base: str) -> None:
    """Describe webhooks, as far as this person may look at them or change them."""
    if not allowed("read", VIEW):
        return
    writes = allowed("write", VIEW)
    for path, deeds in _deeds().items():
        told = {verb: deed for verb, deed in deeds.items() if writes or verb == "get"}
        if told:
            spec.path(f"{base}{path}", operations=told)


def _deeds() -> dict[str, dict[str, Any]]:
    made, changed = _body(_SENT, ["name", "url", "events"]), {**_SENT, "version": _NUMBER}
    event = {"event": _TEXT, "title": _TEXT}
    older = {"next": {**_NUMBER, "nullable": True}}
    return {
        "/": {
            "get": _answered(_many({**_WEBHOOK, "waiting": _NUMBER})),
            "post": {**_answered(_WITH_SECRET, status="201"), "requestBody": made},
        },
        "/events": {"get": _answered(_many(event))},
        "/{ident}": {
            "get": _answered(_WEBHOOK, _ID),
            "put": {**_answered(_WEBHOOK, _ID), "requestBody": _body(changed, ["version"])},
            "delete": _answered(None, _ID),
        },
        "/{ident}/deliveries": {"get": _answered(_many(_DELIVERY), _ID, _BEFORE, more=older)},
        "/{ident}/secret": {"post": _answered(_WITH_SECRET, _ID)},
        "/{ident}/try": {"post": _answered(_DELIVERY, _ID, status="202")},
        "/{ident}/deliveries/{number}/again": {
            "post": _answered(_DELIVERY, _ID, _WHICH, status="202")
        },
    }


def _answered(
    result: Mapping[str, Any] | None,
    *parameters: Any,
    status: str = "200",
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Describe an answer: `result` as the properties of an object, or a whole schema."""
    is_whole = result is not None and result.get("type") == "array"
    told: dict[str, Any] = {"id": _NUMBER}
    if result is not None:
        told = {"count": _NUMBER} if is_whole else told
        told["result"] = dict(result) if is_whole else _object(result)
    content = {"application/json": {"schema": _object({**told, **(more or {})})}}
    described: dict[str, Any] = {"responses": {status: {"description": "OK", "content": content}}}
    if parameters:
        described["parameters"] = list(parameters)
    return described


def _body(properties: Mapping[str, Any], required: list[str]) -> dict[str, Any]:
    schema = {**_object(properties), "required": required}
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties)}


def _many(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties)}
