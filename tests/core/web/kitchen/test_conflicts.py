"""Two people write into one record: what only one changed stays, what both changed is asked."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.core.web.browsing import form_in, send, send_form
from tests.core.web.kitchens import Kitchen

SALT = {"name": "Salt", "amount": "1"}


def edit(ident: int) -> str:
    return f"/kitchen/dishes/edit/{ident}"


@pytest.fixture
def writer(kitchen: Kitchen) -> FlaskClient:
    """The browser of whoever opened the form first and sends it last."""
    return kitchen.browser()


def clashed(
    kitchen: Kitchen,
    writer: FlaskClient,
    ident: int,
    *,
    mine: Mapping[str, str],
    theirs: Mapping[str, str],
) -> TestResponse:
    """Send a form that was opened before somebody else changed the record."""
    form = form_in(writer.get(edit(ident)), has="code")
    send(kitchen.browser(), edit(ident), **theirs)
    return send_form(writer, edit(ident), form, **mine)


def pressed(writer: FlaskClient, ident: int, page: TestResponse, **button: str) -> TestResponse:
    """Send the form of a page by one of its buttons."""
    form = form_in(page, has="code")
    return writer.post(edit(ident), data={**form.fields.to_dict(), **button})


def asked_about(page: TestResponse) -> list[str]:
    """Return the fields that are asked about: those whose value of the other's may be taken."""
    buttons = page.text.split('name="_take" value="')[1:]
    return [one.partition('"')[0] for one in buttons if not one.startswith("*")]


def test_only_what_both_have_changed_is_asked_about(kitchen: Kitchen, writer: FlaskClient) -> None:
    ident = kitchen.dish(name="Soup", price="3.50", servings=2)

    page = clashed(
        kitchen,
        writer,
        ident,
        mine={"name": "Stew", "servings": "3"},
        theirs={"name": "Broth", "price": "9"},
    )

    assert page.status_code == 409
    assert asked_about(page) == ["name"]
    form = form_in(page, has="code").fields
    assert (form["name"], form["price"], form["servings"]) == ("Stew", "9.00", "3")


def test_what_only_the_other_has_changed_survives_the_next_save(
    kitchen: Kitchen, writer: FlaskClient
) -> None:
    ident = kitchen.dish(name="Soup", price="3.50")
    page = clashed(kitchen, writer, ident, mine={"name": "Stew"}, theirs={"price": "9"})

    assert asked_about(page) == []
    assert pressed(writer, ident, page).status_code == 302

    kept = kitchen.kept(ident)
    assert (kept.name, f"{kept.price:.2f}") == ("Stew", "9.00")


def test_theirs_is_taken_field_by_field_and_nothing_is_saved_by_that(
    kitchen: Kitchen, writer: FlaskClient
) -> None:
    ident = kitchen.dish(name="Soup", recipe="Boil.")
    page = clashed(
        kitchen,
        writer,
        ident,
        mine={"name": "Stew", "recipe": "Braise."},
        theirs={"name": "Broth", "recipe": "Simmer."},
    )
    version = kitchen.kept(ident).version

    again = pressed(writer, ident, page, _take="recipe")

    assert (again.status_code, asked_about(again)) == (200, ["name"])
    form = form_in(again, has="code").fields
    assert (form["name"], form["recipe"]) == ("Stew", "Simmer.")
    assert kitchen.kept(ident).version == version
    assert pressed(writer, ident, again).status_code == 302
    assert (kitchen.kept(ident).name, kitchen.kept(ident).recipe) == ("Stew", "Simmer.")


def test_all_of_theirs_can_be_taken_at_once(kitchen: Kitchen, writer: FlaskClient) -> None:
    ident = kitchen.dish(name="Soup", recipe="Boil.")
    typed = {"name": "Stew", "recipe": "Braise."}
    page = clashed(
        kitchen, writer, ident, mine=typed, theirs={"name": "Broth", "recipe": "Simmer."}
    )

    again = pressed(writer, ident, page, _take="*")

    form = form_in(again, has="code").fields
    assert (asked_about(again), form["name"], form["recipe"]) == ([], "Broth", "Simmer.")


def test_lines_that_both_have_changed_are_shown_side_by_side(
    kitchen: Kitchen, writer: FlaskClient
) -> None:
    ident = kitchen.dish(ingredients=[SALT])
    page = clashed(
        kitchen,
        writer,
        ident,
        mine={"ingredients__0__name": "Pepper"},
        theirs={"ingredients__0__name": "Sugar"},
    )

    assert asked_about(page) == ["ingredients"]
    table = page.text.partition("conflict-table")[2].partition("</section>")[0]
    assert ">Pepper</td>" in table
    assert ">Sugar</td>" in table
    again = pressed(writer, ident, page, _take="ingredients")
    assert form_in(again, has="code").fields["ingredients-0-name"] == "Sugar"


def test_lines_only_the_other_has_changed_are_in_the_form(
    kitchen: Kitchen, writer: FlaskClient
) -> None:
    ident = kitchen.dish(name="Soup", ingredients=[SALT])
    page = clashed(
        kitchen, writer, ident, mine={"name": "Stew"}, theirs={"ingredients__0__name": "Sugar"}
    )

    assert asked_about(page) == []
    assert pressed(writer, ident, page).status_code == 302
    kept = kitchen.kept(ident)
    assert (kept.name, [one.name for one in kept.ingredients]) == ("Stew", ["Sugar"])


def test_a_third_change_is_asked_about_again(kitchen: Kitchen, writer: FlaskClient) -> None:
    ident = kitchen.dish(name="Soup")
    page = clashed(kitchen, writer, ident, mine={"name": "Stew"}, theirs={"name": "Broth"})
    send(kitchen.browser(), edit(ident), name="Bisque")

    again = pressed(writer, ident, page)

    assert (again.status_code, asked_about(again)) == (409, ["name"])
    assert "Bisque" in again.text
    assert kitchen.kept(ident).name == "Bisque"


@pytest.mark.parametrize("marks", ["", "name", "name:x:y price", "x" * 5000])
def test_marks_nobody_can_read_only_mean_that_more_is_asked(
    kitchen: Kitchen, writer: FlaskClient, marks: str
) -> None:
    ident = kitchen.dish(name="Soup", price="3.50")

    page = clashed(
        kitchen, writer, ident, mine={"_marks": marks}, theirs={"name": "Broth", "price": "9"}
    )

    assert (page.status_code, asked_about(page)) == (409, ["name", "price"])


def test_what_is_no_field_cannot_be_taken(kitchen: Kitchen, writer: FlaskClient) -> None:
    ident = kitchen.dish()
    page = writer.get(edit(ident))

    assert pressed(writer, ident, page, _take="nothing").status_code == 400
    assert pressed(writer, ident, page, _take="points").status_code == 400
