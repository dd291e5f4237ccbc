"""The history of a record on its page and for programs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen.records import change_record, run_action
from bumen.testing.makers import make_administrator, make_company
from bumen.testing.people import signed_in
from kitchen.models import Dish
from kitchen.resources import Dishes
from tests.core.ruled import rule
from tests.core.web.kitchens import Kitchen

Statements = Callable[[], list[str]]
API, PAGE = "/api/v1/kitchen/dishes", "/kitchen/dishes/history"


@pytest.fixture
def cook(kitchen: Kitchen) -> FlaskClient:
    return signed_in(kitchen.app, kitchen.host, "cook")


def change(kitchen: Kitchen, ident: int, **values: Any) -> None:
    """Change a dish."""
    with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
        dish = unit.session.get(Dish, ident)
        assert dish is not None
        change_record(Dishes, dish, values, by=unit.user, version=dish.version)


def taste(kitchen: Kitchen, ident: int) -> None:
    """Give a dish seven points."""
    with kitchen.host.unit_of_work(company="TW01", by="cook") as unit:
        dish = unit.session.get(Dish, ident)
        assert dish is not None
        given = {"points": 7}
        run_action(Dishes, dish, "taste", given, by=unit.user, version=dish.version)


def test_a_program_reads_the_history_latest_first(kitchen: Kitchen, cook: FlaskClient) -> None:
    soup = kitchen.dish(supplier_id=kitchen.supplier())
    change(kitchen, soup, price="4.00")
    taste(kitchen, soup)

    answered = cook.get(f"{API}/{soup}/history").get_json()

    tasted, changed, made = answered["result"]
    assert (tasted["kind"], tasted["action"], tasted["by"]["label"]) == ("done", "taste", "cook")
    assert changed["fields"] == [{"field": "price", "from": "3.50", "to": "4.00"}]
    assert {"field": "supplier", "from": None, "to": {"id": 1, "label": "Farm"}} in made["fields"]
    assert answered["next"] is None


def test_older_entries_are_asked_for_page_by_page(kitchen: Kitchen, cook: FlaskClient) -> None:
    soup = kitchen.dish()
    for price in range(1, 6):
        change(kitchen, soup, price=str(price))

    pages, before = [], ""
    while before is not None:
        page = cook.get(f"{API}/{soup}/history?size=2{before}").get_json()
        pages.append([one["number"] for one in page["result"]])
        before = f"&before={page['next']}" if page["next"] else None

    last = pages[0][0]
    assert pages == [[last - turn, last - turn - 1] for turn in (0, 2, 4)]


@pytest.mark.parametrize("query", ["before=x", "before=-1", "size=0", "size=101", "size=²"])
def test_what_is_no_number_is_refused(kitchen: Kitchen, cook: FlaskClient, query: str) -> None:
    answered = cook.get(f"{API}/{kitchen.dish()}/history?{query}")

    assert answered.status_code == 400
    assert list(answered.get_json()["error"]["fields"]) == [query.partition("=")[0]]


def test_the_page_tells_who_changed_what(kitchen: Kitchen, cook: FlaskClient) -> None:
    soup = kitchen.dish()
    change(kitchen, soup, course="main", ingredients=[{"name": "Beans", "amount": "2"}])
    taste(kitchen, soup)

    page = cook.get(f"{PAGE}/{soup}", headers={"Accept-Language": "en"}).text

    for said in ("Taste", "Created", "Changed", "Starter", "Main course", "Beans", "cook"):
        assert said in page


def test_the_tab_fetches_the_history_without_a_page_around_it(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    soup = kitchen.dish()

    shown = cook.get(f"/kitchen/dishes/show/{soup}").text
    fetched = cook.get(f"{PAGE}/{soup}", headers={"HX-Request": "true"}).text

    assert f'hx-get="{PAGE}/{soup}"' in shown
    assert "<html" not in fetched
    assert "history-entry" in fetched


def test_markup_that_somebody_wrote_is_text(kitchen: Kitchen, cook: FlaskClient) -> None:
    soup = kitchen.dish(name="<script>alert(1)</script>")

    assert "<script>alert" not in cook.get(f"{PAGE}/{soup}").text


def test_a_field_that_is_hidden_is_in_no_history(kitchen: Kitchen) -> None:
    line = {"name": "Beans", "amount": "2", "supplier_id": kitchen.supplier("Secret farm")}
    soup = kitchen.dish(ingredients=[line])
    change(kitchen, soup, weight="987.65", name="Stew")
    kitchen.person("reader", "read")
    for field in ("weight", "ingredients.supplier"):
        rule(kitchen.host, "kitchen.dishes", field, role="kitchen.reader")
    reader = signed_in(kitchen.app, kitchen.host, "reader")

    told = [reader.get(url).text for url in (f"{API}/{soup}/history", f"{PAGE}/{soup}")]

    assert all("Stew" in one for one in told)
    assert not any(said in one for one in told for said in ("987.65", "Secret farm"))


@pytest.mark.parametrize(
    ("url", "refused"), [(API + "/{}/history", [403, 401]), (PAGE + "/{}", [403, 302])]
)
def test_who_may_not_read_a_record_reads_no_history(
    kitchen: Kitchen, url: str, refused: list[int]
) -> None:
    soup = kitchen.dish()
    make_company(kitchen.host, code="CN01", plugins=["kitchen"])
    make_administrator(kitchen.host, "neighbour", company="CN01")
    neighbour, guest, nobody = (
        signed_in(kitchen.app, kitchen.host, "neighbour"),
        signed_in(kitchen.app, kitchen.host, "guest"),
        kitchen.app.test_client(),
    )

    answers = [one.get(url.format(soup)).status_code for one in (neighbour, guest, nobody)]

    assert answers == [404, *refused]


def test_a_long_history_takes_as_many_statements_as_a_short_one(
    kitchen: Kitchen, cook: FlaskClient, statements: Statements
) -> None:
    short, long = kitchen.dish(), kitchen.dish(code="STEW")
    for price in range(5):
        change(kitchen, long, price=str(price))
    counted = []
    for url in (API + "/{}/history", PAGE + "/{}"):
        for ident in (short, short, long):
            statements()
            cook.get(url.format(ident))
            counted.append(len(statements()))

    assert counted[1] == counted[2]
    assert counted[4] == counted[5]


def test_a_new_record_does_not_inherit_what_went_before(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    soup = kitchen.dish()
    version = kitchen.kept(soup).version
    assert cook.post(f"/kitchen/dishes/delete/{soup}", data={"version": version}).status_code == 302
    stew = kitchen.dish(code="STEW", name="Stew")

    told = cook.get(f"{API}/{stew}/history").get_json()["result"]

    assert [(one["kind"], one["label"]) for one in told] == [("made", "STEW Stew")]
