"""Lines of a document inside its form: added, changed, dropped, and never lost."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.core.web.browsing import form_in, send, send_form
from tests.core.web.kitchens import Kitchen

ADD = "/kitchen/dishes/add"
NEW = {"code": "STEW", "name": "Stew", "course": "main", "price": "1"}


@pytest.fixture
def browser(kitchen: Kitchen) -> FlaskClient:
    return kitchen.browser()


def typed(place: int, /, **values: str) -> dict[str, str]:
    return {f"ingredients-{place}-{name}": value for name, value in values.items()}


def lines_of(kitchen: Kitchen, ident: int) -> list[tuple[str, Decimal]]:
    return [(line.name, line.amount) for line in kitchen.kept(ident).ingredients]


def edit(ident: int) -> str:
    return f"/kitchen/dishes/edit/{ident}"


def test_a_document_is_made_with_its_lines(kitchen: Kitchen, browser: FlaskClient) -> None:
    lines = typed(0, name="Salt", amount="1,000.5") | typed(2, name="Beef", amount="2", price="")

    assert send(browser, ADD, **NEW, **lines).status_code == 302

    assert lines_of(kitchen, 1) == [("Salt", Decimal("1000.5")), ("Beef", Decimal(2))]
    assert kitchen.kept(1).cost == Decimal("1002.50")


def test_lines_are_added_changed_and_dropped_in_one_form(
    kitchen: Kitchen, browser: FlaskClient
) -> None:
    names = ("Salt", "Beef", "Rice")
    ident = kitchen.dish(ingredients=[{"name": name, "amount": "1"} for name in names])
    ids = {line.name: line.id for line in kitchen.kept(ident).ingredients}

    send(
        browser,
        edit(ident),
        **typed(0, amount="9"),
        **{"ingredients-1-drop": "1"},
        **typed(4, name="Leek", amount="3"),
    )

    assert lines_of(kitchen, ident) == [("Salt", 9), ("Rice", 1), ("Leek", 3)]
    kept = {line.name: line.id for line in kitchen.kept(ident).ingredients}
    assert (kept["Salt"], kept["Rice"]) == (ids["Salt"], ids["Rice"])


def test_a_form_offers_three_empty_rows_below_the_lines(
    kitchen: Kitchen, browser: FlaskClient
) -> None:
    ident = kitchen.dish(ingredients=[{"name": "Salt", "amount": "1"}])

    rows = [
        name for name in form_in(browser.get(edit(ident)), has="code").boxes if "-amount" in name
    ]

    assert sorted(rows) == [f"ingredients-{place}-amount" for place in range(4)]


def test_rows_nobody_typed_into_are_no_lines(kitchen: Kitchen, browser: FlaskClient) -> None:
    send(browser, ADD, **NEW, **typed(1, name="Salt", amount="1"))

    assert lines_of(kitchen, 1) == [("Salt", Decimal(1))]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"amount": "0", "name": "Salt"}, "amount", "More than 0."),
        ({"amount": "1.0005", "name": "Salt"}, "amount", "At most 3 decimal places."),
        ({"amount": "1", "name": ""}, "name", "This field is required."),
        ({"amount": "", "name": "Salt"}, "amount", "This field is required."),
        ({"amount": "1", "name": "Salt", "supplier_id": "99"}, "supplier_id", "no such record"),
        ({"amount": "1", "name": "Salt", "unit": "yard"}, "unit", "one of: gram, piece"),
    ],
)
def test_what_does_not_fit_is_said_in_its_row(
    kitchen: Kitchen, browser: FlaskClient, values: dict[str, str], field: str, said: str
) -> None:
    sent = send(browser, ADD, **NEW, **typed(0, name="Beef", amount="1"), **typed(2, **values))

    assert sent.status_code == 422
    _before, _mark, place = sent.text.partition(f'id="ingredients-2-{field}-errors"')
    assert said in place.partition("</ul>")[0]
    again = form_in(sent, has="code").fields
    assert {name: again[f"ingredients-2-{name}"] for name in values if name != "unit"} == {
        name: value for name, value in values.items() if name != "unit"
    }
    assert kitchen.dishes() == []


def test_messages_name_the_row_although_rows_above_are_empty_or_dropped(
    kitchen: Kitchen, browser: FlaskClient
) -> None:
    ident = kitchen.dish(ingredients=[{"name": name, "amount": "1"} for name in ("Salt", "Beef")])

    sent = send(
        browser, edit(ident), **{"ingredients-0-drop": "1"}, **typed(4, amount="-1", name="X")
    )

    assert 'id="ingredients-4-amount-errors"' in sent.text
    assert sent.text.count('class="bumen-errors"') == 1


def test_more_lines_keeps_everything_typed_and_saves_nothing(
    kitchen: Kitchen, browser: FlaskClient
) -> None:
    form = form_in(browser.get(ADD), has="code")

    sent = send_form(
        browser,
        ADD,
        form,
        code="half",
        price="abc",
        _more_lines="ingredients",
        **typed(1, name="Salt"),
    )

    again = form_in(sent, has="code")
    assert sent.status_code == 200
    assert (again.fields["code"], again.fields["price"]) == ("half", "abc")
    assert again.fields["ingredients-1-name"] == "Salt"
    assert len([name for name in again.boxes if name.endswith("-amount")]) == 6
    assert kitchen.dishes() == []


def test_more_lines_keeps_the_version_the_form_was_made_from(
    kitchen: Kitchen, browser: FlaskClient
) -> None:
    ident = kitchen.dish()
    form = form_in(browser.get(edit(ident)), has="code")
    send(kitchen.browser(), edit(ident), name="Broth")

    again = form_in(send_form(browser, edit(ident), form, _more_lines="ingredients"), has="code")

    assert send_form(browser, edit(ident), again, name="Stew").status_code == 409


def test_a_line_of_another_document_is_refused(kitchen: Kitchen, browser: FlaskClient) -> None:
    mine = kitchen.dish(ingredients=[{"name": "Salt", "amount": "1"}])
    other = kitchen.dish(code="OTHER", ingredients=[{"name": "Theirs", "amount": "1"}])
    foreign = kitchen.kept(other).ingredients[0].id

    sent = send(browser, edit(mine), **typed(0, id=str(foreign)))

    assert sent.status_code == 422
    assert "There is no such line in this document." in sent.text
    assert lines_of(kitchen, other) == [("Theirs", Decimal(1))]


@pytest.mark.parametrize("name", ["ingredients-²-name", "ingredients-x-name", "ingredients--name"])
def test_rows_that_are_none_are_ignored(kitchen: Kitchen, browser: FlaskClient, name: str) -> None:
    assert send(browser, ADD, **NEW, **{name: "Salt"}).status_code == 302

    assert lines_of(kitchen, 1) == []


def test_too_many_rows_are_refused(kitchen: Kitchen, browser: FlaskClient) -> None:
    rows: dict[str, Any] = {f"ingredients-{place}-name": "Salt" for place in range(1200)}

    assert send(browser, ADD, **NEW, **rows).status_code == 400

    assert kitchen.dishes() == []


def test_worked_out_amounts_are_shown_and_not_written(
    kitchen: Kitchen, browser: FlaskClient
) -> None:
    ident = kitchen.dish(ingredients=[{"name": "Beef", "amount": "2", "price": "700"}])
    page = browser.get(edit(ident))
    assert ">1,400</td>" in page.text

    send(browser, edit(ident), **typed(0, cost="1"), cost="1")

    assert kitchen.kept(ident).ingredients[0].cost == Decimal(1400)


def test_amounts_below_each_other_have_as_many_places(
    kitchen: Kitchen, browser: FlaskClient
) -> None:
    beef, salt = {"name": "Beef", "amount": "2", "price": "700"}, {"name": "Salt", "amount": "1"}
    whole = kitchen.dish(code="STEW", ingredients=[beef, salt | {"price": "3"}])
    parts = kitchen.dish(code="SOUP", ingredients=[beef, salt | {"price": "3.5"}])

    for page in ("edit", "show"):
        assert cells(browser, f"/kitchen/dishes/{page}/{whole}") >= {"1,400", "3"}
        assert cells(browser, f"/kitchen/dishes/{page}/{parts}") >= {"1,400.00", "3.50"}


def cells(browser: FlaskClient, address: str) -> set[str]:
    """Return what stands in the cells of a page's tables."""
    return {one.strip() for one in re.findall(r"<td[^>]*>([^<]*)</td>", browser.get(address).text)}


