"""Bad input gets a clear error and changes nothing: never a fault, alike on both databases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from bumen.resource import Resource
from bumen.testing.pytest_plugin import BACKENDS
from bumen.testing.workbench import Candidates, Workbench
from tests.core.varied import telling
from tests.core.web.conftest import World, make_world
from tests.core.web.test_isolation import url_of

HUGE = 10**40
DEEP = "[" * 100_000

QUERIES = {
    "unknown column in columns": "(columns:!(nope))",
    "hidden column": "(columns:!(company_id))",
    "unknown filter": "(filters:!((col:nope,opr:eq,value:1)))",
    "filter by a column that is not offered": "(filters:!((col:created_by_id,opr:eq,value:1)))",
    "unknown operator": "(filters:!((col:id,opr:nope,value:1)))",
    "filter that is no list": "(filters:nope)",
    "condition that is no object": "(filters:!(1))",
    "condition without a value": "(filters:!((col:id,opr:eq)))",
    "unknown order": "(order_column:nope)",
    "order by a path": "(order_column:customer.name)",
    "unknown direction": "(order_column:id,order_direction:sideways)",
    "page that is no number": "(page:x)",
    "negative page": "(page:-1)",
    "huge page": f"(page:{HUGE})",
    "no rows": "(page_size:0)",
    "too many rows": "(page_size:100000)",
    "page size that is no number": "(page_size:'25')",
    "wrong type": "(filters:!((col:id,opr:eq,value:abc)))",
    "huge number": f"(filters:!((col:id,opr:eq,value:{HUGE})))",
    "list as a value": "(filters:!((col:id,opr:eq,value:!(1))))",
    "neither Rison nor JSON": "(((",
    "JSON that is no object": "[]",
    "unknown part": "(nope:1)",
    "search that is no text": "(search:1)",
    "lone surrogate": json.dumps({"search": "\ud800"}),
    "nul": json.dumps({"search": "\x00"}),
}


def test_a_list_refuses_what_it_does_not_offer(world: World) -> None:
    for resource in telling(world.host.registry.resources.values()):
        for case, query in QUERIES.items():
            answer = world.call("GET", f"{url_of(resource)}?q={quote(query)}")

            assert answer.status_code == 400, (resource.key(), case, answer.text)
            assert_error(answer)


HALF = "\ud800"
NAMES: dict[str, Any] = {
    "column": {"columns": [HALF]},
    "order": {"order_column": HALF},
    "filter": {"filters": [{"col": HALF, "opr": "eq", "value": 1}]},
    "operator": {"filters": [{"col": "id", "opr": HALF, "value": 1}]},
    "part": {HALF: 1},
}


def test_half_a_character_as_a_name_is_refused_by_name(world: World) -> None:
    url = "/api/v1/base/customers/"
    for case, query in NAMES.items():
        answer = world.call("GET", f"{url}?q={quote(json.dumps(query))}")
        assert answer.status_code == 400, (case, answer.text)
        assert_error(answer)
    for sent in ({HALF: 1, "name": "x"}, {"name": "x", "contacts": [{"name": "y", HALF: 1}]}):
        answer = post(world, world.host.registry.resources["base.customers"], sent)
        assert all(name.endswith(HALF) for name in answer.json["error"]["fields"])


def test_a_filter_is_refused_in_a_whole_sentence(world: World) -> None:
    query = quote("(filters:!((col:id,opr:eq,value:abc)))")

    answer = world.call("GET", f"/api/v1/base/customers/?q={query}")

    assert answer.json["error"]["fields"] == {"filters.id": ["必須是整數。"]}


def test_a_reason_no_database_can_keep_is_refused(world: World) -> None:
    url = "/api/v1/core/companies/TW01/plugins/sales"
    for reason in (HALF, "\x00", 1):
        sent = json.dumps({"enabled": False, "reason": reason})
        answer = world.call("PUT", url, data=sent, content_type="application/json")

        assert answer.status_code == 422, answer.text
        assert list(answer.json["error"]["fields"]) == ["reason"]
    assert world.call("GET", "/api/v1/sales/orders/").status_code == 200


def test_addresses_no_database_can_keep_are_refused(world: World) -> None:
    for path in ("%00", "?q=%00", "?x=%00&q=()", "?q=%ff%fe"):
        answer = world.call("GET", f"/api/v1/base/customers/{path}")

        assert answer.status_code in (400, 404), path
        assert_error(answer)


BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"{",
    "a list": b"[]",
    "a text": b'"x"',
    "not a number": b'{"name": NaN}',
    "deep": DEEP.encode(),
    "deep object": (b'{"name":' * 50_000) + b"1" + b"}" * 50_000,
    "huge number": b'{"name": ' + b"9" * 5000 + b"}",
    "not UTF-8": b'{"name": "\xff\xfe"}',
    "a lonely brace": b"}",
}


@pytest.mark.parametrize("method", ["POST", "PUT"])
def test_a_body_that_cannot_be_read_is_malformed(world: World, method: str) -> None:
    before = world.contents()
    for key, resource in taking(world, "create" if method == "POST" else "change"):
        url = url_of(resource) + ("" if method == "POST" else str(world.ids_here[key]))
        for case, body in BODIES.items():
            answer = world.call(method, url, data=body, content_type="application/json")

            assert answer.status_code == 400, (key, case, answer.text)
            assert_error(answer)
    assert world.contents() == before


VALUES: dict[str, Any] = {
    "nul": "a\x00b",
    "lone surrogate": "\ud800",
    "huge integer": HUGE,
    "64 bits and one": 2**63,
    "minus huge": -HUGE,
    "float": 1.5e300,
    "exponent": "1e5",
    "full-width digits": "１２",
    "list": [1],
    "object": {"id": 1},
    "deep list": [[[[[[[[1]]]]]]]],
    "bool": True,
    "infinity": "Infinity",
    "not a number": "NaN",
    "long": "x" * 100_000,
    "impossible date": "2026-02-30",
    "naive time": "2026-11-21T08:00:00",
    "year zero": "0000-01-01",
    "sql": "'; DROP TABLE base_customer; --",
    "markup": "<script>alert(1)</script>",
}


@pytest.mark.slow
def test_any_value_in_any_field_gets_the_same_verdict_on_both_databases(
    workbench: Workbench, bumen_plugins: Candidates
) -> None:
    verdicts = []
    for backend in BACKENDS:
        with workbench.host(bumen_plugins, backend=backend) as host:
            verdicts.append(verdicts_of(make_world(host, workbench)))

    assert verdicts[0] == verdicts[1]
    assert set(verdicts[0].values()) == {201, 422}


def verdicts_of(world: World) -> dict[tuple[str, str, str], int]:
    """Try every value in a field of every shape; whatever is refused must have changed nothing."""
    found, known = {}, set()
    for key, resource in taking(world, "create"):
        fields = world.call("GET", f"{url_of(resource)}_info").json["fields"]
        for name, told in fields.items():
            if (shape := shape_of(told)) in known:
                continue
            known.add(shape)
            with world.host.unit_of_work(company="TW01", by="anna"):
                values = world.samples.values(resource)
            before = world.rows()
            for case, value in VALUES.items():
                answer = post(world, resource, {**values, name: value})
                found[key, name, case] = answer.status_code
                assert not told["readOnly"] or answer.status_code == 422, (key, name, case)
            made = sum(found[key, name, case] == 201 for case in VALUES)
            table = resource.model.__tablename__
            assert world.rows()[table] == before[table] + made, (key, name)
    return found


def taking(world: World, verb: str) -> Iterator[tuple[str, type[Resource]]]:
    """Yield the resources whose records people may create, or change."""
    for key, resource in world.host.registry.resources.items():
        if verb in resource.can:
            yield key, resource


def shape_of(told: dict[str, Any]) -> str:
    """Return what is told of a field but its words: fields of one shape are read by one rule."""
    shape = {name: told[name] for name in told if name not in {"label", "description", "title"}}
    return json.dumps(shape | {"enum": "enum" in told}, sort_keys=True)


def post(world: World, resource: type[Resource], values: dict[str, Any]) -> TestResponse:
    """Send values, lone surrogates and all, and hold that an error has its shape."""
    sent = json.dumps(values)
    answer = world.call("POST", url_of(resource), data=sent, content_type="application/json")
    if answer.status_code != 201:
        assert_error(answer)
    return answer


def test_money_with_more_places_is_refused_not_rounded(world: World) -> None:
    product = world.ids_here["base.products"]
    customer = world.ids_here["base.customers"]
    before = world.rows()
    for price in ("1.005", 1.005, "19.999"):
        line = {"product_id": product, "quantity": "1", "unit_price": price}
        sent = {"customer_id": customer, "lines": [line]}
        answer = world.call("POST", "/api/v1/sales/orders/", json=sent)

        assert answer.status_code == 422
        assert list(answer.json["error"]["fields"]) == ["lines.0.unit_price"]
    assert world.rows() == before


def test_a_number_is_accepted_when_it_is_exact(world: World) -> None:
    product = world.ids_here["base.products"]
    for price in ("19.99", 19.99, 20):
        line = {"product_id": product, "quantity": "2", "unit_price": price, "tax_rate": "5"}
        sent = {"customer_id": world.ids_here["base.customers"], "lines": [line]}

        made = world.call("POST", "/api/v1/sales/orders/", json=sent)

        assert made.status_code == 201, made.text
        assert made.json["result"]["lines"][0]["unit_price"] == f"{float(price):.2f}"


def test_a_change_without_the_version_is_refused(world: World) -> None:
    for key, resource in taking(world, "change"):
        url = f"{url_of(resource)}{world.ids_here[key]}"
        for version, status in ((None, 422), ("1", 422), (True, 422), (HUGE, 409), (0, 409)):
            answer = world.call("PUT", url, json={"version": version})
            assert answer.status_code == status, (key, version, answer.text)
            assert list(answer.json["error"]["fields"]) == ["version"]


def test_unknown_fields_and_fields_of_the_house_are_named(world: World) -> None:
    for _key, resource in taking(world, "create"):
        with world.host.unit_of_work(company="TW01", by="anna"):
            values = world.samples.values(resource)
        before = world.rows()
        for name in ("nope", "company_id", "id", "created_at", "version"):
            answer = world.call("POST", url_of(resource), json={**values, name: 1})
            assert answer.status_code == 422, answer.text
            assert list(answer.json["error"]["fields"]) == [name]
        assert world.rows() == before


def test_errors_speak_the_language_of_the_caller(world: World) -> None:
    said = {}
    for language in ("zh-TW", "zh-CN", "en"):
        answer = world.call(
            "PUT",
            f"/api/v1/base/customers/{world.ids_here['base.customers']}",
            json={},
            headers={"Accept-Language": language},
        )
        said[language] = answer.json["error"]["fields"]["version"]

    assert said == {
        "zh-TW": ["此欄位必填。"],
        "zh-CN": ["此字段为必填项。"],
        "en": ["This field is required."],
    }


def assert_error(answer: Any) -> None:
    """Every error has the shape that is promised, and tells nothing of how we are built."""
    error = answer.json["error"]
    assert list(error) == ["code", "message", "fields", "request_id"]
    assert error["message"]
    assert error["request_id"] == answer.headers["X-Request-Id"]
    for betrayal in ("Traceback", "sqlalchemy", "SELECT", "psycopg", "sqlite3"):
        assert betrayal not in answer.text
