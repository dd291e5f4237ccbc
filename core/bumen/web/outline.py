"""What a resource offers, told to programs: for `_info` and for OpenAPI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bumen.argument import Argument
from bumen.listing import operators
from bumen.model.describe import Described, Kind, fields_of
from bumen.resource import Action, Lines, Resource
from bumen.web.described import NAMED, maybe

_TYPES: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"type": "string"},
    Kind.LONG_TEXT: {"type": "string"},
    Kind.NUMBER: {"type": "integer", "format": "int64"},
    Kind.DECIMAL: {"type": "string", "format": "decimal"},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.MOMENT: {"type": "string", "format": "date-time"},
    Kind.FLAG: {"type": "boolean"},
    Kind.PICTURE: {"type": "string", "format": "byte"},
    Kind.CHOICE: {"type": "string"},
    Kind.REFERENCE: {"type": "integer", "format": "int64"},
}


def outline(resource: type[Resource], actions: Iterable[Action]) -> dict[str, Any]:
    """Return the fields, filters and orders of a resource, and its actions, as JSON values."""
    known, written = fields_of(resource.model), set(resource.written())
    return {
        "key": resource.key(),
        "title": str(resource.title),
        "fields": {
            known[name].key: {
                **schema_of(known[name]),
                "required": known[name].required and name in written,
                "readOnly": name not in written,
            }
            for name in resource.shown()
        },
        "lines": {lines.name: line_schema(lines) for lines in resource.lines},
        "filters": {known[n].key: list(operators(known[n])) for n in resource.filtered()},
        "orders": [known[name].key for name in resource.sorted()],
        "actions": [{"name": action.name, "label": str(action.label)} for action in actions],
    }


def schema_of(described: Described) -> dict[str, Any]:
    """Return the JSON schema of a field."""
    about, found = described.about, dict(_TYPES[described.kind])
    found["title"] = str(about.label)
    if about.help:
        found["description"] = str(about.help)
    if described.nullable:
        found["nullable"] = True
    if described.length:
        found["maxLength"] = described.length
    if described.choices:
        found["enum"] = [member.value for member in described.choices]
    if described.scale is not None:
        found["pattern"] = rf"^-?[0-9]+(\.[0-9]{{1,{described.scale}}})?$"
    return found


def line_schema(lines: type[Lines], *, written_only: bool = False) -> dict[str, Any]:
    """Return the JSON schema of a document's line."""
    known = fields_of(lines.model)
    shown = () if written_only else lines.shown
    properties = {known[name].key: schema_of(known[name]) for name in (*lines.fields, *shown)}
    required = [known[name].key for name in lines.fields if known[name].required]
    properties["id"] = dict(_TYPES[Kind.NUMBER])
    if not written_only:
        properties["position"] = dict(_TYPES[Kind.NUMBER])
        properties |= _labels(known[name] for name in (*lines.fields, *shown))
    return {"type": "object", "properties": properties, **_required(required)}


def write_schema_of(resource: type[Resource], *, changing: bool) -> dict[str, Any]:
    """Return the JSON schema of what is sent to make or change a record."""
    known = fields_of(resource.model)
    properties = {known[name].key: schema_of(known[name]) for name in resource.written()}
    for lines in resource.lines:
        items = line_schema(lines, written_only=True)
        properties[lines.name] = {"type": "array", "items": items}
    required = [known[name].key for name in resource.written() if known[name].required]
    if changing:
        properties["version"], required = dict(_TYPES[Kind.NUMBER]), ["version"]
    return {"type": "object", "properties": properties, **_required(required)}


def read_schema_of(resource: type[Resource]) -> dict[str, Any]:
    """Return the JSON schema of a record as it is read."""
    known = fields_of(resource.model)
    properties: dict[str, Any] = {"id": dict(_TYPES[Kind.NUMBER])}
    for name in resource.shown():
        properties[known[name].key] = schema_of(known[name])
    properties |= _labels(known[name] for name in resource.shown())
    for lines in resource.lines:
        properties[lines.name] = {"type": "array", "items": line_schema(lines)}
    return {"type": "object", "properties": properties}


def _labels(described: Iterable[Described]) -> dict[str, Any]:
    """Return what references are read as beside their ids, by their names."""
    names = [one.name for one in described if one.kind is Kind.REFERENCE]
    return {name: maybe(NAMED) for name in names}


def argument_schema_of(arguments: tuple[Argument, ...]) -> dict[str, Any]:
    """Return the JSON schema of what an action is sent: its arguments, and the version read."""
    asked = asked_schema_of(arguments)
    version = {"version": dict(_TYPES[Kind.NUMBER])}
    required = [*asked.get("required", []), *version]
    return {**asked, "properties": asked["properties"] | version, "required": required}


def asked_schema_of(arguments: tuple[Argument, ...]) -> dict[str, Any]:
    """Return the JSON schema of an object with these arguments."""
    properties = {one.key: _argument_schema(one) for one in arguments}
    required = [one.key for one in arguments if one.required]
    return {"type": "object", "properties": properties, **_required(required)}


def _argument_schema(argument: Argument) -> dict[str, Any]:
    found = {**_TYPES[argument.kind], "title": str(argument.label)}
    limits = {"minimum": argument.minimum, "maximum": argument.maximum}
    if argument.kind is Kind.NUMBER:
        found |= {name: limit for name, limit in limits.items() if limit is not None}
    return found


def _required(names: list[str]) -> dict[str, Any]:
    return {"required": names} if names else {}
