"""The list of a resource: its columns, its rows, the conditions it says, and the ways on."""

from __future__ import annotations

import re

import pytest

from tests.core.web.browsing import forms_in
from tests.core.web.kitchens import Kitchen
from tests.core.web.looking import Element, heads, look_at, rows

LIST = "/kitchen/dishes/list/"


def listed(kitchen: Kitchen, query: str = "", *, by: str = "cook") -> Element:
    """Return the page of a list."""
    return look_at(kitchen.browser(by).get(LIST + query))


def ways_out(page: Element) -> list[str]:
    """Return where the crosses of the conditions lead."""
    return [one.attributes["href"] for one in page.every("a", of="list-chip-out")]


def test_the_chosen_columns_are_shown_in_their_order_and_no_others(kitchen: Kitchen) -> None:
    kitchen.dish(code="TEA", name="Tea", price="2.00")

    page = listed(kitchen, "?columns=price,name")

    assert heads(page) == ["Price", "Name"]
    assert rows(page) == [["NT$2", "Tea"]]
    ticked = [one for one in page.every("input", name="columns") if "checked" in one.attributes]
    assert [one.attributes["value"] for one in ticked] == ["price", "name"]


def test_check_boxes_choose_columns_without_a_script(kitchen: Kitchen) -> None:
    kitchen.dish()

    assert heads(listed(kitchen, "?columns=name&columns=code")) == ["Name", "Code"]


@pytest.mark.parametrize("column", ["nothing", "version", "company_id", "name;drop"])
def test_a_column_that_is_not_there_is_refused(kitchen: Kitchen, column: str) -> None:
    assert kitchen.browser().get(f"{LIST}?columns=name,{column}").status_code == 400


@pytest.mark.parametrize("query", ["view=map", "group=price", "wanted=1", "saved=x", "at=x"])
def test_what_a_list_cannot_be_asked_for_is_refused(kitchen: Kitchen, query: str) -> None:
    assert kitchen.browser().get(f"{LIST}?{query}").status_code == 400


def test_each_condition_says_what_it_is_and_can_be_taken_away_alone(kitchen: Kitchen) -> None:
    kitchen.dish(code="TEA", price="2.00")
    asked = "?filter.price.ge=1&filter.course=starter&filter.course=main&q=Soup"

    page = listed(kitchen, asked)

    said = [one.text for one in page.every("li", of="list-chip")]
    assert said == ["Search Soup", "Price is at least NT$1", "Course is Starter or Main course"]
    without_search, without_price, without_course = ways_out(page)
    assert len(ways_out(look_at(kitchen.browser().get(without_search)))) == 2
    assert "price" not in without_price
    assert without_price.count("course") == 2
    assert "course" not in without_course
    assert "q=Soup" in without_course


def test_sending_the_filters_untouched_changes_nothing(kitchen: Kitchen) -> None:
    kitchen.dish()
    query = (
        "filter.price.ge=1&filter.course=main&filter.name.empty=0&filter.launched.period=2026-11"
    )
    answer = kitchen.browser().get(f"{LIST}?{query}&sort=-price&q=x")

    form = next(one for one in forms_in(answer) if "filter.price.ge" in one.boxes)

    sent = {name: values for name, values in form.fields.lists() if any(values)}
    kept = {name: values for name, values in sent.items() if not name.startswith("filter.course")}
    assert kept["filter.price.ge"] == ["1"]
    assert kept["filter.launched.period"] == ["2026-11"]
    assert kept["sort"] == ["-price"]
    assert kept["q"] == ["x"]


def test_searching_keeps_the_conditions(kitchen: Kitchen) -> None:
    answer = kitchen.browser().get(f"{LIST}?filter.price.ge=1&columns=name&sort=name")

    form = next(one for one in forms_in(answer) if "q" in one.boxes and one.method == "get")

    assert form.fields["filter.price.ge"] == "1"
    assert form.fields["columns"] == "name"
    assert form.fields["sort"] == "name"


