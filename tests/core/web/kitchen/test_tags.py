"""Tags are words of the company's own: on records, in lists, and on a page of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import signed_in
from tests.core.web.browsing import form_in
from tests.core.web.kitchens import Kitchen

DISHES, TAGS = "/api/v1/kitchen/dishes", "/api/v1/core/tags/"


@pytest.fixture
def cook(kitchen: Kitchen) -> FlaskClient:
    """A program of the cook's."""
    return programs(kitchen, "cook")


def programs(kitchen: Kitchen, name: str) -> FlaskClient:
    return signed_in(kitchen.app, kitchen.host, name, language="en")


def tag(client: FlaskClient, dish: int, *names: Any) -> Any:
    return client.put(f"{DISHES}/{dish}/tags", json={"tags": list(names)})


def names(answered: Any) -> list[str]:
    return [one["name"] for one in answered.json["result"]]


def listed(client: FlaskClient, condition: str) -> list[str]:
    found = client.get(f"{DISHES}/?q=(filters:!({condition}),order_column:code)")
    assert found.status_code == 200, found.text
    return [one["code"] for one in found.json["result"]]


def test_words_become_tags_of_the_company_once(kitchen: Kitchen, cook: FlaskClient) -> None:
    soup, stew = kitchen.dish(), kitchen.dish(code="STEW")

    first = tag(cook, soup, "VIP", "年節", " 年節 ")
    second = tag(cook, stew, "ｖｉｐ")

    assert names(first) == ["VIP", "年節"]
    assert names(second) == ["VIP"]
    assert names(cook.get(TAGS)) == ["VIP", "年節"]


def test_tags_are_written_as_a_whole(kitchen: Kitchen, cook: FlaskClient) -> None:
    soup = kitchen.dish()
    tag(cook, soup, "A", "B")

    assert names(tag(cook, soup, "B", "C")) == ["B", "C"]
    assert names(cook.get(f"{DISHES}/{soup}/tags")) == ["B", "C"]
    assert names(tag(cook, soup)) == []


@pytest.mark.parametrize(
    "sent",
    [
        ["x" * 41],
        [""],
        [7],
        [None],
        [f"t{n}" for n in range(31)],
        "VIP",
        ["a\x00b"],
        ["\ufdfa" * 30],
    ],
)
def test_what_is_no_tag_is_refused(kitchen: Kitchen, cook: FlaskClient, sent: Any) -> None:
    refused = cook.put(f"{DISHES}/{kitchen.dish()}/tags", json={"tags": sent})

    assert (refused.status_code, list(refused.json["error"]["fields"])) == (422, ["tags"])
    assert names(cook.get(TAGS)) == []


def test_lists_are_narrowed_by_tags(kitchen: Kitchen, cook: FlaskClient) -> None:
    for code, words in (("A", ("red",)), ("B", ("red", "blue")), ("C", ())):
        tag(cook, kitchen.dish(code=code), *words)
    ids = {one["name"]: one["id"] for one in cook.get(TAGS).json["result"]}
    red, blue = ids["red"], ids["blue"]

    assert listed(cook, f"(col:tags,opr:eq,value:{red})") == ["A", "B"]
    assert listed(cook, f"(col:tags,opr:neq,value:{blue})") == ["A", "C"]
    assert listed(cook, f"(col:tags,opr:in,value:!({blue},{red}))") == ["A", "B"]
    both = f"(col:tags,opr:eq,value:{red}),(col:tags,opr:eq,value:{blue})"
    assert listed(cook, both) == ["B"]
    assert listed(cook, "(col:tags,opr:empty,value:!t)") == ["C"]
    assert listed(cook, f"(col:tags,opr:eq,value:{10**15})") == []


def test_pages_of_lists_tell_the_tag_and_look_it_up(kitchen: Kitchen, cook: FlaskClient) -> None:
    tag(cook, kitchen.dish(), "年節")
    kitchen.dish(code="STEW")
    (ident,) = [one["id"] for one in cook.get(TAGS).json["result"]]
    browser = kitchen.browser()

    page = browser.get(f"/kitchen/dishes/list/?filter.tags={ident}").text

    assert ("SOUP" in page, "STEW" in page, "年節" in page) == (True, False, True)
    assert 'data-lookup="/tags/find"' in page
    assert [one["label"] for one in browser.get("/tags/find?q=年").json] == ["年節"]


def test_tags_are_put_on_a_record_from_its_page(kitchen: Kitchen) -> None:
    browser, dish = kitchen.browser(), kitchen.dish()
    form = form_in(browser.get(f"/kitchen/dishes/show/{dish}"), sends="/tags")

    form.fields["tags"] = "季節、外帶，VIP, vip"
    sent = browser.post(form.action, data=form.fields)

    page = browser.get(sent.location).text
    assert [word for word in ("季節", "外帶", "VIP") if f">{word}</a>" in page] == [
        "季節",
        "外帶",
        "VIP",
    ]


