"""How many statements the pages take, counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from bumen.host import Host
from bumen.records import create_record
from bumen.registry import Candidate
from bumen.testing.people import signed_in
from bumen.testing.workbench import Workbench
from bumen.unit_of_work import CurrentCompany
from tests.core.web.browsing import form_in

ORDERS = "/sales/orders"
Statements = Callable[[], list[str]]


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    return (
        Candidate("base", "bumen_base"),
        Candidate("sales", "bumen_sales"),
        Candidate("kitchen", "kitchen"),
    )


@pytest.fixture
def app(host: Host, workbench: Workbench, company: CurrentCompany) -> Flask:
    return workbench.app(host)


def make_orders(host: Host, count: int) -> tuple[int, list[int]]:
    """Make orders; return a customer and five products."""
    resources = host.registry.resources
    with host.unit_of_work(company="TW01", by="admin") as unit:

        def made(key: str, **values: object) -> int:
            ident: int = create_record(resources[key], values, by=unit.user).id
            return ident

        products = [
            made("base.products", name=f"Tea {n}", unit="box", list_price="10", tax_rate="5")
            for n in range(5)
        ]
        customers = [made("base.customers", name=f"Customer {n}") for n in range(3)]
        for number in range(count):
            lines = [{"product_id": product, "quantity": "1"} for product in products]
            made("sales.orders", customer_id=customers[number % 3], lines=lines)
    return customers[0], products


def menu_entries(page: str) -> int:
    return page.count("data-menu-entry")


@pytest.mark.parametrize("count", [1, 3, 30])
def test_a_list_page_takes_at_most_eight_statements_whatever_it_shows(
    host: Host, app: Flask, statements: Statements, count: int
) -> None:
    make_orders(host, count)
    browser = signed_in(app, host, "admin")
    browser.get(f"{ORDERS}/list/")
    statements()

    page = browser.get(f"{ORDERS}/list/")

    assert page.text.count("<tr data-row>") == min(count, 25)
    assert menu_entries(page.text) >= 11
    assert len(statements()) <= 8


@pytest.mark.parametrize("count", [1, 3])
def test_a_narrowed_list_names_what_it_is_narrowed_to(
    host: Host, app: Flask, statements: Statements, count: int
) -> None:
    customer, _products = make_orders(host, count)
    browser = signed_in(app, host, "admin")
    browser.get(f"{ORDERS}/list/")
    statements()

    page = browser.get(f"{ORDERS}/list/?filter.customer={customer}&sort=-total&q=SO")

    assert page.text.count("<tr data-row>") == 1
    assert len(statements()) <= 8


@pytest.mark.parametrize(("page", "most"), [("show", 22), ("edit", 8)])
def test_a_records_page_takes_few_statements(
    host: Host, app: Flask, statements: Statements, page: str, most: int
) -> None:
    """Discussion, files, activities, tags, steps, clauses and approvals take one or two each."""
    make_orders(host, 1)
    browser = signed_in(app, host, "admin")
    browser.get(f"{ORDERS}/{page}/1")
    statements()

    assert browser.get(f"{ORDERS}/{page}/1").status_code == 200

    assert len(statements()) <= most


def test_an_order_with_five_lines_takes_at_most_fifteen_statements(
    host: Host, app: Flask, statements: Statements
) -> None:
    customer, products = make_orders(host, 1)
    browser = signed_in(app, host, "admin")
    form = form_in(browser.get(f"{ORDERS}/add"), has="customer_id")
    typed = {"customer_id": customer, "consignee": "王小明", "phone": "0912", "address": "臺北市"}
    for name, value in typed.items():
        form.fields[name] = str(value)
    for place, product in enumerate(products):
        form.fields[f"lines-{place}-product_id"] = str(product)
        form.fields[f"lines-{place}-quantity"] = "2"
    statements()

    assert browser.post(f"{ORDERS}/add", data=form.fields).status_code == 302

    assert len(statements()) <= 15