def test_rows_stand_in_the_order_they_say(kitchen: Kitchen, browser: FlaskClient) -> None:
    names = ("Salt", "Beef", "Rice")
    ident = kitchen.dish(ingredients=[{"name": name, "amount": "1"} for name in names])
    ids = {line.name: line.id for line in kitchen.kept(ident).ingredients}

    send(
        browser,
        edit(ident),
        **typed(0, place="3"),
        **typed(1, place="0"),
        **typed(2, place="1"),
        **typed(3, place="2", name="Leek", amount="2"),
    )

    kept = kitchen.kept(ident).ingredients
    assert [line.name for line in kept] == ["Beef", "Rice", "Leek", "Salt"]
    assert {line.name: line.id for line in kept if line.name in ids} == ids


def test_messages_name_the_row_although_it_was_moved(
    kitchen: Kitchen, browser: FlaskClient
) -> None:
    lines = typed(0, place="1", name="Salt", amount="0") | typed(1, place="0", name="A", amount="1")

    sent = send(browser, ADD, **NEW, **lines)

    assert 'id="ingredients-0-amount-errors"' in sent.text
    assert sent.text.index("ingredients-1-name") < sent.text.index('name="ingredients-0-name"')


@pytest.mark.parametrize("place", ["", "-1", "x", "²", "9" * 30])
def test_a_place_that_is_none_leaves_a_row_where_its_number_does(
    kitchen: Kitchen, browser: FlaskClient, place: str
) -> None:
    lines = typed(0, place=place, name="Salt", amount="1") | typed(1, name="Beef", amount="1")

    assert send(browser, ADD, **NEW, **lines).status_code == 302

    assert [name for name, _amount in lines_of(kitchen, 1)] == ["Salt", "Beef"]
