"""How often the database is asked: the same for one row and for three, and seldom."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bumen.registry import Candidate, installed_candidates
from bumen.resource import Resource
from tests.core.web.conftest import World
from tests.core.web.test_isolation import url_of

Statements = Callable[[], list[str]]
MENU = 14
LIST_BY_API, LIST_AS_PAGE, CREATE, READ = 6, 8, 15, 10


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The departments, and some more, so that the menu is long enough to cost something."""
    examples = (Candidate("notes", "notes"), Candidate("tree", "tree"))
    return (*installed_candidates(), *examples)


@pytest.fixture
def lists(world: World) -> list[type[Resource]]:
    """Every resource, in a world where all has been asked for once."""
    resources = list(world.host.registry.resources.values())
    world.call("GET", url_of(resources[0]))
    return resources


def test_the_menu_is_long_enough(world: World) -> None:
    entries = world.call("GET", "/api/v1/menu/").json["result"]

    assert sum(1 + len(entry.get("childs", ())) for entry in entries) >= MENU


def test_a_list_takes_few_statements_through_the_api(
    world: World, lists: list[type[Resource]], statements: Statements
) -> None:
    for resource in lists:
        counted = []
        for more in (2, 0):
            statements()
            assert world.call("GET", url_of(resource)).status_code == 200
            counted.append(len(statements()))
            for _record in range(more):
                add(world, resource)
        assert len(set(counted)) == 1, (resource.key(), counted)
        assert counted[0] <= LIST_BY_API, resource.key()


def test_a_list_takes_few_statements_as_a_page(
    world: World, lists: list[type[Resource]], statements: Statements
) -> None:
    browser = world.browser("anna")
    for resource in lists:
        url = f"/{resource.plugin()}/{resource.path()}/list/"
        counted = []
        for more in (2, 0):
            statements()
            assert browser.get(url).status_code == 200, url
            counted.append(len(statements()))
            for _record in range(more):
                add(world, resource)
        assert len(set(counted)) == 1, (resource.key(), counted)
        assert counted[0] <= LIST_AS_PAGE, resource.key()


def test_reading_one_record_takes_few_statements(
    world: World, lists: list[type[Resource]], statements: Statements
) -> None:
    for resource in lists:
        statements()
        world.call("GET", f"{url_of(resource)}{world.ids_here[resource.key()]}")
        assert len(statements()) <= READ, resource.key()


def test_creating_an_order_with_five_lines_takes_few_statements(
    world: World, lists: list[type[Resource]], statements: Statements
) -> None:
    products = [add(world, world.host.registry.resources["base.products"]) for _line in range(5)]
    order = {
        "customer_id": world.ids_here["base.customers"],
        "salesperson_id": world.ids_here["base.employees"],
        "region_id": world.ids_here["base.regions"],
        "payment_method": "prepaid",
        "consignee": "王小明",
        "phone": "0912 345 678",
        "address": "臺北市信義區市府路 1 號",
        "lines": [{"product_id": one, "quantity": "2"} for one in products],
    }
    world.call("POST", "/api/v1/sales/orders/", json=order)

    assert_few(world, order, statements)


def test_what_is_filled_from_the_customer_still_takes_few_statements(
    world: World, lists: list[type[Resource]], statements: Statements
) -> None:
    """The dearest order: salesperson, region, contact and address all come from the customer."""
    products = [add(world, world.host.registry.resources["base.products"]) for _line in range(5)]
    customer = {
        "name": "Everything given",
        "salesperson_id": world.ids_here["base.employees"],
        "region_id": world.ids_here["base.regions"],
        "contacts": [{"name": "Amy", "mobile": "0912 345 678"}],
        "addresses": [{"kind": "delivery", "consignee": "Amy", "street": "1 Main Street"}],
    }
    made = world.call("POST", "/api/v1/base/customers/", json=customer).json
    lines = [{"product_id": one, "quantity": "2"} for one in products]

    assert_few(world, {"customer_id": made["id"], "lines": lines}, statements)


def assert_few(world: World, order: dict[str, object], statements: Statements) -> None:
    """Make an order with five lines, and count what the database was asked."""
    statements()
    made = world.call("POST", "/api/v1/sales/orders/", json=order)
    sent = statements()

    assert made.status_code == 201, made.text
    assert len(made.json["result"]["lines"]) == 5
    assert len(sent) <= CREATE, sent


def add(world: World, resource: type[Resource]) -> int:
    """Make one more record of a resource."""
    with world.host.unit_of_work(company="TW01", by="anna"):
        made: int = world.samples.record(resource).id
        return made
