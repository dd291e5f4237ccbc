"""The palette finds records by their words, in whatever somebody may read, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from bumen.activation.service import switch
from bumen.host import Host
from bumen.records import create_record
from bumen.testing.makers import make_user
from bumen.testing.people import Login
from bumen.unit_of_work import CurrentCompany

Statements = Callable[[], list[str]]
MOST_STATEMENTS = 3 + 20
"""Who asks, where, with which rights; and one for each resource that is searched."""


def made(host: Host, key: str, *, company: str = "TW01", **values: object) -> int:
    with host.unit_of_work(company=company) as unit:
        ident: int = create_record(host.registry.resources[key], values, by=unit.user).id
        return ident


def product(host: Host, name: str, *, company: str = "TW01") -> int:
    return made(host, "base.products", company=company, name=name, unit="盒", list_price="10")


def found(browser: FlaskClient, words: str) -> list[str]:
    answer = browser.get("/palette", query_string={"q": words})
    assert answer.status_code == 200, answer.text
    return [one["label"].partition(" ")[2] or one["label"] for one in answer.json["records"]]


def test_two_chinese_characters_find_a_record_and_lead_to_it(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    ident = product(host, "阿里山高山烏龍茶")
    browser = login("admin")

    (one,) = browser.get("/palette?q=烏龍").json["records"]

    assert one["url"] == f"/base/products/show/{ident}"
    assert "阿里山高山烏龍茶" in one["label"]
    assert one["of"]
    assert browser.get(one["url"]).status_code == 200


def test_every_word_must_occur(host: Host, company: CurrentCompany, login: Login) -> None:
    product(host, "Green tea")
    product(host, "Black tea")

    assert found(login("admin"), "tea green") == ["Green tea"]


@pytest.mark.parametrize("words", ["", " ", "t"])
def test_too_little_is_not_searched_for(
    host: Host, company: CurrentCompany, login: Login, words: str
) -> None:
    product(host, "tea t")

    assert found(login("admin"), words) == []


def test_one_resource_does_not_drown_the_others(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    for number in range(8):
        product(host, f"Tea {number}")
    made(host, "base.categories", name="Tea things")

    labels = found(login("admin"), "tea")

    assert len(labels) == 6
    assert any("things" in label for label in labels)


def test_another_companys_records_are_not_found(
    host: Host, company: CurrentCompany, other_company: CurrentCompany, login: Login
) -> None:
    product(host, "Their tea", company="CN01")

    assert found(login("admin"), "Their tea") == []


def test_who_may_read_nothing_finds_nothing(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    product(host, "Green tea")
    make_user(host, "guest", company="TW01")

    assert found(login("guest"), "tea") == []


def test_what_is_found_by_something_else_than_its_name_says_by_what(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    customer = made(host, "base.customers", name="臺灣電力", code="C1")
    made(host, "base.contacts", name="王小明", customer_id=customer)

    records = login("admin").get("/palette?q=台湾").json["records"]

    hints = {one["label"]: one["hint"] for one in records}
    assert hints["C1 臺灣電力"] == ""
    assert hints["王小明"].endswith("C1 臺灣電力")


def test_salespeople_find_their_own_customers_only(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    made(host, "base.customers", name="Somebody else's")
    make_user(host, "sue", company="TW01", roles=["sales.salesperson"])

    assert found(login("sue"), "Somebody") == []
    assert found(login("admin"), "Somebody") == ["Somebody else's"]


def test_a_department_that_is_off_is_not_searched(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    product(host, "Green tea")
    switch(host, company="TW01", name="base", enabled=False)

    assert found(login("admin"), "tea") == []


def test_somebody_unknown_is_asked_to_sign_in(client: FlaskClient) -> None:
    assert client.get("/palette?q=tea").status_code == 401


@pytest.mark.parametrize("words", ["\x00", "tea\x00", "%", "_%", "x" * 5000, "'; --"])
def test_odd_words_are_no_fault(company: CurrentCompany, login: Login, words: str) -> None:
    assert login("admin").get("/palette", query_string={"q": words}).status_code < 500


def test_the_palette_takes_few_statements(
    host: Host, company: CurrentCompany, login: Login, statements: Statements
) -> None:
    for number in range(8):
        product(host, f"Tea {number}")
    browser = login("admin")
    found(browser, "tea")
    statements()

    found(browser, "tea")

    assert len(statements()) <= MOST_STATEMENTS
