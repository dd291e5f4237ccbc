"""Forms: what is typed arrives exactly, what is refused is said at its place, nothing is lost."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.core.web.browsing import form_in, send, send_form
from tests.core.web.kitchens import Kitchen

ADD = "/kitchen/dishes/add"
STALE = "Somebody else has changed this record in the meantime."

TYPED = {
    "code": "STEW",
    "name": "  燉牛肉  ",
    "recipe": "One.\r\nTwo.",
    "course": "main",
    "season": "starter",
    "servings": "1,200",
    "price": "1,234.50",
    "weight": "０．５",
    "margin": "12.25",
    "launched": "2026/1/2",
    "served_at": "2026-01-02T08:30",
    "spicy": "1",
}
"""A dish as people in Taipei may type it."""


def edit(ident: int) -> str:
    return f"/kitchen/dishes/edit/{ident}"


def test_every_kind_of_field_is_kept_as_it_was_typed(kitchen: Kitchen) -> None:
    supplier = kitchen.supplier()

    sent = send(kitchen.browser(), ADD, untick=["fresh"], supplier_id=supplier, **TYPED)

    assert (sent.status_code, sent.location) == (302, "/kitchen/dishes/show/1")
    dish = kitchen.kept(1)
    assert (dish.name, dish.recipe) == ("燉牛肉", "One.\nTwo.")
    assert (dish.course, dish.season, dish.servings) == ("main", "starter", 1200)
    assert (dish.price, dish.weight) == (Decimal("1234.50"), Decimal("0.5"))
    assert (dish.margin, dish.launched) == (Decimal("12.25"), date(2026, 1, 2))
    assert dish.served_at == datetime(2026, 1, 2, 0, 30, tzinfo=UTC)
    assert (dish.vegan, dish.fresh, dish.spicy, dish.supplier_id) == (False, False, True, supplier)


def test_an_untouched_form_changes_nothing(kitchen: Kitchen) -> None:
    ident = kitchen.dish(
        recipe="One.\nTwo.",
        season="main",
        weight="0.125",
        margin="0.0001",
        launched="2026-01-02",
        served_at="2026-01-02T00:30:07Z",
        spicy=False,
        supplier_id=kitchen.supplier(),
        ingredients=[{"name": "Salt", "amount": "0.5", "optional": True}],
    )
    before = kitchen.kept(ident)

    assert send(kitchen.browser(), edit(ident)).status_code == 302

    after = kitchen.kept(ident)
    columns = [c.key for c in type(after).__table__.c if c.key not in ("version", "changed_at")]
    assert [getattr(after, c) for c in columns] == [getattr(before, c) for c in columns]
    assert [line.id for line in after.ingredients] == [line.id for line in before.ingredients]
    assert after.ingredients[0].amount == Decimal("0.5")


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("price", "1.005", "At most 2 decimal places."),
        ("price", "1,23", "This must be a number."),
        ("price", "-1", "At least 0."),
        ("price", "", "This field is required."),
        ("servings", "1.5", "This must be a whole number."),
        ("servings", "0", "At least 1."),
        ("code", "a b", "This does not have the right form."),
        ("course", "", "This field is required."),
        ("course", "dessert", "This must be one of: starter, main."),
        ("launched", "2026-02-30", "This must be a date such as 2026-11-21."),
        ("served_at", "noon", "This must be a time with its offset"),
        ("supplier_id", "987654321", "There is no such record."),
        ("supplier_id", "Farm", "This must be a whole number."),
        ("spicy", "maybe", "This must be true or false."),
        ("vegan", "maybe", "This must be true or false."),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(
    kitchen: Kitchen, field: str, typed: str, said: str
) -> None:
    filled = {"code": "STEW", "name": "Kept", "course": "main", "price": "1", field: typed}

    sent = send(kitchen.browser(), ADD, **filled)

    assert sent.status_code == 422
    _before, _mark, place = sent.text.partition(f'id="{field}-errors"')
    assert said in place.partition("</ul>")[0]
    assert form_in(sent, has="code").fields["name"] == "Kept"
    assert kitchen.dishes() == []


@pytest.mark.parametrize(
    ("field", "typed"), [("price", "1.005"), ("launched", "2026-02-30"), ("name", "x" * 81)]
)
def test_everything_typed_stays_on_the_page(kitchen: Kitchen, field: str, typed: str) -> None:
    filled = {
        "code": "STEW",
        "name": "Kept",
        "course": "main",
        "price": "1",
        "recipe": " a\nb ",
        field: typed,
    }

    sent = send(kitchen.browser(), ADD, untick=["fresh"], spicy="0", **filled)

    kept = form_in(sent, has="code").fields
    assert {name: kept[name] for name in filled} == filled
    assert (kept.getlist("fresh"), kept["spicy"]) == ([""], "0")


def test_a_refusal_of_the_plugins_is_told_and_nothing_is_lost(kitchen: Kitchen) -> None:
    sent = send(
        kitchen.browser(), ADD, code="HOT", name="Hot", course="starter", price="1", spicy="1"
    )

    assert sent.status_code == 422
    assert "Nobody could eat this." in sent.text
    assert form_in(sent, has="code").fields["name"] == "Hot"
    assert kitchen.dishes() == []


def test_a_refusal_without_a_field_of_the_form_stands_above_it(kitchen: Kitchen) -> None:
    ident = kitchen.dish()
    browser = kitchen.browser()
    page = browser.get(f"/kitchen/dishes/show/{ident}")

    sent = send_form(browser, "", form_in(page, sends="/actions/taste"), points="11", remark="Kept")

    assert sent.status_code == 422
    assert "No dish is that good." in sent.text
    assert form_in(sent, sends="/actions/taste").fields["remark"] == "Kept"
    assert kitchen.kept(ident).points is None


def test_a_stale_form_is_refused_and_shows_what_the_other_wrote(kitchen: Kitchen) -> None:
    ident = kitchen.dish(name="Soup")
    mine, theirs = kitchen.browser(), kitchen.browser()
    form = form_in(mine.get(edit(ident)), has="code")
    send(theirs, edit(ident), name="Broth", price="9")

    sent = send_form(mine, edit(ident), form, name="Stew")

    assert sent.status_code == 409
    assert STALE in sent.text
    assert "Broth" in sent.text
    assert "NT$9" in sent.text
    again = form_in(sent, has="code")
    assert (again.fields["name"], again.fields["price"]) == ("Stew", "9.00")
    assert kitchen.kept(ident).name == "Broth"
    assert send_form(mine, edit(ident), again).status_code == 302
    assert kitchen.kept(ident).name == "Stew"


def test_a_stale_form_shows_the_lines_the_other_wrote(kitchen: Kitchen) -> None:
    ident = kitchen.dish(ingredients=[{"name": "Salt", "amount": "1"}])
    mine, theirs = kitchen.browser(), kitchen.browser()
    form = form_in(mine.get(edit(ident)), has="code")
    send(theirs, edit(ident), ingredients__1__name="Leek", ingredients__1__amount="2")

    sent = send_form(mine, edit(ident), form)

    assert sent.status_code == 409
    assert ">Leek</td>" in sent.text


@pytest.mark.parametrize("version", ["", "x", "²", "99999999999999999999", "1.0"])
def test_a_form_without_a_version_changes_nothing(kitchen: Kitchen, version: str) -> None:
    ident = kitchen.dish(name="Soup")

    sent = send(kitchen.browser(), edit(ident), name="Stew", version=version)

    assert sent.status_code == 409
    assert form_in(sent, has="code").fields["name"] == "Stew"
    assert kitchen.kept(ident).name == "Soup"


def test_an_action_is_done_from_the_records_page(kitchen: Kitchen) -> None:
    ident = kitchen.dish()
    browser = kitchen.browser()
    page = browser.get(f"/kitchen/dishes/show/{ident}")

    sent = send_form(browser, "", form_in(page, sends="/actions/taste"), points="7")

    assert (sent.status_code, sent.location) == (302, f"/kitchen/dishes/show/{ident}")
    assert kitchen.kept(ident).points == 7


def test_an_action_needs_its_arguments_and_the_present_version(kitchen: Kitchen) -> None:
    ident = kitchen.dish()
    browser = kitchen.browser()
    form = form_in(browser.get(f"/kitchen/dishes/show/{ident}"), sends="/actions/taste")

    assert "This field is required." in send_form(browser, "", form, points="").text
    assert send_form(browser, "", form, points="3", version="99").status_code == 409
    assert browser.post(form.action + "less", data=form.fields).status_code == 404
    assert kitchen.kept(ident).points is None


def test_a_record_is_deleted_by_its_form(kitchen: Kitchen) -> None:
    ident = kitchen.dish()
    browser = kitchen.browser()
    form = form_in(browser.get(f"/kitchen/dishes/show/{ident}"), sends=f"/delete/{ident}")

    assert send_form(browser, "", form).location == "/kitchen/dishes/list/"
    assert kitchen.dishes() == []
    assert send_form(browser, "", form).status_code == 404


def test_a_form_can_be_begun_from_another_record(kitchen: Kitchen) -> None:
    supplier = kitchen.supplier("Farm")

    page = kitchen.browser().get(f"{ADD}?supplier_id={supplier}&code=X")

    form = form_in(page, has="code")
    assert (form.fields["supplier_id"], form.fields["code"]) == (str(supplier), "")
    assert "Farm" in page.text


def test_pages_speak_the_readers_language(kitchen: Kitchen) -> None:
    ident = kitchen.dish()
    words = {"zh-TW": "儲存", "zh-CN": "保存", "en": "Save"}

    for language, word in words.items():
        assert f">{word}</button>" in kitchen.browser(language=language).get(edit(ident)).text
