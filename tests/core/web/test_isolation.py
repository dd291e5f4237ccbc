"""One company never sees another: its ids answer like ids that do not exist."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from bumen.model.describe import fields_of
from bumen.resource import Resource
from tests.core.web.conftest import World
from tests.core.web.routes import API, Route, routes_of, telling

NOWHERE = 987_654_321
RECORD = ("department", "resource", "id")
"""The parts of the address of a record itself."""


BODIES = ({}, {"version": 1}, {"version": 1, "reason": "x"})
"""What a change, or an action, could be asked for with."""
READING = {"GET", "DELETE"}
"""What is asked for without a body."""


def answer_of(response: Any) -> tuple[int, str]:
    """Return what tells one answer from another: all but the id of the request."""
    return response.status_code, re.sub(r'"request_id":"[0-9a-f]+"', "", response.text)


@pytest.mark.slow
def test_ids_of_another_company_answer_like_ids_that_do_not_exist(world: World) -> None:
    before = world.contents()
    every = list(api_routes_of(world))
    some = telling(every)
    of_each = [route for route in every if route in some or len(route.parts) == len(RECORD)]
    asked = (("anna", world.ids_there, of_each, BODIES), ("ben", world.ids_here, some, ({},)))
    for asker, foreigners, routes, bodies in asked:
        for route in routes:
            foreign = foreigners[key_of(route)]
            changes = route in some and route.method not in READING
            for body in bodies if changes else ({},):
                theirs = world.call(route.method, route.url(foreign), by=asker, json=body)
                nobodys = world.call(route.method, route.url(NOWHERE), by=asker, json=body)
                assert answer_of(theirs) == answer_of(nobodys), (asker, route.url(foreign))
                assert theirs.status_code == 404, (asker, route.url(foreign))
    assert world.contents() == before


def api_routes_of(world: World) -> Iterator[Route]:
    """Yield where programs reach a record."""
    for route in routes_of(world.app, world.host):
        if route.names_a_record and str(route.rule).startswith(API):
            yield route


def key_of(route: Route) -> str:
    """Return the key of the resource whose record a route reaches."""
    return ".".join(route.parts[:2])


@pytest.mark.slow
def test_pages_of_another_companys_records_do_not_exist(world: World) -> None:
    world.app.config["WTF_CSRF_ENABLED"] = False
    browser, before = world.browser("anna"), world.contents()
    routes = list(pages_of(world))
    some = telling(routes)
    try:
        for route in (one for one in routes if one in some or "show" in one.parts):
            foreign = world.ids_there[key_of(route)]
            theirs = browser.open(route.url(foreign), method=route.method, data={"version": "1"})
            nobodys = browser.open(route.url(NOWHERE), method=route.method, data={"version": "1"})
            assert theirs.status_code == nobodys.status_code == 404, route.url(foreign)
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = True
    assert world.contents() == before


def pages_of(world: World) -> Iterator[Route]:
    """Yield where people reach a record."""
    for route in routes_of(world.app, world.host):
        if str(route.rule).startswith(API) or not route.names_a_record:
            continue
        if key_of(route) in world.ids_there:
            yield route


def test_references_into_another_company_are_refused_and_change_nothing(world: World) -> None:
    refused = 0
    for key, resource in world.host.registry.resources.items():
        if "create" not in resource.can:
            continue
        with world.host.unit_of_work(company="TW01", by="anna"):
            values = world.samples.values(resource)
        before = world.rows()
        for place, described in world.samples.references(resource):
            target = world.host.registry.resource_of(described.target)
            if target is None:
                continue
            for ident in (world.ids_there[target.key()], NOWHERE):
                sent = with_value(values, place, ident)
                answer = world.call("POST", url_of(resource), json=sent)
                assert answer.status_code == 422, (key, place, answer.text)
                lines, dot, name = place.partition(".")
                marked = f"{lines}.0.{name}" if dot else place
                assert list(answer.json["error"]["fields"]) == [marked]
                refused += 1
        assert world.rows() == before, key
    assert refused > 10


def test_changes_cannot_point_into_another_company(world: World) -> None:
    for key, resource in world.host.registry.resources.items():
        if "change" not in resource.can:
            continue
        url = f"{url_of(resource)}{world.ids_here[key]}"
        known = world.call("GET", url).json["result"]
        before = world.contents()
        for place, described in world.samples.references(resource):
            target = world.host.registry.resource_of(described.target)
            if "." in place or target is None:
                continue
            sent = {"version": known["version"], place: world.ids_there[target.key()]}
            nobodys = {"version": known["version"], place: NOWHERE}
            theirs, none = world.call("PUT", url, json=sent), world.call("PUT", url, json=nobodys)
            assert theirs.status_code == none.status_code == 422, (url, place)
            assert theirs.json["error"]["fields"] == none.json["error"]["fields"]
        assert world.contents() == before


def test_lines_of_another_companys_document_cannot_be_taken(world: World) -> None:
    for key, resource in world.host.registry.resources.items():
        for lines in resource.lines:
            theirs = world.call("GET", f"{url_of(resource)}{world.ids_there[key]}", by="ben").json
            url = f"{url_of(resource)}{world.ids_here[key]}"
            mine = world.call("GET", url).json["result"]
            if "change" not in resource.can or not mine[lines.name]:
                continue
            inside = mine[lines.name][0]
            line = {k: inside[k] for k in inside if k in written_in(lines)}
            before = world.contents()
            for ident in (theirs["result"][lines.name][0]["id"], NOWHERE):
                sent = {"version": mine["version"], lines.name: [{**line, "id": ident}]}
                answer = world.call("PUT", url, json=sent)
                assert answer.status_code == 422, answer.text
                assert list(answer.json["error"]["fields"]) == [f"{lines.name}.0.id"]
            assert world.contents() == before


NOTHING = {"count": 0, "ids": [], "result": [], "next": None, "previous": None}


def test_filters_by_another_companys_records_find_nothing(world: World) -> None:
    for resource in world.host.registry.resources.values():
        for _name, described in filters_of(resource):
            target = world.host.registry.resource_of(described.target)
            if target is None:
                continue
            found = []
            for ident in (world.ids_there[target.key()], NOWHERE):
                asked = {"filters": [{"col": described.key, "opr": "rel_o_m", "value": ident}]}
                answer = world.call("GET", f"{url_of(resource)}?q={json.dumps(asked)}")
                assert answer.status_code == 200
                found.append(answer.json)
            assert found[0] == found[1] == NOTHING


def test_lists_and_lookups_hold_ones_own_records_only(world: World) -> None:
    for key, resource in world.host.registry.resources.items():
        ids = world.call("GET", f"{url_of(resource)}?q=(page_size:100)").json["ids"]
        assert world.ids_here[key] in ids
        assert world.ids_there[key] not in ids
        looked = world.browser("anna").get(f"/lookup/{resource.plugin()}/{resource.path()}?q=")
        assert world.ids_there[key] not in [one["id"] for one in looked.json]


def test_a_company_one_does_not_work_for_does_not_exist(world: World) -> None:
    for resource in world.host.registry.resources.values():
        for code in ("CN01", "NOPE", "", "x" * 3000):
            answer = world.call("GET", url_of(resource), headers={"X-Company": code})
            assert answer.status_code == 404, code


@pytest.mark.parametrize("name", ["anna", "ben"])
def test_two_worlds_that_differ_elsewhere_only_look_the_same(world: World, name: str) -> None:
    """What one company is answered does not change when the other one's data does."""
    ids = world.ids_here if name == "anna" else world.ids_there
    other = ("CN01", "ben") if name == "anna" else ("TW01", "anna")

    def seen() -> list[bytes]:
        lists = [world.call("GET", url_of(r), by=name).data for r in resources]
        ones = [world.call("GET", f"{url_of(r)}{ids[r.key()]}", by=name).data for r in resources]
        return lists + ones

    resources = list(world.host.registry.resources.values())
    before = seen()
    with world.host.unit_of_work(company=other[0], by=other[1]):
        for resource in resources:
            world.samples.record(resource)

    assert seen() == before


def with_value(values: dict[str, Any], place: str, ident: int) -> dict[str, Any]:
    """Return the values with another id at one place; in lines at the first line."""
    sent = copy.deepcopy(values)
    lines, dot, name = place.partition(".")
    if dot:
        sent[lines][0][name] = ident
    else:
        sent[place] = ident
    return sent


def url_of(resource: type[Resource]) -> str:
    return f"/api/v1/{resource.plugin()}/{resource.path()}/"


def written_in(lines: Any) -> set[str]:
    known = fields_of(lines.model)
    return {known[name].key for name in lines.fields}


def filters_of(resource: type[Resource]) -> list[tuple[str, Any]]:
    known = fields_of(resource.model)
    return [(name, known[name]) for name in resource.filtered() if known[name].target]
