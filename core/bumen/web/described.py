"""How the OpenAPI document tells programs what they send, and what they are answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Schema = dict[str, Any]

JSON = "application/json"
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "format": "int64"}
FLAG: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
BINARY: Schema = {"type": "string", "format": "binary"}
WORTH: Schema = {"oneOf": [TEXT, {"type": "number"}, FLAG], "nullable": True}
"""A value whose kind depends on what it is of: amounts are texts, counts are numbers."""


def thing(properties: Mapping[str, Schema], *, required: Iterable[str] = ()) -> Schema:
    """Describe an object with these values; `required` are those that have to be sent."""
    named = list(required)
    told: Schema = {"type": "object", "properties": dict(properties)}
    return {**told, "required": named} if named else told


def many(items: Schema) -> Schema:
    """Describe a list."""
    return {"type": "array", "items": items}


def mapping(values: Schema) -> Schema:
    """Describe an object whose names depend on what is asked for."""
    return {"type": "object", "additionalProperties": values}


def maybe(schema: Schema) -> Schema:
    """Describe what may be null."""
    return {**schema, "nullable": True}


def one_of(values: Iterable[str]) -> Schema:
    """Describe a text that is one of these."""
    return {**TEXT, "enum": list(values)}


NAMED = thing({"id": NUMBER, "label": TEXT})
"""A record or a person, as others refer to it."""


def listed(items: Schema, **more: Schema) -> Schema:
    """Describe an answer with a list, and how long it is."""
    return thing({"count": NUMBER, "result": many(items), **more})


def single(result: Schema, **more: Schema) -> Schema:
    """Describe an answer with one of something, and its id."""
    return thing({"id": NUMBER, "result": result, **more})


def in_path(name: str, schema: Schema = NUMBER) -> Schema:
    """Describe a part of an address."""
    return {"in": "path", "name": name, "required": True, "schema": schema}


def in_query(name: str, schema: Schema = TEXT) -> Schema:
    """Describe what may stand behind an address."""
    return {"in": "query", "name": name, "schema": schema}


def content(schema: Schema, *, media: str = JSON) -> Schema:
    """Describe what a body holds."""
    return {"content": {media: {"schema": schema}}}


COMPANY: Schema = {"in": "header", "name": "X-Company", "schema": TEXT}
ONCE: Schema = {
    "in": "header",
    "name": "Idempotency-Key",
    "schema": {"type": "string", "maxLength": 200},
}
ERROR = thing(
    {
        "error": thing(
            {
                "code": TEXT,
                "message": TEXT,
                "fields": mapping(many(TEXT)),
                "request_id": TEXT,
            }
        )
    }
)
_REFUSALS = {
    "400": "Malformed request",
    "401": "Not signed in",
    "403": "Not allowed",
    "404": "Does not exist",
    "409": "Stale version or lost race",
    "422": "Refused by a rule",
    "429": "Too many requests",
}


def operation(
    answered: Schema,
    *parameters: Schema,
    sent: Schema | None = None,
    status: str = "200",
    media: str = JSON,
    **more: Any,
) -> Schema:
    """Describe what may be asked: what it takes, what it answers, and how it may be refused.

    `media` is what kind of file it answers with; `more` is told as it is, such as a `summary`.
    """
    refusals = {code: {"$ref": f"#/components/responses/{_named(code)}"} for code in _REFUSALS}
    done = {"description": "Done", **content(answered, media=media)}
    told: Schema = {"parameters": [COMPANY, *parameters], **more}
    told["responses"] = {status: done, **refusals}
    if sent is not None:
        told["requestBody"] = {"required": True, **content(sent)}
    return told


def describe_refusals(spec: Any) -> None:
    """Describe once how anything may be refused."""
    spec.components.schema("Error", ERROR)
    for code, why in _REFUSALS.items():
        refused = {"description": why, **content(ref("Error"))}
        spec.components.response(_named(code), refused)


def _named(code: str) -> str:
    return f"Refused{code}"


def ref(name: str) -> Schema:
    """Refer to a schema that the document has by name."""
    return {"$ref": f"#/components/schemas/{name}"}
