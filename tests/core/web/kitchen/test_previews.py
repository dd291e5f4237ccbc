"""Live totals: what saving a form would give, as the services work it out, and nothing kept."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.datastructures import MultiDict

from bumen.activation.service import switch
from bumen.host import Host
from bumen.testing.makers import make_administrator, make_company
from tests.core.web.browsing import form_in, send_form
from tests.core.web.kitchens import Kitchen

ADD, PREVIEW = "/kitchen/dishes/add", "/kitchen/dishes/preview"
NEW = {"code": "STEW", "name": "Stew", "course": "main", "price": "1"}


@pytest.fixture
def browser(kitchen: Kitchen) -> FlaskClient:
    return kitchen.browser()


def typed(place: int, /, **values: str) -> dict[str, str]:
    return {f"ingredients-{place}-{name}": value for name, value in values.items()}


def filled_in(browser: FlaskClient, page: str, **values: str) -> MultiDict[str, str]:
    fields: MultiDict[str, str] = form_in(browser.get(page), has="code").fields
    for name, value in values.items():
        fields[name] = value
    return fields


def tried(browser: FlaskClient, **values: str) -> Any:
    return browser.post(PREVIEW, data=filled_in(browser, ADD, **NEW, **values)).json


def test_a_preview_tells_what_saving_works_out(kitchen: Kitchen, browser: FlaskClient) -> None:
    lines = typed(0, name="Salt", amount="1,000.5") | typed(2, name="Beef", amount="2", price="7")
    form = form_in(browser.get(ADD), has="code")

    told = tried(browser, **lines)

    send_form(browser, ADD, form, **NEW, **lines)
    dish = kitchen.kept(1)
    assert told["fields"]["cost"] == "NT$1,014.50"
    assert f"{dish.cost:.2f}" == "1014.50"
    assert [(one["place"], one["cells"]) for one in told["lines"]["ingredients"]] == [
        (0, {"cost": "1,000.50"}),
        (2, {"cost": "14.00"}),
    ]
    assert told["errors"] == {}


def test_a_preview_tells_what_is_filled_in_where_nothing_was_typed(browser: FlaskClient) -> None:
    told = tried(browser, servings="", **typed(0, name="Salt", amount="1", price=""))

    assert told["lines"]["ingredients"][0]["filled"] == {"ingredients-0-price": "1.00"}


def test_a_preview_changes_nothing(kitchen: Kitchen, browser: FlaskClient) -> None:
    ident = kitchen.dish(ingredients=[{"name": "Salt", "amount": "1"}])
    before = kitchen.kept(ident)
    page = f"/kitchen/dishes/edit/{ident}"
    fields = filled_in(browser, page, name="Broth", **typed(0, amount="5"))

    told: Any = browser.post(f"{PREVIEW}/{ident}", data=fields).json

    after = kitchen.kept(ident)
    assert told["fields"]["cost"] == "NT$5"
    assert (after.name, after.version, after.cost) == (before.name, before.version, before.cost)
    assert [(one.id, one.amount) for one in after.ingredients] == [
        (one.id, one.amount) for one in before.ingredients
    ]


def test_a_preview_commits_nothing_and_takes_no_id(
    kitchen: Kitchen, host: Host, browser: FlaskClient
) -> None:
    fields, ends = filled_in(browser, ADD, **NEW), list[str]()
    for ending in ("commit", "rollback"):
        event.listen(host.database.engine, ending, lambda _c, ending=ending: ends.append(ending))

    assert browser.post(PREVIEW, data=fields).status_code == 200

    assert set(ends) == {"rollback"}
    assert kitchen.dish(code="NEXT") == 1


def test_what_does_not_fit_is_told_at_its_box_and_the_rest_is_worked_out(
    browser: FlaskClient,
) -> None:
    lines = typed(0, name="Salt", amount="2", price="1") | typed(1, name="Beef", amount="lots")

    told = tried(browser, weight="heavy", **lines)

    assert sorted(told["errors"]) == ["ingredients-1-amount", "weight"]
    assert told["lines"]["ingredients"] == [{"place": 0, "cells": {"cost": "2"}, "filled": {}}]
    assert told["fields"]["cost"] == "NT$2"


@pytest.mark.parametrize(
    ("values", "where"), [({"code": ""}, "code"), ({"course": "starter", "spicy": "1"}, "")]
)
def test_where_nothing_can_be_worked_out_the_reason_is_told(
    browser: FlaskClient, values: dict[str, str], where: str
) -> None:
    fields = filled_in(browser, ADD, **NEW | values)

    told: Any = browser.post(PREVIEW, data=fields).json

    assert list(told["errors"]) == [where]
    assert (told["fields"], told["filled"], told["lines"]) == ({}, {}, {})


def test_a_preview_needs_the_permission_to_write(kitchen: Kitchen, browser: FlaskClient) -> None:
    ident = kitchen.dish()
    guest, token = kitchen.browser("guest"), {"csrf_token": ""}
    kitchen.app.config["WTF_CSRF_ENABLED"] = False
    try:
        answers = [guest.post(url, data=token) for url in (PREVIEW, f"{PREVIEW}/{ident}")]
    finally:
        kitchen.app.config["WTF_CSRF_ENABLED"] = True

    assert [one.status_code for one in answers] == [403, 403]


def test_a_preview_needs_a_form_of_ours(browser: FlaskClient) -> None:
    fields = filled_in(browser, ADD, **NEW)
    fields.pop("csrf_token")

    assert browser.post(PREVIEW, data=fields).status_code == 400
    assert browser.get(PREVIEW).status_code == 303


def test_a_preview_of_another_companys_record_does_not_exist(
    kitchen: Kitchen, host: Host, browser: FlaskClient
) -> None:
    ident = kitchen.dish()
    make_company(host, code="CN01", plugins=["kitchen"])
    make_administrator(host, "chen", company="CN01")
    chen = kitchen.browser("chen")
    fields = filled_in(chen, ADD, **NEW)

    theirs = chen.post(f"{PREVIEW}/{ident}", data=fields)
    nobodys = chen.post(f"{PREVIEW}/987654", data=fields)

    assert theirs.status_code == nobodys.status_code == 404


def test_a_preview_of_a_department_that_is_off_does_not_exist(
    kitchen: Kitchen, host: Host, browser: FlaskClient
) -> None:
    fields = filled_in(browser, ADD, **NEW)
    switch(host, company="TW01", name="kitchen", enabled=False)

    assert browser.post(PREVIEW, data=fields).status_code == 404


def test_a_reference_into_another_company_is_unknown_to_a_preview(
    kitchen: Kitchen, host: Host, browser: FlaskClient
) -> None:
    told = tried(browser, supplier_id="4711", **typed(0, name="Salt", amount="1"))

    assert told["errors"] == {"supplier_id": ["There is no such record."]}
    assert told["fields"]["cost"] == "NT$1"


@pytest.mark.parametrize(
    "hostile", [{"name": "\x00"}, {"servings": "9" * 400}, {"launched": "0000-99-99"}]
)
def test_hostile_input_is_refused_and_no_fault(browser: FlaskClient, hostile: Any) -> None:
    fields = filled_in(browser, ADD, **NEW | hostile)

    assert browser.post(PREVIEW, data=fields).status_code in (200, 400)


def test_too_many_rows_are_refused(browser: FlaskClient) -> None:
    rows = {f"ingredients-{place}-name": "Salt" for place in range(1200)}

    assert browser.post(PREVIEW, data=filled_in(browser, ADD, **NEW, **rows)).status_code == 400


def test_a_record_that_nobody_may_change_has_no_preview(kitchen: Kitchen) -> None:
    urls = {str(rule) for rule in kitchen.app.url_map.iter_rules()}

    assert "/kitchen/suppliers/preview" in urls
    assert PREVIEW in urls
