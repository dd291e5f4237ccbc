"""One search finds whatever somebody may read, marks it, and leads to it; and nothing else."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen.activation.service import switch
from bumen.host import Host
from bumen.records import create_record
from bumen.testing.makers import make_user
from bumen.testing.people import Login
from bumen.unit_of_work import CurrentCompany
from tests.core.ruled import rule

API = "/api/v1/core/search/"
Statements = Callable[[], list[str]]


def made(host: Host, key: str, *, company: str = "TW01", **values: Any) -> int:
    with host.unit_of_work(company=company) as unit:
        ident: int = create_record(host.registry.resources[key], values, by=unit.user).id
        return ident


def found(browser: FlaskClient, words: str) -> dict[str, list[str]]:
    """Return the labels of what is found, by resource."""
    answer = browser.get(API, query_string={"q": words})
    assert answer.status_code == 200, answer.text
    groups = answer.json["result"]
    return {one["resource"]: [record["label"] for record in one["records"]] for one in groups}


def page(browser: FlaskClient, words: str) -> str:
    answer = browser.get("/search/", query_string={"q": words})
    assert answer.status_code == 200
    return answer.text


def test_a_customer_and_what_refers_to_it_are_found_in_any_script(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    customer = made(host, "base.customers", name="臺灣電力", code="C1")
    made(host, "base.contacts", name="王小明", customer_id=customer)

    assert found(login("admin"), "台湾电力") == {
        "base.contacts": ["王小明"],
        "base.customers": ["C1 臺灣電力"],
    }


def test_the_page_marks_what_was_found_and_leads_to_it(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    ident = made(host, "base.customers", name="臺灣電力", code="C1", phone="02-23666666")

    shown = page(login("admin"), "台湾 23666666")

    assert "<mark>臺灣</mark>電力" in shown
    assert "02-<mark>23666666</mark>" in shown
    assert f'href="/base/customers/show/{ident}"' in shown


def test_what_does_not_fit_on_the_page_is_listed_elsewhere(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    for number in range(11):
        made(host, "base.categories", name=f"茶 {number}")
    browser = login("admin")

    assert 'href="/base/categories/list/?q=%E8%8C%B6"' in page(browser, "茶")
    assert len(found(browser, "茶")["base.categories"]) == 10
    assert browser.get(f"{API}?q=茶&size=3").json["result"][0]["more"] is True


def test_the_palette_leads_to_the_page(host: Host, company: CurrentCompany, login: Login) -> None:
    made(host, "base.categories", name="烏龍茶")
    browser = login("admin")

    assert browser.get("/palette?q=烏龍").json["more"] == "/search/?q=%E7%83%8F%E9%BE%8D"
    assert browser.get("/palette?q=鯨鯨").json["more"] == ""


def test_an_archived_record_is_found_and_said_to_be(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    ident = made(host, "base.customers", name="Old friend")
    with host.unit_of_work(company="TW01") as unit:
        resource = host.registry.resources["base.customers"]
        unit.session.get(resource.model, ident).archived = True

    shown = page(login("admin"), "Old friend")

    after = shown.partition(f'href="/base/customers/show/{ident}"')[2]
    assert '<span class="badge">已封存</span>' in after[:400]


def test_all_that_was_found_is_listed_archived_or_not(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    idents = [made(host, "base.customers", name=f"Old friend {one}") for one in range(11)]
    with host.unit_of_work(company="TW01") as unit:
        resource = host.registry.resources["base.customers"]
        for ident in idents[:6]:
            unit.session.get(resource.model, ident).archived = True
    browser = login("admin")

    leads = re.search(r'href="(/base/customers/list/[^"]+)"', page(browser, "Old friend"))
    listed = browser.get(html.unescape(leads[1])).text

    assert all(f"/base/customers/show/{ident}" in listed for ident in idents)


@pytest.mark.parametrize("words", ["", "  ", "a", "鯨鯨", "<script>", "%", "\\", '"', "x" * 500])
def test_a_page_without_hits_says_what_to_do(
    company: CurrentCompany, login: Login, words: str
) -> None:
    shown = page(login("admin"), words)

    assert "empty-title" in shown
    assert "<script>alert" not in shown


@pytest.mark.parametrize("query", ["q=%00a", "q=tea&size=0", "q=tea&size=51", "q=tea&size=x"])
def test_odd_questions_are_refused(company: CurrentCompany, login: Login, query: str) -> None:
    assert login("admin").get(f"{API}?{query}").status_code == 400


def test_strangers_are_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get(f"{API}?q=tea").status_code == 401
    assert client.get("/search/?q=tea").status_code in (302, 401)


def test_another_companys_records_are_not_found(
    host: Host, company: CurrentCompany, other_company: CurrentCompany, login: Login
) -> None:
    made(host, "base.categories", name="Their tea", company="CN01")

    assert found(login("admin"), "Their tea") == {}


def test_somebody_finds_what_is_in_their_reach_only(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    made(host, "base.customers", name="Somebody else's")
    make_user(host, "sue", company="TW01", roles=["sales.salesperson"])
    make_user(host, "guest", company="TW01")

    assert found(login("sue"), "Somebody") == found(login("guest"), "Somebody") == {}
    assert list(found(login("admin"), "Somebody")) == ["base.customers"]


def test_a_hidden_field_finds_nothing_not_even_by_way_of_others(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    made(host, "base.customers", name="Tea house", phone="02-23666666")
    make_user(host, "max", company="TW01", roles=["sales.manager"])
    browser = login("max")
    assert list(found(browser, "23666666")) == ["base.customers"]

    rule(host, "base.customers", "phone", role="sales.manager")

    assert found(login("max"), "23666666") == {}
    assert "23666666</mark>" not in page(login("max"), "Tea 23666666")
    assert list(found(login("max"), "Tea house")) == ["base.customers"]


def test_a_department_that_is_off_is_not_searched(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    made(host, "base.categories", name="Green tea")
    switch(host, company="TW01", name="base", enabled=False)

    assert found(login("admin"), "Green tea") == {}
    switch(host, company="TW01", name="base", enabled=True)
    assert found(login("admin"), "Green tea") != {}


def test_a_search_takes_as_many_statements_for_three_records_as_for_one(
    host: Host, company: CurrentCompany, login: Login, statements: Statements
) -> None:
    browser, counted = login("admin"), []
    for number in range(3):
        customer = made(host, "base.customers", name=f"Tea {number}")
        made(host, "base.contacts", name=f"Tea {number}", customer_id=customer)
        page(browser, "tea")
        statements()
        page(browser, "tea")
        counted.append(len(statements()))

    assert len(set(counted)) == 1, counted
    assert counted[0] <= 10


@pytest.mark.parametrize(
    ("address", "most"),
    [("/base/customers/list/?q=tea", 8), ("/api/v1/base/customers/?q=(search:tea)", 6)],
)
@pytest.mark.parametrize("often", [1, 2000])
def test_a_list_that_is_searched_keeps_to_its_statements(
    host: Host,
    company: CurrentCompany,
    login: Login,
    statements: Statements,
    monkeypatch: pytest.MonkeyPatch,
    *,
    address: str,
    most: int,
    often: int,
) -> None:
    monkeypatch.setattr("bumen.search.finding.OFTEN", often)
    browser, counted = login("admin"), []
    for number in range(3):
        made(host, "base.customers", name=f"Tea {number}")
        browser.get(address)
        statements()
        assert browser.get(address).status_code == 200
        counted.append(len(statements()))

    assert len(set(counted)) == 1, counted
    assert counted[0] <= most
