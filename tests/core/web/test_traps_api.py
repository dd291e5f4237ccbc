"""Each trap of Flask-AppBuilder's API that ours closes, by name."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule

from bumen.activation.service import switch
from bumen.host import Host
from bumen.testing.makers import make_user
from tests.core.web.beginnings import made, make_deployer
from tests.core.web.conftest import Companies, World
from tests.core.web.routes import routes_of, telling
from tests.core.web.test_isolation import NOWHERE, url_of

CUSTOMERS, ORDERS = "/api/v1/base/customers/", "/api/v1/sales/orders/"
Statements = Callable[[], list[str]]


@pytest.fixture
def world(world: World, companies_at_hand: Companies, host: Host) -> World:
    """The departments, with vera who may only look and the deployment's administrator boss."""
    make_user(host, "vera", company="TW01", roles=["sales.viewer"])
    make_deployer(world)
    return world


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Let threads take turns as often as they can, so that what they share shows."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


def everything(world: World) -> dict[str, list[str]]:
    """Read every row of every table, those of Flask-AppBuilder included."""
    registry = world.host.registry
    names = ("core", *registry.plugins)
    with world.host.database.wide_session() as wide:
        tables = [one for name in names for one in registry.tables_of(name)]
        return {one.name: sorted(map(repr, wide.execute(select(one)))) for one in tables}


def test_a_related_field_makes_no_rows_for_ids_nobody_has(world: World) -> None:
    customer, product = world.ids_here["base.customers"], world.ids_here["base.products"]
    line = {"product_id": product, "quantity": "1"}
    order = {"customer_id": customer, "lines": [line]}
    before = world.rows()
    refused = {
        "customer_id": {"customer_id": NOWHERE},
        "customer": {"customer": {"name": "New"}},
        "region_id": {"region_id": {"name": "New"}},
        "region": {"region": NOWHERE},
        "salesperson_id": {"salesperson_id": [NOWHERE]},
        "lines.0.product_id": {"lines": [{**line, "product_id": NOWHERE}]},
        "lines.0.product": {"lines": [{**line, "product": {"name": "New"}}]},
        "lines.0.order_id": {"lines": [{**line, "order_id": world.ids_there["sales.orders"]}]},
    }
    for place, sent in refused.items():
        answer = world.call("POST", ORDERS, json={**order, **sent})

        assert answer.status_code == 422, (place, answer.text)
        assert list(answer.json["error"]["fields"]) == [place]
    assert world.rows() == before


@pytest.mark.usefixtures("hasty_threads")
def test_filters_are_not_shared_between_threads(world: World) -> None:
    names = [f"Customer {number}" for number in range(6)]
    ids = {name: made(world, CUSTOMERS, name=name) for name in names}

    def wrong(name: str) -> list[Any]:
        url = f"{CUSTOMERS}?q=(filters:!((col:name,opr:eq,value:'{name}')),columns:!(name))"
        answers = (world.call("GET", url).json for _request in range(40))
        right = {"count": 1, "ids": [ids[name]], "result": [{"id": ids[name], "name": name}]}
        return [answer for answer in answers if not right.items() <= _plain(answer).items()]

    world.token("anna")
    with ThreadPoolExecutor(len(names)) as threads:
        assert list(threads.map(wrong, names)) == [[]] * len(names)


def _plain(answer: dict[str, Any]) -> dict[str, Any]:
    rows = [{name: row[name] for name in ("id", "name")} for row in answer["result"]]
    return {**answer, "result": rows}


def test_actions_respect_companies_permissions_and_switches(world: World) -> None:
    url = f"{ORDERS}{world.ids_here['sales.orders']}/actions"
    theirs = f"{ORDERS}{world.ids_there['sales.orders']}/actions"
    cancel = {"version": 1, "reason": "Ordered twice"}
    before = world.contents()

    assert world.call("POST", f"{theirs}/cancel", json=cancel).status_code == 404
    assert world.call("GET", theirs).status_code == 404
    assert world.call("POST", f"{url}/cancel", by="vera", json=cancel).status_code == 403
    assert world.call("POST", f"{url}/nothing", by="vera", json=cancel).status_code == 404
    assert world.call("POST", f"{url}/cancel", by=None, json=cancel).status_code == 401
    offered = world.call("GET", url, by="vera").json["result"]
    assert [one["possible"] for one in offered] == [False] * len(offered)
    switch(world.host, company="TW01", name="sales", enabled=False)
    assert world.call("POST", f"{url}/cancel", json=cancel).status_code == 404
    switch(world.host, company="TW01", name="sales", enabled=True)
    assert world.contents() == before
    assert world.call("POST", f"{url}/cancel", json=cancel).status_code == 200


