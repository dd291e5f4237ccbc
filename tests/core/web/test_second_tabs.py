"""Pages that were opened before something changed: in a second tab, or by somebody else."""

from __future__ import annotations

from bumen.activation.service import switch
from bumen.activation.state import read_state
from bumen.testing.makers import make_member
from tests.core.web.browsing import form_in, send_form
from tests.core.web.conftest import World

ADD = "/base/customers/add"


def test_a_form_opened_for_another_company_saves_nothing(world: World) -> None:
    make_member(world.host, "anna", company="CN01", roles=["core.administrator"])
    browser, before = world.browser("anna"), world.rows()
    assert browser.post("/company", data={"code": "TW01"}).status_code == 302
    form = form_in(browser.get(ADD), has="name")
    assert browser.post("/company", data={"code": "CN01"}).status_code == 302

    refused = send_form(browser, ADD, form, name="串公司測試")

    assert refused.status_code == 409
    assert world.rows() == before


def test_a_plan_that_is_no_longer_the_one_people_saw_is_not_carried_out(world: World) -> None:
    browser = world.browser("anna")
    url = "/departments/TW01/base/off"
    form = form_in(browser.get(url), has="reason")
    switch(world.host, company="TW01", name="sales", enabled=False)

    refused = send_form(browser, url, form, reason="x")

    assert refused.status_code == 409
    with world.host.unit_of_work() as unit:
        assert "base" in read_state(unit.session, world.here.id)


def test_what_can_no_longer_be_changed_shows_no_form(world: World) -> None:
    order = world.ids_here["sales.orders"]
    cancel = {"version": 1, "reason": "x"}
    world.call("POST", f"/api/v1/sales/orders/{order}/actions/cancel", json=cancel)

    page = world.browser("anna").get(f"/sales/orders/edit/{order}")

    assert (page.status_code, page.location) == (302, f"/sales/orders/show/{order}")


def test_orders_are_found_by_the_name_of_their_customer(world: World) -> None:
    order = world.call("GET", f"/api/v1/sales/orders/{world.ids_here['sales.orders']}").json
    _code, _space, name = order["result"]["customer"]["label"].partition(" ")

    found = world.call("GET", f"/api/v1/sales/orders/?q=(search:'{name}')").json
    nothing = world.call("GET", "/api/v1/sales/orders/?q=(search:nobody)").json

    assert found["ids"] == [world.ids_here["sales.orders"]]
    assert nothing["ids"] == []


def test_an_argument_a_list_does_not_know_is_refused(world: World) -> None:
    answer = world.call("GET", "/api/v1/sales/orders/?filter.state=draft")

    assert answer.status_code == 400
    assert list(answer.json["error"]["fields"]) == ["filter.state"]


def test_signing_in_needs_no_provider_and_says_what_is_wrong(world: World) -> None:
    sent = {"username": "anna", "password": "wrong"}

    answer = world.call("POST", "/api/v1/security/login", by=None, json=sent)

    assert answer.status_code == 401
    assert answer.json["error"]["code"] == "wrong_password"


def test_kept_answers_are_purged_and_forgotten_with_time(world: World) -> None:
    headers = {"Idempotency-Key": "once"}
    world.call("POST", "/api/v1/base/posts/", json={"name": "x", "duties": "y"}, headers=headers)
    assert world.rows()["core_idempotency"] == 1

    world.host.tidy()
    assert world.rows()["core_idempotency"] == 1, "a request can be repeated for a day"
