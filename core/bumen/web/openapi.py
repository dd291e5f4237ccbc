"""One OpenAPI document: what is on for the company, and allowed to this person."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from flask import Response, current_app, request
from flask_appbuilder import AppBuilder
from flask_appbuilder.api import BaseApi, expose

import bumen.web.outline as outlines
import bumen.web.record_api.described as about
from bumen.host import Host
from bumen.model.describe import Kind, fields_of
from bumen.resource import READ, WRITE, Resource, with_opinion
from bumen.unit_of_work import current
from bumen.web.answers import answer
from bumen.web.departments import describe_departments
from bumen.web.described import (
    BINARY,
    NUMBER,
    ONCE,
    TEXT,
    Schema,
    content,
    describe_refusals,
    in_path,
    in_query,
    listed,
    many,
    maybe,
    operation,
    ref,
    single,
)
from bumen.web.house import actions_of, printouts_of
from bumen.web.jobs.described import BEGUN
from bumen.web.openapi_trail import trail_of
from bumen.web.printing.asked import PDF
from bumen.web.printing.described import LANGUAGE, MANY, SEVERAL
from bumen.web.security import allowed, signed_in
from bumen.web.tags import describe_tags

_ID, _NAMED = in_path("ident"), in_path("name", TEXT)
_Q = {
    **in_query("q"),
    "description": "Filters, order, page (or after, before), columns, search; Rison or JSON.",
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
        describe_refusals(spec)
        views = current_app.extensions["appbuilder"].baseviews if current().company else ()
        for view in views:
            if hasattr(view, "describe"):
                view.describe(spec)
        if current().company:
            describe_tags(spec)
            describe_departments(spec)
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
    spec.path(f"{base}_info", operations={"get": _operation(resource, about.INFO)})
    if actions_of(resource):
        every = _operation(resource, about.OFFERS, _ID)
        spec.path(f"{base}{{ident}}/actions", operations={"get": every})
    if hasattr(resource.model, "workflow"):
        moved = _operation(resource, about.MOVEMENTS, _ID)
        spec.path(f"{base}{{ident}}/movements", operations={"get": moved})
    if any(one.kind is Kind.PICTURE for one in fields_of(resource.model).values()):
        picture = _operation(resource, BINARY, _ID, _NAMED, media="image/*")
        spec.path(f"{base}{{ident}}/pictures/{{name}}", operations={"get": picture})
    _describe_trail(spec, resource, base, ref(f"{name}_one"))
    _describe_papers(spec, resource, base)
    _describe_actions(spec, resource, base, ref(f"{name}_one"))


def _describe_actions(spec: APISpec, resource: type[Resource], base: str, told: Schema) -> None:
    for action in actions_of(resource):
        if allowed(action.name, resource.permission()):
            asked = with_opinion(action, required=False).arguments
            sent = outlines.argument_schema_of(tuple(asked))
            done = _operation(resource, told, _ID, ONCE, sent=sent, summary=str(action.label))
            spec.path(f"{base}{{ident}}/actions/{action.name}", operations={"post": done})


def _describe_papers(spec: APISpec, resource: type[Resource], base: str) -> None:
    """Describe what is printed as PDF: of one record, of several, of many in the background."""
    if not printouts_of(resource):
        return
    one = _operation(resource, BINARY, _ID, _NAMED, LANGUAGE, media=PDF)
    several = _operation(resource, BINARY, _NAMED, SEVERAL, LANGUAGE, media=PDF)
    begun = _operation(resource, BEGUN, _NAMED, ONCE, sent=MANY, status="202")
    spec.path(f"{base}{{ident}}/printouts/{{name}}", operations={"get": one})
    spec.path(f"{base}printouts/{{name}}", operations={"get": several, "post": begun})


def _describe_trail(spec: APISpec, resource: type[Resource], base: str, record: Schema) -> None:
    writes = allowed(WRITE, resource.permission())
    for route in trail_of(resource):
        if route.writes and not writes:
            continue
        asked_for = [_ID, *route.parameters, *([ONCE] if route.is_keyed else [])]
        told = _operation(
            resource,
            record if route.answered is None else route.answered,
            *asked_for,
            sent=route.sent,
            status=route.status,
            media=route.answered_as,
        )
        if route.sent is not None:
            told["requestBody"].update(content(route.sent, media=route.media))
        spec.path(f"{base}{{ident}}/{route.path}", operations={route.method: told})


def _schemas(resource: type[Resource]) -> dict[str, Schema]:
    read, ids = outlines.read_schema_of(resource), many(NUMBER)
    token = {**maybe(TEXT), "description": "For `after` or `before` in `q`."}
    return {
        "create": outlines.write_schema_of(resource, changing=False),
        "change": outlines.write_schema_of(resource, changing=True),
        "one": single(read, warnings=many(TEXT)),
        "page": listed(read, ids=ids, next=token, previous=token),
    }


def _of_list(resource: type[Resource], name: str, writes: Any) -> dict[str, Any]:
    found = {"get": _operation(resource, ref(f"{name}_page"), _Q)}
    if "create" in writes:
        sent, made = ref(f"{name}_create"), ref(f"{name}_one")
        found["post"] = _operation(resource, made, ONCE, sent=sent, status="201")
    return found


def _of_one(resource: type[Resource], name: str, writes: Any) -> dict[str, Any]:
    one = ref(f"{name}_one")
    found = {"get": _operation(resource, one, _ID)}
    if "change" in writes:
        found["put"] = _operation(resource, one, _ID, sent=ref(f"{name}_change"))
    if "delete" in writes:
        found["delete"] = _operation(resource, about.DELETED, _ID)
    return found


def _operation(
    resource: type[Resource], answered: Schema, *parameters: Schema, **more: Any
) -> Schema:
    return operation(answered, *parameters, tags=[str(resource.title)], **more)
