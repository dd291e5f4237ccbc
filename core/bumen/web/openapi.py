"""One OpenAPI document: what is on for the company, and allowed to this person."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from flask import Response, current_app, request
from flask_appbuilder import AppBuilder
from flask_appbuilder.api import BaseApi, expose

import bumen.web.outline as outlines
from bumen.host import Host
from bumen.resource import READ, WRITE, Resource, with_opinion
from bumen.unit_of_work import current
from bumen.web.answers import answer
from bumen.web.house import actions_of, printouts_of
from bumen.web.openapi_trail import trail_of
from bumen.web.printing.described import LANGUAGE, PDF_ANSWERED, SEVERAL
from bumen.web.security import allowed, signed_in

_ID = {"in": "path", "name": "ident", "required": True, "schema": {"type": "integer"}}
_NAMED = {"in": "path", "name": "name", "required": True, "schema": {"type": "string"}}
_Q = {
    "in": "query",
    "name": "q",
    "description": "Filters, order, page (or after, before), columns, search; Rison or JSON.",
    "schema": {"type": "string"},
}
_KEY = {"in": "header", "name": "Idempotency-Key", "schema": {"type": "string", "maxLength": 200}}
_COMPANY = {"in": "header", "name": "X-Company", "schema": {"type": "string"}}
_ERROR = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "fields": {"type": "object"},
                "request_id": {"type": "string"},
            },
        }
    },
}
_REFUSALS = {
    "400": "Malformed request",
    "401": "Not signed in",
    "403": "Not allowed",
    "404": "Does not exist",
    "409": "Stale version or lost race",
    "422": "Refused by a rule",
    "429": "Too many requests",
}


class OpenApi(BaseApi):
    """The document that describes the API."""

    route_base = "/api/v1"

    @expose("/_openapi", methods=("GET",))
    def get(self) -> Response:
        """Describe what this person may do for this company."""
        signed_in()
        spec = APISpec(
            title="Bumen",
            version="v1",
            openapi_version="3.0.3",
            servers=[{"url": request.host_url}],
            security=[{"jwt": []}],
        )
        spec.components.security_scheme("jwt", {"type": "http", "scheme": "bearer"})
        spec.components.schema("Error", _ERROR)
        views = current_app.extensions["appbuilder"].baseviews if current().company else ()
        for view in views:
            if hasattr(view, "describe"):
                view.describe(spec)
        return answer(spec.to_dict())


def register_openapi(appbuilder: AppBuilder, _host: Host) -> None:
    """Add the document to the application."""
    appbuilder.add_view_no_menu(OpenApi)


def describe_resource(spec: APISpec, resource: type[Resource]) -> None:
    """Add the paths of a resource, as far as it is on and this person may."""
    view = resource.permission()
    if resource.plugin() not in current().on or not allowed(READ, view):
        return
    name = resource.key().replace(".", "_")
    for part, schema in _schemas(resource).items():
        spec.components.schema(f"{name}_{part}", schema)
    base = f"/api/v1/{resource.plugin()}/{resource.path()}/"
    writes = resource.can if allowed(WRITE, view) else frozenset()
    spec.path(base, operations=_of_list(resource, name, writes))
    spec.path(f"{base}{{ident}}", operations=_of_one(resource, name, writes))
    spec.path(f"{base}_info", operations={"get": _operation(resource, {"type": "object"})})
    actions = actions_of(resource)
    if actions:
        every = _operation(resource, {"type": "object"}, parameters=[_ID])
        spec.path(f"{base}{{ident}}/actions", operations={"get": every})
    if hasattr(resource.model, "workflow"):
        moved = _operation(resource, {"type": "object"}, parameters=[_ID])
        spec.path(f"{base}{{ident}}/movements", operations={"get": moved})
    _describe_trail(spec, resource, base)
    _describe_papers(spec, resource, base)
    _describe_actions(spec, resource, base, _ref(f"{name}_one"))


def _describe_actions(
    spec: APISpec, resource: type[Resource], base: str, told: dict[str, Any]
) -> None:
    for action in actions_of(resource):
        if allowed(action.name, resource.permission()):
            asked = with_opinion(action, required=False).arguments
            sent = outlines.argument_schema_of(tuple(asked))
            done = _operation(resource, told, parameters=[_ID, _KEY], sent=sent)
            done["summary"] = str(action.label)
            spec.path(f"{base}{{ident}}/actions/{action.name}", operations={"post": done})


def _describe_papers(spec: APISpec, resource: type[Resource], base: str) -> None:
    """Describe what is printed as PDF: of one record, and of several as one file."""
    if not printouts_of(resource):
        return
    for path, asked in (("{ident}/printouts/{name}", _ID), ("printouts/{name}", SEVERAL)):
        told = _operation(resource, {}, parameters=[_NAMED, asked, LANGUAGE])
        told["responses"]["200"] = PDF_ANSWERED
        spec.path(f"{base}{path}", operations={"get": told})


def _describe_trail(spec: APISpec, resource: type[Resource], base: str) -> None:
    writes = allowed(WRITE, resource.permission())
    for route in trail_of(resource):
        if route.writes and not writes:
            continue
        asked_for = [_ID, *route.parameters, *([_KEY] if route.is_keyed else [])]
        told = _operation(
            resource,
            {"type": "object"},
            parameters=asked_for,
            sent=route.sent,
            status=route.status,
        )
        if route.sent is not None:
            content = told["requestBody"]["content"]
            told["requestBody"]["content"] = {route.media: content["application/json"]}
        spec.path(f"{base}{{ident}}/{route.path}", operations={route.method: told})


def _schemas(resource: type[Resource]) -> dict[str, Any]:
    read = outlines.read_schema_of(resource)
    number, many = {"type": "integer"}, {"type": "array", "items": read}
    token = {"type": "string", "nullable": True, "description": "For `after` or `before` in `q`."}
    ids = {"type": "array", "items": number}
    page = {"count": number, "ids": ids, "next": token, "previous": token}
    return {
        "create": outlines.write_schema_of(resource, changing=False),
        "change": outlines.write_schema_of(resource, changing=True),
        "one": {"type": "object", "properties": {"id": number, "result": read}},
        "page": {"type": "object", "properties": {**page, "result": many}},
    }


def _of_list(resource: type[Resource], name: str, writes: Any) -> dict[str, Any]:
    found = {"get": _operation(resource, _ref(f"{name}_page"), parameters=[_Q])}
    if "create" in writes:
        sent = _ref(f"{name}_create")
        found["post"] = _operation(
            resource, _ref(f"{name}_one"), parameters=[_KEY], sent=sent, status="201"
        )
    return found


def _of_one(resource: type[Resource], name: str, writes: Any) -> dict[str, Any]:
    one = _ref(f"{name}_one")
    found = {"get": _operation(resource, one, parameters=[_ID])}
    if "change" in writes:
        found["put"] = _operation(resource, one, parameters=[_ID], sent=_ref(f"{name}_change"))
    if "delete" in writes:
        found["delete"] = _operation(resource, {"type": "object"}, parameters=[_ID])
    return found


def _operation(
    resource: type[Resource],
    answered: dict[str, Any],
    *,
    parameters: list[Any] | None = None,
    sent: dict[str, Any] | None = None,
    status: str = "200",
) -> dict[str, Any]:
    error = {"application/json": {"schema": _ref("Error")}}
    responses = {code: {"description": why, "content": error} for code, why in _REFUSALS.items()}
    done = {"description": "Done", "content": {"application/json": {"schema": answered}}}
    operation: dict[str, Any] = {
        "tags": [str(resource.title)],
        "parameters": [_COMPANY, *(parameters or [])],
        "responses": {status: done, **responses},
    }
    if sent is not None:
        body = {"required": True, "content": {"application/json": {"schema": sent}}}
        operation["requestBody"] = body
    return operation


def _ref(name: str) -> dict[str, Any]:
    return {"$ref": f"#/components/schemas/{name}"}
