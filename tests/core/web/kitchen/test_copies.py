"""A record is duplicated: what people wrote is there again, and nothing that is its own."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from bumen.testing.people import signed_in
from tests.core.web.browsing import form_in, send_form
from tests.core.web.kitchens import Kitchen

ADD = "/kitchen/dishes/add"
SALT = {"name": "Salt", "amount": "2", "price": "1.50", "unit": "piece", "optional": True}


@pytest.fixture
def soup(kitchen: Kitchen) -> int:
    """A dish with everything that is copied, and with what is not."""
    return kitchen.dish(
        recipe="Boil.",
        vegan=True,
        launched="2026-01-02",
        supplier_id=kitchen.supplier(),
        ingredients=[SALT],
    )


def programs(kitchen: Kitchen, name: str = "cook") -> FlaskClient:
    return signed_in(kitchen.app, kitchen.host, name)


def test_the_form_of_a_copy_shows_what_is_copied_and_nothing_is_kept_yet(
    kitchen: Kitchen, soup: int
) -> None:
    page = kitchen.browser().get(f"{ADD}?_copy={soup}")
    form = form_in(page, has="code")

    assert form.fields["name"] == "Soup"
    assert form.fields["recipe"] == "Boil."
    assert form.fields["supplier_id"] == str(kitchen.kept(soup).supplier_id)
    assert (form.fields["code"], form.fields["launched"]) == ("", "")
    assert form.fields["ingredients-0-name"] == "Salt"
    assert form.fields.get("ingredients-0-id", "") == ""
    assert kitchen.dishes() == ["SOUP"]


def test_a_copy_is_saved_as_a_record_of_its_own(kitchen: Kitchen, soup: int) -> None:
    browser, address = kitchen.browser(), f"{ADD}?_copy={soup}"

    sent = send_form(browser, address, form_in(browser.get(address), has="code"), code="BROTH")

    made = kitchen.kept(int(sent.location.rpartition("/")[2]))
    assert (made.code, made.name, made.vegan, made.cost) == ("BROTH", "Soup", True, 3)
    assert [line.name for line in made.ingredients] == ["Salt"]
    assert [line.name for line in kitchen.kept(soup).ingredients] == ["Salt"]


def test_programs_copy_with_what_they_change(kitchen: Kitchen, soup: int) -> None:
    made = programs(kitchen).post(f"/api/v1/kitchen/dishes/{soup}/copy", json={"code": "BROTH"})

    assert made.status_code == 201
    told = made.json["result"]
    assert (told["code"], told["recipe"], told["launched"]) == ("BROTH", "Boil.", None)
    (line,) = told["ingredients"]
    assert (line["name"], line["unit"], line["optional"]) == ("Salt", "piece", False)
    assert kitchen.dishes() == ["BROTH", "SOUP"]


def test_what_must_be_unique_is_asked_for(kitchen: Kitchen, soup: int) -> None:
    refused = programs(kitchen).post(f"/api/v1/kitchen/dishes/{soup}/copy", json={})

    assert refused.status_code == 422
    assert list(refused.json["error"]["fields"]) == ["code"]


def test_what_is_not_there_or_never_copied_is_not_found(kitchen: Kitchen, soup: int) -> None:
    browser, program = kitchen.browser(), programs(kitchen)
    supplier = kitchen.kept(soup).supplier_id

    for address in (
        f"{ADD}?_copy=77",
        f"{ADD}?_copy=x",
        f"/kitchen/suppliers/add?_copy={supplier}",
    ):
        assert browser.get(address).status_code == 404, address
    assert program.post(f"/api/v1/kitchen/suppliers/{supplier}/copy").status_code == 404
    assert program.post("/api/v1/kitchen/dishes/77/copy").status_code == 404


def test_only_who_may_write_duplicates(kitchen: Kitchen, soup: int) -> None:
    kitchen.person("reader", "read")

    assert f"_copy={soup}" in kitchen.browser().get(f"/kitchen/dishes/show/{soup}").text
    page = kitchen.browser("reader").get(f"/kitchen/dishes/show/{soup}").text
    assert "_copy=" not in page
    refused = programs(kitchen, "reader").post(f"/api/v1/kitchen/dishes/{soup}/copy", json={})
    assert refused.status_code == 403
