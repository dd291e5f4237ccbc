"""Each trap of Flask-AppBuilder's screens that ours close, by name."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import event

from bumen.host import Host
from bumen.unit_of_work import working
from bumen.web.screens import Screen, screen_of
from kitchen.models import Course, Dish
from kitchen.resources import Dishes
from tests.core.web.browsing import form_in, send, send_form
from tests.core.web.kitchens import Kitchen

LIST, ADD = "/kitchen/dishes/list/", "/kitchen/dishes/add"


def test_a_boolean_that_may_not_be_null_can_be_unchecked(kitchen: Kitchen) -> None:
    ident = kitchen.dish(fresh=True)

    sent = send(kitchen.browser(), f"/kitchen/dishes/edit/{ident}", untick=["fresh"])

    assert sent.status_code == 302
    assert kitchen.kept(ident).fresh is False


def test_a_moment_is_typed_as_browsers_do(kitchen: Kitchen) -> None:
    ident = kitchen.dish()

    send(kitchen.browser(), f"/kitchen/dishes/edit/{ident}", served_at="2026-01-02T08:30")

    assert kitchen.kept(ident).served_at.isoformat() == "2026-01-02T00:30:00+00:00"
    page = kitchen.browser().get(f"/kitchen/dishes/edit/{ident}")
    assert form_in(page, has="served_at").fields["served_at"] == "2026-01-02T08:30"


def test_a_form_shows_no_sql(kitchen: Kitchen) -> None:
    kitchen.dish(code="SOUP")

    sent = send(
        kitchen.browser(), ADD, code="SOUP", name="Other", course="main", price="1", recipe="Kept"
    )

    assert sent.status_code == 422
    assert "There is already a record with this value in “Code”." in sent.text
    assert "Kept" in sent.text
    for word in ("INSERT", "UNIQUE", "constraint", "kitchen_dish"):
        assert word not in sent.text


def test_get_neither_deletes_nor_acts(kitchen: Kitchen) -> None:
    ident = kitchen.dish(code="SOUP")
    browser = kitchen.browser()

    assert browser.get(f"/kitchen/dishes/delete/{ident}").status_code == 303
    assert browser.get(f"/kitchen/dishes/{ident}/actions/forget").status_code == 303
    assert kitchen.dishes() == ["SOUP"]


def test_a_post_without_the_pages_token_changes_nothing(kitchen: Kitchen) -> None:
    ident = kitchen.dish(code="SOUP")
    browser = kitchen.browser()

    for url in (ADD, f"/kitchen/dishes/edit/{ident}", f"/kitchen/dishes/delete/{ident}"):
        assert browser.post(url, data={"name": "Forged", "version": "1"}).status_code == 400
    assert kitchen.kept(ident).name == "Soup"


def test_flask_appbuilders_own_actions_and_downloads_have_no_routes(kitchen: Kitchen) -> None:
    rules = {str(rule) for rule in kitchen.app.url_map.iter_rules() if "/dishes/" in str(rule)}

    screens = {rule for rule in rules if not rule.startswith("/api/")}
    every = (
        "list/ add show/<int:ident> edit/<int:ident> delete/<int:ident> <int:ident>/actions/<name> "
        "preview preview/<int:ident> board/<int:ident>/<name> calendar calendar/<int:ident> "
        "export bulk views/save views/<int:ident>/drop views/<int:ident>/prefer"
    )
    trail = {
        "activities",
        "comments",
        "discussion",
        "files",
        "flow",
        "follow",
        "history",
        "people",
        "tags",
        "talk",
    }
    ours = {rule.removeprefix("/kitchen/dishes/") for rule in screens}
    assert {one for one in ours if not trail.intersection(one.split("/"))} == set(every.split())


def test_what_nobody_may_do_has_no_route(kitchen: Kitchen) -> None:
    ident = kitchen.supplier("Farm")

    assert kitchen.browser().post(f"/kitchen/suppliers/delete/{ident}").status_code == 404
    assert kitchen.suppliers() == ["Farm"]


def test_a_reference_renders_no_table_as_options(kitchen: Kitchen) -> None:
    chosen = kitchen.supplier("Chosen")
    kitchen.supplier("Somebody else")
    ident = kitchen.dish(supplier_id=chosen, ingredients=[{"name": "Salt", "amount": "1"}])
    browser = kitchen.browser()

    for url in (f"/kitchen/dishes/edit/{ident}", ADD, LIST):
        assert "Somebody else" not in browser.get(url).text
    form = form_in(browser.get(f"/kitchen/dishes/edit/{ident}"), has="supplier_id")
    assert form.options["supplier_id"] == ["", str(chosen)]
    assert form.options["ingredients-0-supplier_id"] == [""]


def test_filters_are_not_shared_between_threads(kitchen: Kitchen) -> None:
    for code in ("AAA", "BBB"):
        kitchen.dish(code=code)
    wrong: list[str] = []

    def look(mine: str, other: str) -> None:
        browser = kitchen.browser()
        for _ in range(10):
            page = browser.get(f"{LIST}?filter.code.eq={mine}").text
            if f">{mine}<" not in page or f">{other}<" in page:
                wrong.append(mine)

    both = [threading.Thread(target=look, args=pair) for pair in (("AAA", "BBB"), ("BBB", "AAA"))]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert wrong == []


def test_a_screen_keeps_no_filters_of_its_own(kitchen: Kitchen) -> None:
    with kitchen.app.app_context():
        screen = screen_of(Dishes)()

        assert screen._filters is not screen._filters


@pytest.mark.parametrize(
    "asked",
    [
        "page=x",
        "page=0",
        "page=-1",
        "size=0",
        "size=100000",
        "size=abc",
        "sort=nothing",
        "sort=recipe",
        "sort=--code",
        "filter.nothing=1",
        "filter.recipe=x",
        "filter.company_id=1",
        "filter.course=dessert",
        "filter.price.ge=cheap",
        "filter.price.ct=1",
        "filter.vegan=maybe",
        "filter.served_at.ge=yesterday",
        "filter.supplier=99999999999999999999",
        "filter.=1",
        "psize_X=abc",
        "_flt_0_name=x",
        "q=%00",
    ],
)
def test_a_list_refuses_what_it_does_not_offer(kitchen: Kitchen, asked: str) -> None:
    assert kitchen.browser().get(f"{LIST}?{asked}").status_code == 400


def test_hidden_columns_do_not_leak_through_filters_and_orders(kitchen: Kitchen) -> None:
    ident = kitchen.supplier("Farm", pin="4711")
    browser = kitchen.browser()

    for asked in ("filter.pin=4711", "filter.pin.sw=4", "sort=pin", "sort=company_id"):
        assert browser.get(f"/kitchen/suppliers/list/?{asked}").status_code == 400
    for page in ("list/", f"show/{ident}", f"edit/{ident}"):
        assert "4711" not in browser.get(f"/kitchen/suppliers/{page}").text


def test_a_secret_left_empty_stays(kitchen: Kitchen, host: Host) -> None:
    ident = kitchen.supplier("Farm", pin="4711")

    assert (
        send(kitchen.browser(), f"/kitchen/suppliers/edit/{ident}", name="Barn").status_code == 302
    )

    assert kitchen.suppliers() == ["Barn"]
    with host.database.engine.connect() as connection:
        pins = connection.exec_driver_sql("SELECT pin FROM kitchen_supplier").scalars().all()
    assert pins == ["4711"]


def test_related_rows_need_permission(kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    ident = kitchen.supplier("Farm")
    kitchen.dish(code="SOUP", supplier_id=ident)
    url = f"/kitchen/suppliers/show/{ident}"
    assert "SOUP" in kitchen.browser().get(url).text

    security = kitchen.app.extensions["appbuilder"].sm
    only = frozenset({("can_read", "kitchen.Suppliers")})
    monkeypatch.setattr(type(security), "permission_set", lambda _self: only)

    page = kitchen.browser().get(url).text
    assert "Farm" in page
    assert "SOUP" not in page
    assert "/kitchen/suppliers/edit/" not in page


def test_screens_need_the_permissions_the_api_needs(kitchen: Kitchen) -> None:
    ident = kitchen.dish()
    guest = kitchen.browser("guest")

    for url in (LIST, ADD, f"/kitchen/dishes/show/{ident}", f"/kitchen/dishes/edit/{ident}"):
        assert guest.get(url).status_code == 403
    assert screen_of(Dishes).class_permission_name == Dishes.permission()
    assert set(Screen.method_permission_name.values()) == {"read", "write"}


def test_a_screen_commits_once(kitchen: Kitchen, host: Host) -> None:
    ident = kitchen.dish(ingredients=[{"name": "Salt", "amount": "1"}])
    commits: list[str] = []
    event.listen(host.database.engine, "commit", lambda _connection: commits.append("commit"))
    browser = kitchen.browser()
    form = form_in(browser.get(f"/kitchen/dishes/edit/{ident}"), has="code")
    commits.clear()

    send_form(browser, f"/kitchen/dishes/edit/{ident}", form, name="Stew")

    assert commits == ["commit"]


def test_the_store_never_commits(kitchen: Kitchen, host: Host) -> None:
    dishes = screen_of(Dishes).datamodel
    unit = host.new_unit(way="screen")
    with working(unit):
        unit.enter(company=kitchen.company, user=None, on=frozenset({"kitchen"}))
        dishes.add(Dish(code="SOUP", name="Soup", course=Course.MAIN, price=1))
        assert dishes.query()[0] == 1
        unit.rollback()
        assert dishes.query() == (0, [])
    unit.close()


def test_nothing_is_shown_as_none(kitchen: Kitchen) -> None:
    ident = kitchen.dish()

    for url in (LIST, f"/kitchen/dishes/show/{ident}", f"/kitchen/dishes/edit/{ident}"):
        assert "None<" not in kitchen.browser().get(url).text.replace("None yet", "")
        assert 'value="None"' not in kitchen.browser().get(url).text


def test_a_count_stops_where_nobody_cares_any_more(
    kitchen: Kitchen, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("bumen.listing.counts", "bumen.web.pages.paging"):
        monkeypatch.setattr(f"{place}.MOST_COUNTED", 2)
    for code in ("A", "B", "C", "D"):
        kitchen.dish(code=code)

    assert "1–4 of 2+" in kitchen.browser().get(LIST).text


def test_statements_of_a_list_page(kitchen: Kitchen, statements: Callable[[], list[str]]) -> None:
    ident = kitchen.supplier()
    for number in range(30):
        kitchen.dish(code=f"D{number}", supplier_id=ident)
    browser = kitchen.browser()
    browser.get(LIST)
    statements()

    assert browser.get(LIST).status_code == 200

    assert len(statements()) <= 8


def test_markup_somebody_typed_is_shown_as_it_was_typed(kitchen: Kitchen) -> None:
    kitchen.dish(name="<script>alert(1)</script>")

    page = kitchen.browser().get(LIST)

    assert "<script>alert(1)" not in page.text
    assert "&lt;script&gt;alert(1)" in page.text