def test_who_may_only_read_reads_and_writes_nothing(world: World) -> None:
    order = world.ids_here["sales.orders"]
    before = world.contents()
    for method, url in (
        ("POST", ORDERS),
        ("PUT", f"{ORDERS}{order}"),
        ("DELETE", f"{ORDERS}{order}"),
    ):
        assert world.call(method, url, by="vera", json={"version": 1}).status_code == 403
    browser = world.browser("vera")
    for page in ("add", f"edit/{order}", f"delete/{order}"):
        assert browser.post(f"/sales/orders/{page}", data={"version": "1"}).status_code == 403
    for url in (ORDERS, f"{ORDERS}{order}", "/sales/orders/list/", f"/sales/orders/show/{order}"):
        assert browser.get(url).status_code == 200
    for key in ("base.departments", "base.posts"):
        url = url_of(world.host.registry.resources[key])
        assert world.call("GET", url, by="vera").status_code == 403
        assert world.call("GET", f"{url}{world.ids_here[key]}", by="vera").status_code == 403
        assert world.call("GET", f"{url}_info", by="vera").status_code == 403
    assert world.contents() == before


def test_who_may_only_read_is_told_of_reading_only(world: World) -> None:
    paths = world.call("GET", "/api/v1/_openapi", by="vera").json["paths"]

    told = {path for path, verbs in paths.items() if verbs.keys() - {"get"}}
    assert [path for path in told if not _is_for_readers(path)] == []


def _is_for_readers(path: str) -> bool:
    """Whether readers may do it: discuss a record, decide what they are asked, read their inbox,
    print many records, and look after work, views, reports by mail and dashboards of their own.
    """
    if path.endswith("/printouts/{name}"):
        return True
    own = {"inbox", "jobs", "schedules", "views", "mails", "dashboards"}
    parts = {"comments", "followers", "activities", "approvals"} | own
    return bool(parts.intersection(path.split("/")))


def test_a_count_goes_no_further_than_people_care(
    world: World, statements: Statements, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bumen.listing.counts.MOST_COUNTED", 3)
    for name in ("Ant", "Bee", "Cat", "Dog", "Eel", "Zebra"):
        made(world, CUSTOMERS, name=name)
    statements()

    answer = world.call("GET", CUSTOMERS).json

    assert answer["count"] == 4
    assert len(answer["ids"]) > 6
    (counting,) = [sent for sent in statements() if "count(" in sent]
    assert "LIMIT" in counting
    assert "base_customer.name" not in counting
    assert world.call("GET", f"{CUSTOMERS}?q=(search:zebra)").json["count"] == 1


def test_permissions_are_read_once_per_request(world: World, statements: Statements) -> None:
    order = world.ids_here["sales.orders"]
    browser = world.browser("boss")
    pages = ("/", "/sales/orders/list/", f"/sales/orders/show/{order}", "/departments/")
    for url in (
        *pages,
        ORDERS,
        f"{ORDERS}_info",
        "/api/v1/menu/",
        "/api/v1/_openapi",
        "/users/list/",
    ):
        statements()

        assert browser.get(url).status_code == 200, url

        assert sum("ab_permission_view_role" in sent for sent in statements()) == 1, url


def test_get_and_head_change_nothing(world: World) -> None:
    before, browser, faults = everything(world), world.browser("boss"), []
    departments = list(routes_of(world.app, world.host))
    theirs, some = ([one.rule for one in routes] for routes in (departments, telling(departments)))
    for rule in world.app.url_map.iter_rules():
        if rule in theirs and rule not in some:
            continue
        readers = {"GET", "HEAD"} & (rule.methods or set())
        for method in readers if len(rule.methods or ()) > 3 else readers - {"HEAD"}:
            answer = browser.open(_address(world, rule), method=method)
            faults += [(method, str(rule))] if answer.status_code >= 500 else []

    assert faults == [], faults
    assert everything(world) == before


def _address(world: World, rule: Rule) -> str:
    """Fill an address in, with ids of records that are there."""
    parts = str(rule).strip("/").removeprefix("api/v1/").split("/")
    ident = world.ids_here.get(".".join(parts[:2]), 2)
    known = {"company_code": "TW01", "way": "off", "plugin": "sales", "path": "orders"}
    names = {"name": "cancel" if "actions" in parts else "sales", **known}
    values = {one: names.get(one, ident) for one in rule.arguments}
    address: str = world.app.url_map.bind("localhost").build(rule.endpoint, values, "GET")
    return address


def test_a_method_cannot_be_disguised(world: World) -> None:
    order = f"{ORDERS}{world.ids_here['sales.orders']}"
    before = world.contents()
    for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
        for verb in ("DELETE", "PUT", "PATCH"):
            headers, url = {name: verb}, f"{order}?_method={verb}"
            body = {"version": 1, "_method": verb}
            assert world.call("POST", url, headers=headers, json=body).status_code == 405
            assert world.call("GET", url, headers=headers, json=body).status_code == 200
            assert world.call("HEAD", url, headers=headers).status_code == 200
    assert world.call("OPTIONS", order).status_code < 500
    assert world.contents() == before
