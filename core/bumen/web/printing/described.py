"""What the API of papers takes and gives, described: as far as this person may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bumen.documents.asked import Asked
from bumen.i18n import LANGUAGES
from bumen.printing.printing import MOST_AT_ONCE
from bumen.web.outline import asked_schema_of
from bumen.web.printing.viewing import VIEW
from bumen.web.security import allowed


def _file(media: str) -> dict[str, Any]:
    content = {media: {"schema": {"type": "string", "format": "binary"}}}
    return {"description": "Done", "content": content}


_TEXT: dict[str, Any] = {"type": "string"}
_NUMBER: dict[str, Any] = {"type": "integer"}
_FLAG: dict[str, Any] = {"type": "boolean"}
_SOME = {"type": "array", "items": _TEXT}
_KEY = {"in": "path", "name": "key", "required": True, "schema": _TEXT}
_OLDER = {"in": "query", "name": "version", "schema": _NUMBER}
_PAPER = {"key": _TEXT, "title": _TEXT, "resource": _TEXT, "version": _NUMBER}
_VERSION = {
    "number": _NUMBER,
    "note": _TEXT,
    "at": {"type": "string", "format": "date-time"},
    "by": {"type": "string", "nullable": True},
    "is_own": _FLAG,
}
_TRIED = {
    "type": "object",
    "properties": {"pages": _NUMBER, "record": _TEXT, "pictures": _SOME, "remarks": _SOME},
}
LANGUAGE = {"in": "query", "name": "language", "schema": {"type": "string", "enum": [*LANGUAGES]}}
SEVERAL = {
    "in": "query",
    "name": "ids",
    "required": True,
    "description": f"The records, at most {MOST_AT_ONCE}, in this order: 3,5,8.",
    "schema": {"type": "array", "items": _NUMBER, "maxItems": MOST_AT_ONCE},
    "style": "form",
    "explode": False,
}
"""What printing several records asks for."""
PDF_ANSWERED = _file("application/pdf")
"""What papers are answered with."""


def describe_papers(spec: Any, base: str, *, asked: Mapping[str, Asked]) -> None:
    """Describe what may be asked of papers, and changed where this person may."""
    if not allowed("read", VIEW):
        return
    sent = {name: asked_schema_of(one.arguments) for name, one in asked.items()}
    template = _object({**_PAPER, "body": _TEXT, "is_own": _FLAG, "versions": _many(_VERSION)})
    letterhead, one = {"get": _done(sent["letterhead"])}, {"get": _done(template, [_KEY, _OLDER])}
    if allowed("write", VIEW):
        letterhead["put"] = _done(sent["letterhead"], sent=sent["letterhead"])
        one["put"] = _done(template, [_KEY], sent=sent["template"])
        tried = _done(_TRIED, [_KEY], sent=sent["trial"])
        spec.path(f"{base}/{{key}}/preview", operations={"post": tried})
        restored = _done(template, [_KEY], sent=sent["restore"])
        spec.path(f"{base}/{{key}}/restore", operations={"post": restored})
    spec.path(f"{base}/", operations={"get": _done(_many(_PAPER))})
    spec.path(f"{base}/letterhead", operations=letterhead)
    spec.path(
        f"{base}/letterhead/logo", operations={"get": {"responses": {"200": _file("image/*")}}}
    )
    spec.path(f"{base}/{{key}}", operations=one)


def _done(
    result: Mapping[str, Any],
    parameters: list[Any] | None = None,
    *,
    sent: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    content = {"application/json": {"schema": _object({"result": result})}}
    told: dict[str, Any] = {"responses": {"200": {"description": "Done", "content": content}}}
    if parameters:
        told["parameters"] = parameters
    if sent is not None:
        taken = {"application/json": {"schema": sent}}
        told["requestBody"] = {"required": True, "content": taken}
    return told


def _object(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(properties)}


def _many(properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(properties)}
