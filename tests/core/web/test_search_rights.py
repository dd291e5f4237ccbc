"""What somebody may not see is found by none of the ways to search."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from bumen.activation.service import switch
from bumen.host import Host
from bumen.records import create_record
from bumen.testing.makers import make_user
from bumen.testing.people import Login
from bumen.unit_of_work import CurrentCompany
from tests.core.ruled import rule

KEY = "base.customers"
PHONE = "02-23666666"
Way = Callable[[FlaskClient, str], list[int]]


def by_search_api(browser: FlaskClient, words: str) -> list[int]:
    """Return the ids of the customers that the search through the API finds."""
    groups = browser.get("/api/v1/core/search/", query_string={"q": words}).json["result"]
    return [record["id"] for one in groups if one["resource"] == KEY for record in one["records"]]


def by_palette(browser: FlaskClient, words: str) -> list[int]:
    """Return those that Ctrl-K finds."""
    found = browser.get("/palette", query_string={"q": words}).json["records"]
    return _customers(" ".join(one["url"] for one in found))


def by_search_page(browser: FlaskClient, words: str) -> list[int]:
    """Return those that the search page links to."""
    return _customers(browser.get("/search/", query_string={"q": words}).text)


def by_list_page(browser: FlaskClient, words: str) -> list[int]:
    """Return those that the list shows."""
    answer = browser.get("/base/customers/list/", query_string={"q": words})
    return _customers(answer.text) if answer.status_code == 200 else []


def by_list_api(browser: FlaskClient, words: str) -> list[int]:
    """Return those that the list answers through the API, or none where it counts none."""
    answer = browser.get("/api/v1/base/customers/", query_string={"q": f"(search:'{words}')"})
    if answer.status_code != 200:
        return []
    ids: list[int] = answer.json["ids"]
    assert bool(answer.json["count"]) is bool(ids)
    return ids


def by_lookup(browser: FlaskClient, words: str) -> list[int]:
    """Return those that forms offer."""
    answer = browser.get("/lookup/base/customers", query_string={"q": words})
    return [one["id"] for one in answer.json] if answer.status_code == 200 else []


def _customers(said: str) -> list[int]:
    found = re.findall(r"/base/customers/show/(\d+)", said)
    return list(dict.fromkeys(int(one) for one in found if one != "0"))


WAYS = (by_search_api, by_palette, by_search_page, by_list_page, by_list_api, by_lookup)
every_way = pytest.mark.parametrize("way", WAYS)


@pytest.fixture
def customer(host: Host, company: CurrentCompany) -> int:
    """A customer of TW01 that belongs to nobody."""
    return made(host, name="臺灣電力", phone=PHONE)


def made(host: Host, *, company: str = "TW01", **values: object) -> int:
    with host.unit_of_work(company=company) as unit:
        ident: int = create_record(host.registry.resources[KEY], values, by=unit.user).id
        return ident


@every_way
def test_who_may_see_a_record_finds_it_in_either_script(
    login: Login, customer: int, way: Way
) -> None:
    browser = login("admin")

    assert [way(browser, one) for one in ("臺灣", "台湾", "台灣 电", "236666")] == [[customer]] * 4


@every_way
def test_another_companys_record_is_not_found(
    host: Host, other_company: CurrentCompany, login: Login, customer: int, way: Way
) -> None:
    made(host, company="CN01", name="台湾电力")

    assert way(login("admin"), "台湾电力") == [customer]


@every_way
def test_nothing_of_a_department_that_is_off_is_found(
    host: Host, login: Login, customer: int, way: Way
) -> None:
    switch(host, company="TW01", name="base", enabled=False)

    assert way(login("admin"), "臺灣") == []


@every_way
def test_a_record_out_of_reach_is_not_found(
    host: Host, login: Login, customer: int, way: Way
) -> None:
    make_user(host, "sue", company="TW01", roles=["sales.salesperson"])
    make_user(host, "guest", company="TW01")

    assert way(login("sue"), "臺灣") == []
    if way in (by_search_api, by_palette, by_search_page):
        assert way(login("guest"), "臺灣") == []


@every_way
def test_a_field_that_is_hidden_finds_nothing(
    host: Host, login: Login, customer: int, way: Way
) -> None:
    make_user(host, "max", company="TW01", roles=["sales.manager"])
    assert way(login("max"), "236666") == [customer]

    rule(host, KEY, "phone", role="sales.manager")
    browser = login("max")

    assert [way(browser, one) for one in ("236666", "66", "臺灣 236666")] == [[], [], []]
    assert way(browser, "臺灣") == [customer]


@every_way
def test_words_that_are_frequent_find_nothing_more(
    host: Host, login: Login, customer: int, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lists go another way for them: record by record."""
    monkeypatch.setattr("bumen.search.finding.OFTEN", 1)
    make_user(host, "max", company="TW01", roles=["sales.manager"])
    make_user(host, "sue", company="TW01", roles=["sales.salesperson"])
    rule(host, KEY, "phone", role="sales.manager")
    for number in range(30):
        made(host, name=f"臺灣 {number}", phone=PHONE)

    assert way(login("max"), "236666") == []
    assert way(login("sue"), "臺灣") == []
    assert way(login("max"), "臺灣") != []


def test_the_search_is_described(company: CurrentCompany, login: Login) -> None:
    described = login("admin").get("/api/v1/_openapi").json["paths"]["/api/v1/core/search/"]["get"]

    assert [one["name"] for one in described["parameters"]] == ["X-Company", "q", "size"]
    answer = described["responses"]["200"]["content"]["application/json"]["schema"]
    assert set(answer["properties"]) == {"count", "result"}