def test_heads_sort_and_say_how_they_do(kitchen: Kitchen) -> None:
    kitchen.dish(code="A", price="2")
    kitchen.dish(code="B", price="1")

    page = listed(kitchen, "?sort=price&columns=code,price")

    head = page.one("th", aria_sort="ascending")
    assert head.text == "Price"
    assert [row[0] for row in rows(page)] == ["B", "A"]
    turned = look_at(kitchen.browser().get(head.one("a").attributes["href"]))
    assert turned.one("th", aria_sort="descending").text == "Price"
    assert [row[0] for row in rows(turned)] == ["A", "B"]


def test_pages_lead_on_and_back_and_say_where_they_are(kitchen: Kitchen) -> None:
    for number in range(5):
        kitchen.dish(code=f"D{number}")
    browser = kitchen.browser()

    first = look_at(browser.get(f"{LIST}?size=2&sort=code&columns=code"))
    second = look_at(browser.get(first.one(id="page-next").attributes["href"]))
    last = look_at(browser.get(first.one(id="page-last").attributes["href"]))
    back = look_at(browser.get(last.one(id="page-previous").attributes["href"]))

    assert [rows(one) for one in (first, second, last, back)] == [
        [["D0"], ["D1"]],
        [["D2"], ["D3"]],
        [["D4"]],
        [["D2"], ["D3"]],
    ]
    places = [one.one(id="list-count").text for one in (first, second, last, back)]
    assert places == ["1–2 of 5", "3–4 of 5", "5–5 of 5", "3–4 of 5"]
    assert not list(first.every(id="page-previous"))
    assert not list(last.every(id="page-next"))


def test_counts_are_heard_by_those_who_do_not_see_them(kitchen: Kitchen) -> None:
    assert listed(kitchen).one(id="list-count").attributes["aria-live"] == "polite"


def test_a_flag_a_choice_and_nothing_are_told_in_words(kitchen: Kitchen) -> None:
    kitchen.dish(course="main", vegan=True)

    page = listed(kitchen, "?columns=course,vegan,supplier")

    assert rows(page) == [["Main course", "Yes", "–"]]


def test_a_list_without_anything_says_so_and_offers_to_begin(kitchen: Kitchen) -> None:
    kitchen.person("reader", "read")

    empty = listed(kitchen).one(of="empty")

    assert empty.text == "There is nothing here yet. New Import a file"
    places = [one.attributes["href"] for one in empty.every("a")]
    assert places == ["/kitchen/dishes/add", "/imports/new?resource=kitchen.dishes"]
    assert listed(kitchen, by="reader").one(of="empty").text == "There is nothing here yet."


def test_a_list_in_which_nothing_matches_offers_to_show_all(kitchen: Kitchen) -> None:
    kitchen.dish()

    page = listed(kitchen, "?q=nowhere&filter.course=main&columns=code")

    assert page.one(id="list-count").text == "Nothing matches."
    way_out = page.one(of="empty").one("a").attributes["href"]
    assert way_out == f"{LIST}?columns=code"
    assert rows(look_at(kitchen.browser().get(way_out))) == [["SOUP"]]


def test_the_files_to_take_along_are_of_what_is_shown(kitchen: Kitchen) -> None:
    page = listed(kitchen, "?filter.course=main&columns=code&sort=-code")

    links = [one.attributes["href"] for one in page.one(id="list-export").every("a")]

    asked = "filter.course=main&columns=code&sort=-code"
    assert links == [f"/kitchen/dishes/export?format={one}&{asked}" for one in ("xlsx", "csv")]


def test_views_are_offered_where_they_are_declared(kitchen: Kitchen) -> None:
    ways = listed(kitchen, "?filter.course=main").one(of="list-ways")

    names = [one.attributes["aria-label"] for one in ways.every("a")]
    assert names == ["List", "Board", "Calendar", "Chart", "Cards"]
    assert all("filter.course=main" in one.attributes["href"] for one in ways.every("a"))
    suppliers = look_at(kitchen.browser().get("/kitchen/suppliers/list/"))
    assert not list(suppliers.every(of="list-ways"))


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("filter.price.lt=cheap", "filters.price"),
        ("filter.moon=1", "filters"),
        ("sort=moon", "order"),
    ],
)
def test_the_page_of_a_mistyped_address_names_the_part(
    kitchen: Kitchen, asked: str, named: str
) -> None:
    page = kitchen.browser().get(f"{LIST}?{asked}")

    assert page.status_code == 400
    assert re.findall(r"<code>([^<]*)</code>", page.text) == [named]
