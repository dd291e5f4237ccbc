"""An action that asks for a record: looked up on screens, an id in the API, never another's."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from bumen.argument import RecordOf
from bumen.host import Host
from bumen.records import create_record
from bumen.testing.makers import make_company
from kitchen.models import Supplier
from kitchen.resources import Suppliers
from tests.core.web.browsing import form_in, send_form
from tests.core.web.kitchens import Kitchen
from tests.core.web.looking import look_at

API = "/api/v1/kitchen/dishes"
ABSENT = {"supplier_id": ["There is no such record."]}


def act(kitchen: Kitchen, ident: int, **values: Any) -> Any:
    """Buy what goes into a dish, as a program does."""
    address = f"{API}/{ident}/actions/buy_from"
    return kitchen.scripted().post(address, json={"version": 1, **values})


def test_a_record_is_named_by_a_resource_or_by_its_model() -> None:
    assert (RecordOf(Suppliers).model, RecordOf(Supplier).model) == (Supplier, Supplier)


def test_a_program_names_the_record_by_its_id(kitchen: Kitchen) -> None:
    ident, farm = kitchen.dish(), kitchen.supplier("Farm")

    sent = act(kitchen, ident, supplier_id=farm, servings=4)

    dish = kitchen.kept(ident)
    assert (sent.status_code, dish.supplier_id, dish.servings) == (200, farm, 4)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, {"supplier_id": ["This field is required."]}),
        ({"supplier_id": None}, {"supplier_id": ["This field is required."]}),
        ({"supplier_id": 999_999}, ABSENT),
        ({"supplier_id": "Farm"}, {"supplier_id": ["This must be a whole number."]}),
        ({"supplier_id": 1, "servings": 0}, {"servings": ["At least 1."]}),
        ({"supplier_id": 1, "servings": 100}, {"servings": ["At most 99."]}),
    ],
)
def test_what_does_not_fit_is_refused_at_its_argument(
    kitchen: Kitchen, values: dict[str, Any], said: dict[str, list[str]]
) -> None:
    refused = act(kitchen, kitchen.dish(), **values)

    assert (refused.status_code, refused.json["error"]["fields"]) == (422, said)


def test_another_companys_record_is_as_if_it_were_not_there(kitchen: Kitchen, host: Host) -> None:
    make_company(host, code="CN01", plugins=["kitchen"])
    with host.unit_of_work(company="CN01") as unit:
        resource = host.registry.resources["kitchen.suppliers"]
        theirs = create_record(resource, {"name": "Theirs"}, by=unit.user).id

    refused = act(kitchen, kitchen.dish(), supplier_id=theirs)

    assert (refused.status_code, refused.json["error"]["fields"]) == (422, ABSENT)


def test_the_dialog_of_a_page_looks_the_record_up(kitchen: Kitchen) -> None:
    ident, farm = kitchen.dish(), kitchen.supplier("Farm")
    browser = kitchen.browser()
    page = browser.get(f"/kitchen/dishes/show/{ident}")
    box = look_at(page).one("select", id="buy_from-supplier")

    sent = send_form(
        browser, "", form_in(page, sends="/actions/buy_from"), supplier_id=str(farm), servings="3"
    )

    assert box.attributes["data-lookup"] == "/lookup/kitchen/suppliers"
    assert (sent.status_code, kitchen.kept(ident).supplier_id) == (302, farm)


def test_a_refused_dialog_still_names_what_was_chosen(kitchen: Kitchen) -> None:
    ident, farm = kitchen.dish(), kitchen.supplier("Green Farm")
    browser = kitchen.browser()
    page = browser.get(f"/kitchen/dishes/show/{ident}")

    sent = send_form(
        browser, "", form_in(page, sends="/actions/buy_from"), supplier_id=str(farm), servings="0"
    )

    assert sent.status_code == 422
    assert f'<option value="{farm}" selected>Green Farm</option>' in sent.text
    assert "At least 1." in sent.text


def test_whoever_may_not_read_suppliers_has_nothing_to_search_at(kitchen: Kitchen) -> None:
    ident = kitchen.dish()
    kitchen.person("buyer", "read", "buy_from")

    page = kitchen.browser("buyer").get(f"/kitchen/dishes/show/{ident}")

    assert look_at(page).one("select", id="buy_from-supplier").attributes["data-lookup"] == ""


def test_many_records_are_given_the_same_record(kitchen: Kitchen) -> None:
    idents, farm = [kitchen.dish(code=code) for code in "AB"], kitchen.supplier("Farm")
    browser = kitchen.browser()
    token = form_in(browser.get("/kitchen/dishes/list/"), has="csrf_token").fields["csrf_token"]
    data = {"csrf_token": token, "company": "TW01", "action": "buy_from"}

    def send(supplier: int) -> TestResponse:
        chosen = {"records": [f"{one}:1" for one in idents], "supplier_id": str(supplier)}
        return browser.post("/kitchen/dishes/bulk", data=data | chosen)

    refused, done = send(999_999), send(farm)

    assert (refused.status_code, done.status_code) == (422, 303)
    assert "There is no such record." in refused.text
    assert [kitchen.kept(one).supplier_id for one in idents] == [farm, farm]


def test_programs_are_told_what_an_action_asks_for(kitchen: Kitchen) -> None:
    browser, ident = kitchen.scripted(), kitchen.dish()
    paths: Any = browser.get("/api/v1/_openapi").get_json()["paths"]
    told = next(one for path, one in paths.items() if path.endswith("/actions/buy_from"))
    schema = told["post"]["requestBody"]["content"]["application/json"]["schema"]
    offered: Any = browser.get(f"{API}/{ident}/actions").get_json()["result"]

    assert schema["properties"] == {
        "supplier_id": {"type": "integer", "format": "int64", "title": "Supplier"},
        "servings": {
            "type": "integer",
            "format": "int64",
            "title": "Servings",
            "minimum": 1,
            "maximum": 99,
        },
        "version": {"type": "integer", "format": "int64"},
    }
    assert schema["required"] == ["supplier_id", "version"]
    asked = {one["name"]: one["arguments"] for one in offered}["buy_from"]
    assert asked == ["supplier_id", "servings"]
