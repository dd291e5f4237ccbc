"""Imports as the OpenAPI document tells programs of them."""

from __future__ import annotations

from typing import Any

from bumen.imports import Stage
from bumen.web.described import NAMED, Schema, maybe, thing

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer"}
_FILE: Schema = {"type": "string", "format": "binary"}
_COUNTS = ("created", "updated", "skipped", "refused", "lines", "problems", "problems_kept")
_IMPORT: Schema = {
    "type": "object",
    "properties": {
        "id": _NUMBER,
        **dict.fromkeys(("resource", "file", "encoding", "delimiter", "sheet"), _TEXT),
        "beside": {"type": "array", "items": _TEXT},
        "stage": {"type": "string", "enum": [one.value for one in Stage]},
        "busy": {"type": "boolean"},
        "only_good": {"type": "boolean"},
        "rows": {**_NUMBER, "nullable": True},
        **dict.fromkeys(_COUNTS, _NUMBER),
        "mapping": {"type": "object", "nullable": True},
        "created_at": {"type": "string", "format": "date-time"},
        "created_by": maybe(NAMED),
        "job": {**_TEXT, "nullable": True},
        "error": _TEXT,
    },
}
_PROBLEM: Schema = {
    "type": "object",
    "properties": {
        "row": _NUMBER,
        **dict.fromkeys(("file", "field", "column", "reason"), _TEXT),
    },
}
_PLACE = thing({"row": _NUMBER, "after": _NUMBER})
_SENT: Schema = {
    "type": "object",
    "required": ["resource", "file"],
    "properties": {
        "resource": {**_TEXT, "example": "base.customers"},
        "file": _FILE,
        "mapping": {**_TEXT, "description": "A mapping file (TOML)."},
        "beside": {
            "type": "array",
            "items": _FILE,
            "description": "Files that the mapping takes lines from.",
        },
        **dict.fromkeys(("encoding", "delimiter", "sheet"), _TEXT),
        "check": {"type": "string", "enum": ["0", "1"], "default": "1"},
    },
}
_CORRECTED: Schema = {
    "type": "object",
    "properties": {
        **{name: {**_TEXT, "nullable": True} for name in ("encoding", "delimiter", "sheet")},
        "mapping": {"type": "object", "description": "What a mapping file says, as JSON."},
    },
}
_RUN: Schema = {"type": "object", "properties": {"only_good": {"type": "boolean"}}}
_ID: Schema = {"in": "path", "name": "ident", "required": True, "schema": _NUMBER}


def describe(spec: Any, base: str) -> None:
    """Describe every address of imports."""
    whole = {"type": "object", "properties": {"id": _NUMBER, "result": _IMPORT}}
    one, made = _answers(whole), _answers(whole, status="201")
    asked = [_query("resource", _TEXT), _query("before", _NUMBER)]
    begun = {**made, "requestBody": _body(_SENT, kind="multipart/form-data")}
    listed = {**_answers(_many(_IMPORT, _NUMBER)), "parameters": asked}
    spec.path(f"{base}/", operations={"get": listed, "post": begun})
    here = {"parameters": [_ID]}
    corrected = {**one, **here, "requestBody": _body(_CORRECTED)}
    spec.path(f"{base}/{{ident}}", operations={"get": {**one, **here}, "put": corrected})
    places = [_query(name, _NUMBER) for name in ("row", "after", "undoing")]
    problems = {**_answers(_many(_PROBLEM, _PLACE)), "parameters": [_ID, *places]}
    spec.path(f"{base}/{{ident}}/problems", operations={"get": problems})
    run = {**one, **here, "requestBody": _body(_RUN)}
    for deed, told in (("check", {**one, **here}), ("run", run), ("undo", {**one, **here})):
        spec.path(f"{base}/{{ident}}/{deed}", operations={"post": told})


def _answers(schema: Schema, *, status: str = "200") -> Schema:
    said = {"description": "OK" if status == "200" else "Created", **_body(schema)}
    return {"responses": {status: said}}


def _body(schema: Schema, *, kind: str = "application/json") -> Schema:
    return {"content": {kind: {"schema": schema}}}


def _many(schema: Schema, following: Schema) -> Schema:
    result = {"type": "array", "items": schema}
    properties = {"count": _NUMBER, "result": result, "next": {**following, "nullable": True}}
    return {"type": "object", "properties": properties}


def _query(name: str, schema: Schema) -> Schema:
    return {"in": "query", "name": name, "schema": schema}