def test_a_tag_is_renamed_coloured_and_dropped_everywhere(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    soup = kitchen.dish()
    tag(cook, soup, "old", "other")
    ident = cook.get(TAGS).json["result"][0]["id"]

    changed = cook.put(f"{TAGS}{ident}", json={"name": "new", "colour": "red"})

    assert changed.json["result"] == {"id": ident, "name": "new", "colour": "red"}
    assert names(cook.get(f"{DISHES}/{soup}/tags")) == ["new", "other"]
    assert cook.put(f"{TAGS}{ident}", json={"name": "OTHER"}).status_code == 409
    assert cook.put(f"{TAGS}{ident}", json={"colour": "pink"}).status_code == 422
    assert cook.delete(f"{TAGS}{ident}").status_code == 200
    assert names(cook.get(f"{DISHES}/{soup}/tags")) == ["other"]


def test_the_page_of_tags_keeps_them(kitchen: Kitchen) -> None:
    browser = kitchen.browser()
    form = form_in(browser.get("/tags/"), sends="/tags/")

    browser.post(form.action, data={**form.fields, "name": "季節", "colour": "green"})

    page = browser.get("/tags/")
    assert "tone-good" in page.text
    changed = form_in(page, has="name", sends="")
    browser.post(changed.action, data={**changed.fields, "name": "四季"})
    assert "四季" in browser.get("/tags/").text
    dropped = form_in(browser.get("/tags/"), sends="/drop")
    browser.post(dropped.action, data=dropped.fields)
    assert "No tags yet." in browser.get("/tags/").text


def test_only_administrators_keep_tags_and_only_who_writes_puts_them_on(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    soup = kitchen.dish()
    tag(cook, soup, "VIP")
    kitchen.person("reader", "read")
    kitchen.person("writer", "read", "write")
    reader, writer = programs(kitchen, "reader"), programs(kitchen, "writer")

    assert names(reader.get(f"{DISHES}/{soup}/tags")) == ["VIP"]
    assert tag(reader, soup, "X").status_code == 403
    assert names(tag(writer, soup, "X")) == ["X"]
    assert writer.post(TAGS, json={"name": "Y"}).status_code == 403
    assert writer.post("/tags/", data={"name": "Y"}).status_code == 403


def test_companies_have_tags_of_their_own(kitchen: Kitchen, cook: FlaskClient) -> None:
    soup = kitchen.dish()
    tag(cook, soup, "VIP")
    ident = cook.get(TAGS).json["result"][0]["id"]
    make_company(kitchen.host, code="CN01", plugins=["kitchen"])
    make_administrator(kitchen.host, "ben", company="CN01")
    ben = programs(kitchen, "ben")

    assert names(ben.get(TAGS)) == []
    assert ben.get(f"{DISHES}/{soup}/tags").status_code == 404
    assert ben.delete(f"{TAGS}{ident}").status_code == 404
    assert ben.post(TAGS, json={"name": "VIP"}).status_code == 201


def test_tags_go_with_their_record_and_the_words_stay(kitchen: Kitchen, cook: FlaskClient) -> None:
    soup = kitchen.dish()
    tag(cook, soup, "VIP")

    assert cook.delete(f"{DISHES}/{soup}").status_code == 200

    assert names(cook.get(TAGS)) == ["VIP"]
    assert "On 0 records" in kitchen.browser().get("/tags/").text


def test_the_page_asks_as_little_for_three_tags_as_for_one(
    kitchen: Kitchen, cook: FlaskClient, statements: Callable[[], list[str]]
) -> None:
    soup, counted = kitchen.dish(), []
    for words in (["a"], ["a", "b", "c"]):
        tag(cook, soup, *words)
        cook.get(f"/kitchen/dishes/show/{soup}")
        statements()
        cook.get(f"/kitchen/dishes/show/{soup}")
        cook.get("/tags/")
        counted.append(len(statements()))

    assert len(set(counted)) == 1


def test_what_bears_no_tags_has_none(kitchen: Kitchen, cook: FlaskClient) -> None:
    where = f"/api/v1/kitchen/suppliers/{kitchen.supplier()}/tags"

    assert cook.get(where).status_code == 404
    assert cook.put(where, json={"tags": ["x"]}).status_code == 404
    refused = cook.get("/api/v1/kitchen/suppliers/?q=(filters:!((col:tags,opr:eq,value:1)))")
    assert refused.status_code == 400
