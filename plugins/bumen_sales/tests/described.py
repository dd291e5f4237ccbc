"""What an OpenAPI document says, and whether answers are as it says."""

from collections.abc import Iterator
from typing import Any

Document = dict[str, Any]

BODILESS = frozenset(
    {"again", "cancel", "check", "done", "reset", "retry", "secret", "seen", "try", "undo"}
)
"""What is asked of something by its address alone."""
_KINDS: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}


def operations_of(document: Document) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield what may be asked: the verb, the path, and what is told of it."""
    for path, deeds in document["paths"].items():
        for verb, told in deeds.items():
            yield verb, path, told


def resolved(document: Document, schema: Any) -> Any:
    """Return a schema, or an answer, that may be told elsewhere."""
    if "$ref" not in schema:
        return schema
    kind, name = schema["$ref"].split("/")[-2:]
    return document["components"][kind][name]


def says_nothing(document: Document, schema: Any) -> bool:
    """Whether nobody could tell from a schema what to send, or what comes."""
    known = resolved(document, schema)
    if known.get("type") == "array":
        return says_nothing(document, known.get("items", {}))
    if known.get("type") == "object":
        return not (known.get("properties") or known.get("additionalProperties"))
    return not (known.get("type") or known.get("oneOf"))


def gaps(document: Document) -> Iterator[str]:
    """Yield what is asked or answered without a schema."""
    for verb, path, told in operations_of(document):
        for status, answered in told["responses"].items():
            bodies = resolved(document, answered).get("content", {}).values()
            if not bodies or any(says_nothing(document, one["schema"]) for one in bodies):
                yield f"{verb} {path} answers {status}"
        sent = told.get("requestBody", {}).get("content", {}).values()
        if any(says_nothing(document, one["schema"]) for one in sent):
            yield f"{verb} {path} takes anything"
        if verb in {"post", "put"} and not sent and path.rpartition("/")[2] not in BODILESS:
            yield f"{verb} {path} takes nothing"


def unlike(document: Document, schema: Any, value: Any, place: str = "") -> Iterator[str]:
    """Yield where an answer is not as it is described: other kinds, and what is not told of."""
    known = resolved(document, schema)
    if value is None:
        if not known.get("nullable"):
            yield f"{place} is null"
        return
    if "oneOf" in known:
        if not any(not list(unlike(document, one, value)) for one in known["oneOf"]):
            yield f"{place} is none of what it may be: {value!r}"
        return
    kind = known.get("type")
    is_number = isinstance(value, bool) and kind in {"integer", "number"}
    if kind and (is_number or not isinstance(value, _KINDS[kind])):
        yield f"{place} is no {kind}: {value!r}"
    elif kind == "array":
        for number, one in enumerate(value):
            yield from unlike(document, known["items"], one, f"{place}[{number}]")
    elif kind == "object":
        for name, one in value.items():
            described = known.get("properties", {}).get(name, known.get("additionalProperties"))
            if described is None and "properties" in known:
                yield f"{place}.{name} is not told of"
            elif described:
                yield from unlike(document, described, one, f"{place}.{name}")
    elif value not in known.get("enum", [value]):
        yield f"{place} is none of the words: {value!r}"
