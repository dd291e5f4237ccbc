"""The shell around every page: the menu as far as it is on and allowed, and where one stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from bumen import Plugin, web
from bumen.activation.service import switch
from bumen.host import Host
from bumen.records import create_record
from bumen.registry import installed_candidates
from bumen.testing.makers import make_user
from bumen.testing.people import Login
from bumen.testing.workbench import Workbench
from bumen.unit_of_work import CurrentCompany

Statements = Callable[[], list[str]]
HOME_STATEMENTS = 8


@pytest.fixture
def login(login: Login) -> Login:
    """Sign people in whose browsers speak English."""

    def signed_in(name: str, *, company: str | None = None) -> FlaskClient:
        return login(name, company=company, language="en")

    return signed_in


def current(page: str) -> list[str]:
    """Return where the menu says one is."""
    inside = page.partition("<nav")[2].partition("</nav>")[0]
    return re.findall(r'href="([^"]+)"[^>]*aria-current="page"', inside)


def steps(page: str) -> dict[str, bool]:
    """Return the first steps on the page, by title, with whether they are done."""
    rows = re.findall(r'<li class="home-step" (data-done)?>(.*?)</li>', page, re.DOTALL)
    found = [(re.search(r"<(?:a|s)[^>]*>([^<]+)<", row), bool(done)) for done, row in rows]
    return {title[1]: done for title, done in found if title}


def make(host: Host, key: str, **values: object) -> None:
    with host.unit_of_work(company="TW01", by="admin") as unit:
        create_record(host.registry.resources[key], values, by=unit.user)


@pytest.mark.parametrize(
    ("url", "entry"),
    [
        ("/", "/"),
        ("/base/customers/list/", "/base/customers/list/"),
        ("/base/customers/add", "/base/customers/list/"),
        ("/departments/", "/departments/"),
    ],
)
def test_the_menu_marks_where_one_is(
    company: CurrentCompany, login: Login, url: str, entry: str
) -> None:
    page = login("admin").get(url)

    assert page.status_code == 200
    assert current(page.text) == [entry]


def test_the_administration_shows_to_those_who_may(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    make_user(host, "vera", company="TW01", roles=["base.viewer"])

    assert 'data-group="administration"' in login("admin").get("/").text
    page = login("vera").get("/").text
    assert 'data-group="base"' in page
    assert 'data-group="administration"' not in page
    assert 'href="/departments/"' not in page
    assert "data-new=" not in page, "who only looks is offered nothing new"


def test_a_record_says_which_list_it_belongs_to(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    make(host, "base.products", name="Tea", unit="box", list_price="10")

    page = login("admin").get("/base/products/show/1").text

    trail = page.partition('class="breadcrumb"')[2].partition("</nav>")[0]
    assert 'href="/base/products/list/"' in trail


@pytest.mark.parametrize("who", [None, "admin"])
def test_what_is_not_there_is_told_in_the_skin(
    company: CurrentCompany, login: Login, workbench: Workbench, host: Host, who: str | None
) -> None:
    browser = login(who) if who else workbench.app(host).test_client()

    page = browser.get("/nowhere")

    assert page.status_code == 404
    assert page.text.count("<h1") == 1
    assert ('class="side ' in page.text) is (who is not None)
    assert 'class="brand"' in page.text


def test_the_first_page_takes_few_statements(
    host: Host, company: CurrentCompany, login: Login, statements: Statements
) -> None:
    browser = login("admin")
    browser.get("/")
    statements()

    page = browser.get("/").text

    assert len(statements()) <= HOME_STATEMENTS + page.count("dash-card")


def test_first_steps_are_ticked_one_by_one_and_end_with_an_order(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    browser = login("admin")
    before = steps(browser.get("/").text)
    assert list(before)[-1] == "Write the first order"
    assert before["Add the first product"] is False

    make(host, "base.products", name="Tea", unit="box", list_price="10")

    after = steps(browser.get("/").text)
    assert after == {**before, "Add the first product": True}


def test_first_steps_are_gone_once_all_are_done(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    make(host, "base.products", name="Tea", unit="box", list_price="10")
    make(host, "base.customers", name="Tea house")
    lines = [{"product_id": 1, "quantity": "1"}]
    make_user(host, "vera", company="TW01", roles=["base.viewer"])
    browser = login("admin")
    assert steps(browser.get("/").text)

    make(host, "sales.orders", customer_id=1, lines=lines)

    assert steps(browser.get("/").text) == {}


def test_who_may_not_take_a_step_is_not_told_to(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    make_user(host, "vera", company="TW01", roles=["base.viewer"])
    make_user(host, "ed", company="TW01", roles=["base.editor"])

    assert steps(login("vera").get("/").text) == {}
    assert "Write the first order" not in steps(login("ed").get("/").text)
    assert "Add the first product" in steps(login("ed").get("/").text)


def test_steps_of_a_department_that_is_off_are_gone(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    switch(host, company="TW01", name="sales", enabled=False)

    assert "Write the first order" not in steps(login("admin").get("/").text)


def test_first_steps_can_be_put_away(host: Host, company: CurrentCompany, login: Login) -> None:
    browser = login("admin")

    assert browser.post("/steps", data={"company": "TW01"}).location == "/"

    assert steps(browser.get("/").text) == {}
    assert steps(login("admin").get("/").text), "in another browser they are still there"


def test_what_sales_shows_counts_this_months_orders_and_drafts(
    host: Host, company: CurrentCompany, login: Login
) -> None:
    make(host, "base.products", name="Tea", unit="box", list_price="10", tax_rate="0")
    make(host, "base.customers", name="Tea house")
    where = {"consignee": "Amy", "phone": "0912", "address": "1 Main Street"}
    for _order in range(2):
        lines = [{"product_id": 1, "quantity": "150"}]
        make(host, "sales.orders", customer_id=1, lines=lines, **where)
    browser = login("admin")
    order = "/api/v1/sales/orders/1"
    version = browser.get(order).json["result"]["version"]
    confirmed = browser.post(f"{order}/actions/confirm", json={"version": version})
    assert confirmed.status_code == 200, confirmed.text

    page = browser.get("/").text
    cards = dict(re.findall(r'id="card-sales-(\w+)"(.*?)</section>', page, re.DOTALL))

    assert ">NT$1,500<" in cards["turnover"]
    assert '<span class="figure">1</span>' in cards["orders"]
    assert cards["drafts"].count("dash-record") == 1
    for link in re.findall(r'<a [^>]*href="([^"]+)"', "".join(cards.values())):
        assert browser.get(link.replace("&amp;", "&")).status_code == 200, link


def test_departments_name_icons_there_are(workbench: Workbench) -> None:
    registry = workbench.resting_host(tuple(installed_candidates())).registry
    drawn = (Path(web.__file__).parent / "assets" / "icons.txt").read_text().split()
    plugins: list[Plugin] = [one.plugin for one in registry.plugins.values()]

    assert [one.name for one in plugins if one.icon and one.icon not in drawn] == []


def test_a_first_step_looks_at_its_own_company_only(
    host: Host, company: CurrentCompany, other_company: CurrentCompany, login: Login
) -> None:
    with host.unit_of_work(company="CN01") as unit:
        values = {"name": "Their tea", "unit": "盒", "list_price": "10"}
        create_record(host.registry.resources["base.products"], values, by=None)
        unit.session.flush()

    assert steps(login("admin").get("/").text)["Add the first product"] is False
