"""Form pages: mistakes are one step away, and a form may stand in a dialog on another page."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.core.web.browsing import form_in, send
from tests.core.web.kitchens import PLAIN, Kitchen

ADD = "/kitchen/dishes/add"
DIALOG = f"{ADD}?_dialog=1"
FILLED = {"code": "STEW", "name": "Stew", "course": "main", "price": "1"}


@pytest.fixture
def cook(kitchen: Kitchen) -> FlaskClient:
    """The browser of the cook."""
    return kitchen.browser()


def summary_of(page: TestResponse) -> list[tuple[str, str]]:
    """Return the places a page leads to from its summary of mistakes, and what it says there."""
    found = re.findall(r'data-goes-to="([^"]+)">([^<]+)<', page.text)
    return [(place, " ".join(said.split())) for place, said in found]


def test_the_summary_leads_to_every_mistake(cook: FlaskClient) -> None:
    page = send(cook, ADD, **FILLED | {"price": "1.005", "servings": "0"})

    assert summary_of(page) == [
        ("servings", "Servings: At least 1."),
        ("price", "Price: At most 2 decimal places."),
    ]
    assert [page.text.count(f'id="{place}"') for place, _said in summary_of(page)] == [1, 1]


def test_the_summary_leads_to_mistakes_in_lines(cook: FlaskClient) -> None:
    page = send(cook, ADD, **FILLED, ingredients__0__name="Salt", ingredients__0__amount="0")

    assert [place for place, _said in summary_of(page)] == ["ingredients-0-amount"]
    assert 'id="ingredients-0-amount"' in page.text


def test_the_tab_with_a_mistake_is_open(cook: FlaskClient) -> None:
    page = send(cook, ADD, **FILLED, servings="0")

    assert re.findall(r'class="tab-pane active show" id="([^"]+)"', page.text) == ["tab-section-0"]


def test_fields_stand_in_their_sections_and_the_others_first(cook: FlaskClient) -> None:
    page = cook.get(ADD).text

    titles = ("<legend", "Price</legend>", 'id="tab-ingredients"', 'id="tab-section-0"')
    boxes = ('id="code"', 'id="price"', 'name="_more_lines"', 'id="servings"')
    places = [page.index(one) for pair in zip(titles, boxes, strict=True) for one in pair]
    assert page.index('id="code"') < page.index("<legend")
    assert places[2:] == sorted(places[2:])
    assert page.count('id="price"') == page.count('id="servings"') == 1


def test_a_dialog_is_the_form_and_nothing_else(cook: FlaskClient) -> None:
    page = cook.get(DIALOG)

    assert page.status_code == 200
    assert page.text.strip().startswith("<form")
    assert page.text.strip().endswith("</form>")
    form = form_in(page, sends="/add?_dialog=1")
    assert {"code", "name", "recipe", "servings", "company", "csrf_token"} <= form.boxes
    assert [name for name in form.boxes if name.startswith("ingredients")] == []
    assert 'id="dialog-code"' in page.text


def test_a_dialog_begins_with_what_was_typed_into_the_lookup(cook: FlaskClient) -> None:
    form = form_in(cook.get(f"{DIALOG}&name=Stew"), has="code")

    assert (form.fields["name"], form.fields["code"]) == ("Stew", "")


def test_what_a_dialog_has_made_is_answered_by_its_name(cook: FlaskClient) -> None:
    made = send(cook, DIALOG, **FILLED)

    assert (made.status_code, made.json) == (201, {"id": 1, "label": "STEW Stew"})


def test_a_dialog_that_is_refused_comes_back_with_all_that_was_typed(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    page = send(cook, DIALOG, **FILLED | {"price": "much"})

    assert (page.status_code, summary_of(page)) == (
        422,
        [("dialog-price", "Price: This must be a number.")],
    )
    assert page.text.strip().startswith("<form")
    assert 'id="dialog-price-errors"' in page.text
    assert form_in(page, has="code").fields["price"] == "much"
    assert kitchen.dishes() == []


def test_who_may_not_make_a_record_gets_no_dialog(kitchen: Kitchen) -> None:
    guest = kitchen.browser("guest")

    assert guest.get(DIALOG).status_code in (302, 403)
    assert guest.post(DIALOG, data=PLAIN).status_code in (302, 400, 403)
    assert kitchen.dishes() == []


def test_a_dialog_needs_its_token_and_its_company(kitchen: Kitchen, cook: FlaskClient) -> None:
    form = form_in(cook.get(DIALOG), has="code")

    assert send(cook, DIALOG, **FILLED, company="CN01").status_code == 409
    form.fields.poplist("csrf_token")
    assert cook.post(DIALOG, data=form.fields | FILLED).status_code == 400
    assert kitchen.dishes() == []
