"""What the API of papers takes and gives, described: as far as this person may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bumen.documents.asked import Asked
from bumen.i18n import LANGUAGES
from bumen.printing.many import MOST_IN_BACKGROUND
from bumen.printing.printing import MOST_AT_ONCE
from bumen.web.described import (
    BINARY,
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    Schema,
    in_path,
    in_query,
    listed,
    many,
    maybe,
    one_of,
    operation,
    thing,
)
from bumen.web.outline import asked_schema_of
from bumen.web.printing.viewing import VIEW
from bumen.web.security import allowed

_KEY, _OLDER = in_path("key", TEXT), in_query("version", NUMBER)
_PAPER = {"key": TEXT, "title": TEXT, "resource": TEXT, "version": NUMBER}
_VERSION = {"number": NUMBER, "note": TEXT, "at": MOMENT, "by": maybe(TEXT), "is_own": FLAG}
_TRIED = thing({"pages": NUMBER, "record": TEXT, "pictures": many(TEXT), "remarks": many(TEXT)})
_SPOKEN = one_of(LANGUAGES)
LANGUAGE = in_query("language", _SPOKEN)
SEVERAL = {
    "in": "query",
    "name": "ids",
    "required": True,
    "description": f"The records, at most {MOST_AT_ONCE}, in this order: 3,5,8.",
    "schema": {**many(NUMBER), "maxItems": MOST_AT_ONCE},
    "style": "form",
    "explode": False,
}
"""What printing several records asks for."""
MANY = thing(
    {"ids": {**many(NUMBER), "minItems": 1, "maxItems": MOST_IN_BACKGROUND}, "language": _SPOKEN},
    required=["ids"],
)
"""What printing many records in the background is sent."""


def describe_papers(spec: Any, base: str, *, asked: Mapping[str, Asked]) -> None:
    """Describe what may be asked of papers, and changed where this person may."""
    if not allowed("read", VIEW):
        return
    sent = {name: asked_schema_of(one.arguments) for name, one in asked.items()}
    template = thing({**_PAPER, "body": TEXT, "is_own": FLAG, "versions": many(thing(_VERSION))})
    shown = thing({**sent["letterhead"]["properties"], "logo": maybe(TEXT)})
    texts = many(thing(sent["texts"]["properties"]))
    letterhead, one = {"get": _done(shown)}, {"get": _done(template, _KEY, _OLDER)}
    around = {"get": _done(texts, _KEY)}
    if allowed("write", VIEW):
        letterhead["put"] = _done(shown, sent=sent["letterhead"])
        one["put"] = _done(template, _KEY, sent=sent["template"])
        around["put"] = _done(texts, _KEY, sent=sent["texts"])
        tried = _done(_TRIED, _KEY, sent=sent["trial"])
        spec.path(f"{base}/{{key}}/preview", operations={"post": tried})
        restored = _done(template, _KEY, sent=sent["restore"])
        spec.path(f"{base}/{{key}}/restore", operations={"post": restored})
    spec.path(f"{base}/", operations={"get": operation(listed(thing(_PAPER)))})
    spec.path(f"{base}/letterhead", operations=letterhead)
    logo = operation(BINARY, media="image/*")
    spec.path(f"{base}/letterhead/logo", operations={"get": logo})
    spec.path(f"{base}/{{key}}", operations=one)
    spec.path(f"{base}/{{key}}/texts", operations=around)


def _done(result: Schema, *parameters: Schema, sent: Schema | None = None) -> Schema:
    return operation(thing({"result": result}), *parameters, sent=sent)
