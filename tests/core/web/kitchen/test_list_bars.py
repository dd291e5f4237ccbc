"""What is done with many rows at once, and which views are kept: as a list offers it."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bumen.host import Host
from tests.core.web.browsing import form_in
from tests.core.web.kitchens import Kitchen
from tests.core.web.looking import Element, look_at, rows

LIST = "/kitchen/dishes/list/"


@pytest.fixture
def kitchen(host: Host, app: Flask) -> Kitchen:
    """An open kitchen with two dishes."""
    opened = Kitchen.opened(host, app)
    opened.dish(code="A")
    opened.dish(code="B", course="main")
    return opened


def offered(page: Element) -> list[str]:
    """Return what may be done with the rows that are chosen."""
    buttons = page.one("form", id="bulk").every("button", name="action")
    return [one.attributes["value"] for one in buttons if "data-bulk-opens" in one.attributes]


def keep(browser: FlaskClient, query: str, **sent: str) -> None:
    """Keep a view of the list as its form does."""
    form = form_in(browser.get(LIST + query), sends="/views/save", has="name")
    browser.post(form.action, data={**form.fields.to_dict(), **sent})


def test_each_row_can_be_chosen_as_it_is_now(kitchen: Kitchen) -> None:
    page = look_at(kitchen.browser().get(f"{LIST}?sort=code"))

    boxes = list(page.every("input", name="records"))

    dishes = [kitchen.kept(1), kitchen.kept(2)]
    assert [one.attributes["value"] for one in boxes] == [f"{d.id}:{d.version}" for d in dishes]
    assert {one.attributes["form"] for one in boxes} == {"bulk"}
    assert [one.attributes["aria-label"] for one in boxes] == ["Choose A", "Choose B"]


def test_the_bar_offers_what_this_person_may_do(kitchen: Kitchen) -> None:
    kitchen.person("reader", "read")
    kitchen.person("taster", "read", "taste")

    assert offered(look_at(kitchen.browser().get(LIST))) == [
        "taste",
        "buy_from",
        "forget",
        "delete",
    ]
    assert offered(look_at(kitchen.browser("taster").get(LIST))) == ["taste"]
    read_only = look_at(kitchen.browser("reader").get(LIST))
    assert not list(read_only.every("form", id="bulk"))
    assert not list(read_only.every("input", name="records"))


def test_what_an_action_asks_and_how_many_it_is_done_with_stands_in_its_dialog(
    kitchen: Kitchen,
) -> None:
    bar = look_at(kitchen.browser().get(LIST)).one("form", id="bulk")

    names = ("taste", "forget", "delete")
    taste, forget, delete = (bar.one("dialog", id=f"bulk-{name}") for name in names)

    assert [one.attributes["name"] for one in taste.every("input")] == ["points", "remark"]
    assert "disabled" in taste.one("fieldset").attributes
    assert "Are all points to be taken away?" in forget.text
    counted = {one.attributes["data-count"] for one in delete.every("p") if one.attributes}
    assert counted == {"# records will be deleted for good."}


def test_the_bar_works_as_it_stands_without_a_script(kitchen: Kitchen) -> None:
    browser = kitchen.browser()
    form = form_in(browser.get(f"{LIST}?sort=code"), sends="/bulk")
    sent = {name: form.fields[name] for name in ("csrf_token", "company", "query", "ask")}

    asked = browser.post(form.action, data={**sent, "action": "delete", "records": "1:1"})

    assert asked.status_code == 200
    assert sent["query"] == "sort=code"
    assert kitchen.kept(1).code == "A"


def test_a_view_that_was_kept_is_offered_and_marked(kitchen: Kitchen) -> None:
    browser = kitchen.browser()
    keep(browser, "?filter.course=main", name="Mains")

    menu = look_at(browser.get(LIST)).one(id="list-saved")
    kept = next(one for one in menu.every("a") if one.text == "Mains")
    page = look_at(browser.get(kept.attributes["href"]))

    assert len(rows(page)) == 1
    assert page.one(id="list-saved").one("a", aria_current="true").text == "Mains"


def test_who_opens_the_list_with_a_view_still_comes_to_all_records(kitchen: Kitchen) -> None:
    browser = kitchen.browser()
    keep(browser, "?filter.course=main", name="Mains", preferred="1")

    page = look_at(browser.get(LIST))
    assert len(rows(page)) == 1

    for link in (*page.every("a", of="list-chip-out"), next(page.one(id="list-saved").every("a"))):
        assert len(rows(look_at(browser.get(link.attributes["href"])))) == 2
    search = kept_by_search(browser, "?saved=0")
    assert search == {"saved": "0"}


def kept_by_search(browser: FlaskClient, query: str) -> dict[str, str]:
    """Return what the search of a list keeps of its address."""
    form = look_at(browser.get(LIST + query)).one("form", role="search")
    kept = (one.attributes for one in form.every("input", type="hidden"))
    return {one["name"]: one["value"] for one in kept}
