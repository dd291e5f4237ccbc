"""A record's page: what it says, where, and what may be done with the record from it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from bumen.model.describe import described
from bumen.web.cells import Cell, Column
from bumen.web.pages.reach import reach_of
from kitchen.models import Dish
from tests.core.web.browsing import form_in, forms_in, send_form
from tests.core.web.kitchens import Kitchen


@pytest.fixture
def cook(kitchen: Kitchen) -> FlaskClient:
    """The browser of the cook."""
    return kitchen.browser()


def show(ident: int) -> str:
    return f"/kitchen/dishes/show/{ident}"


def said(page: str, label: str) -> str:
    """Return what a page says of a field."""
    found = re.search(rf"<dt>{label}</dt><dd>(.*?)</dd>", page, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def test_fields_stand_under_the_titles_of_their_sections(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    page = cook.get(show(kitchen.dish())).text

    order = ("<dt>Code</dt>", ">Price</h2>", "<dt>Price</dt>", 'id="tab-ingredients"')
    last = ('id="tab-section-0"', "<dt>Servings</dt>")
    places = [page.index(one) for one in (*order, *last)]
    assert places == sorted(places)


def test_what_is_empty_is_a_dash_and_long_texts_keep_their_lines(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    page = cook.get(show(kitchen.dish(recipe="Peel.\nBoil."))).text

    assert said(page, "Weight") == "–Empty"
    assert said(page, "Recipe") == "Peel.\nBoil."
    assert "<script>" not in page


def test_a_document_says_what_it_comes_to_below_its_lines(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    salt = {"name": "Salt", "amount": "2", "price": "1.50"}

    page = cook.get(show(kitchen.dish(ingredients=[salt]))).text

    below = page.partition('<dl class="totals">')[2].partition("</dl>")[0]
    assert said(below, "Cost") == "NT$3"
    assert page.count("<dt>Cost</dt>") == 1


def test_related_records_are_counted_and_a_new_one_begins_with_this(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    farm = kitchen.supplier("Farm")
    for number in range(12):
        kitchen.dish(code=f"D{number}", supplier_id=farm)

    page = cook.get(f"/kitchen/suppliers/show/{farm}").text

    assert f'href="/kitchen/dishes/add?supplier_id={farm}"' in page
    assert f'href="/kitchen/dishes/list/?filter.supplier={farm}">Show all (12)</a>' in page
    assert len(re.findall(r'<td[^>]*><a href="/kitchen/dishes/show/', page)) == 10


def test_an_action_that_asks_has_a_dialog(kitchen: Kitchen, cook: FlaskClient) -> None:
    page = cook.get(show(kitchen.dish()))

    dialogs = re.findall(r'class="modal [^"]*" id="do-([^"]+)"', page.text)
    assert dialogs == ["taste", "buy_from", "forget", "delete-it"]
    assert "Are all points to be taken away?" in page.text
    assert "data-reopen" not in page.text


def test_a_refused_dialog_is_open_again_with_why_and_with_what_was_typed(
    kitchen: Kitchen, cook: FlaskClient
) -> None:
    ident = kitchen.dish()
    form = form_in(cook.get(show(ident)), sends="/actions/taste")

    again = send_form(cook, "", form, points="11", remark="Kept")

    dialog = again.text.partition('id="do-taste"')[2].partition("</form>")[0]
    assert dialog.partition(">")[0].rstrip().endswith("data-reopen")
    assert dialog.index('role="alert"') < dialog.index("No dish is that good.")
    assert form_in(again, sends="/actions/taste").fields["remark"] == "Kept"


def test_who_may_only_read_is_offered_nothing_to_do(kitchen: Kitchen) -> None:
    ident = kitchen.dish()
    kitchen.person("reader", "read")

    page = kitchen.browser("reader").get(show(ident))

    own = [form.action for form in forms_in(page) if "/kitchen/" in form.action]
    assert (page.status_code, own) == (200, [])
    assert f"/edit/{ident}" not in page.text


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("anna@example.com", "mailto:anna@example.com"),
        ("https://example.com/a?b=1", "https://example.com/a?b=1"),
        ("javascript:alert(1)", ""),
        ("anna@example.com?bcc=ben@example.com", ""),
        ("0912 345 678", ""),
        ("www.example.com", ""),
        ("–", ""),
    ],
)
def test_only_what_is_an_address_leads_anywhere(text: str, address: str) -> None:
    cell = Cell(column=Column(described=described(Dish, "name")), text=text)

    assert reach_of(cell) == address
