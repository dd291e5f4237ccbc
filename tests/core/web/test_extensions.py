"""What one department adds to another: there while it is on, and nothing replaced."""

from __future__ import annotations

import pytest

from bumen.activation.service import switch
from bumen.registry import Candidate, Registry, installed_candidates
from tests.core.web.conftest import World

ADDING = tuple(Candidate(name, name) for name in ("notes", "asker", "honest"))
PAGE = "/base/customers/show/{}"


pytestmark = pytest.mark.xdist_group("extensions")
"""What these plugins start from is made once."""


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """The departments, and a plugin that adds an action to the notes of another."""
    return (*installed_candidates(), *ADDING)


def test_an_added_action_is_done_through_the_api(world: World) -> None:
    url = f"/api/v1/notes/notes/{world.ids_here['notes.notes']}"

    done = world.call("POST", f"{url}/actions/stamp", json={"version": 1})

    assert done.json["result"]["body"] == "seen by anna"
    offered = world.call("GET", f"{url}/actions").json["result"]
    assert [(one["name"], one["possible"]) for one in offered] == [("stamp", True)]


def test_programs_are_told_of_an_added_action_while_its_department_is_on(world: World) -> None:
    def told() -> tuple[bool, bool]:
        paths = world.call("GET", "/api/v1/_openapi").json["paths"]
        actions = world.call("GET", "/api/v1/notes/notes/_info").json["actions"]
        return (
            "/api/v1/notes/notes/{ident}/actions/stamp" in paths,
            "stamp" in [one["name"] for one in actions],
        )

    assert told() == (True, True)
    switch(world.host, company="TW01", name="honest", enabled=False)
    assert told() == (False, False)


def test_an_added_action_is_done_on_the_page(world: World) -> None:
    ident, browser = world.ids_here["notes.notes"], world.browser("anna")
    world.app.config["WTF_CSRF_ENABLED"] = False
    try:
        page = browser.get(f"/notes/notes/show/{ident}").text
        done = browser.post(f"/notes/notes/{ident}/actions/stamp", data={"version": "1"})
    finally:
        world.app.config["WTF_CSRF_ENABLED"] = True

    assert f"/notes/notes/{ident}/actions/stamp" in page
    assert done.status_code == 302
    assert "seen by anna" in browser.get(f"/notes/notes/show/{ident}").text


def test_an_added_action_is_gone_while_its_department_is_off(world: World) -> None:
    ident = world.ids_here["notes.notes"]
    switch(world.host, company="TW01", name="honest", enabled=False)

    done = world.call("POST", f"/api/v1/notes/notes/{ident}/actions/stamp", json={"version": 1})

    assert done.status_code == 404
    assert "actions/stamp" not in world.browser("anna").get(f"/notes/notes/show/{ident}").text


def test_a_customers_page_shows_orders_while_sales_is_on(world: World) -> None:
    order = world.ids_here["sales.orders"]
    customer = world.call("GET", f"/api/v1/sales/orders/{order}").json["result"]["customer_id"]
    browser, shown = world.browser("anna"), f"/sales/orders/show/{order}"

    assert shown in browser.get(PAGE.format(customer)).text
    switch(world.host, company="TW01", name="sales", enabled=False)
    assert shown not in browser.get(PAGE.format(customer)).text
    switch(world.host, company="TW01", name="sales", enabled=True)
    assert shown in browser.get(PAGE.format(customer)).text


def test_an_action_needs_a_permission_of_its_own() -> None:
    registry = Registry.load(ADDING)

    assert registry.permissions_of(registry.resources["notes.notes"]) == ("read", "write", "stamp")
