"""The product's main job on real input: a salesperson signs in, and orders are written and kept.

The company is one that has imported all of Northwind; what is done on screens is then done again
through the API, with the same results.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen import CurrentCompany, session
from bumen.host import Host
from bumen.testing.makers import PASSWORD, make_user
from bumen.testing.workbench import Make, Workbench
from bumen_base.models import Customer, Product
from bumen_base.services import grant_credit
from bumen_sales.models import Order
from tests.core.web.browsing import form_in, send, send_form
from tests.scenarios.test_northwind_import import FILES, IN_ORDER, take

pytestmark = pytest.mark.skipif(
    not FILES.is_dir(), reason=f"the Northwind files are not there: {FILES}"
)

GOODS = {"Chai": "10", "Chang": "2.5", "Aniseed Syrup": "4"}
SENT = {
    "payment_method": "on_account",
    "payment_days": "30",
    "consignee": "Alfreds Futterkiste",
    "phone": "030-0074321",
    "address": "Obere Str. 57, Berlin",
}
UNTAXED, TAX, TOTAL = "265.00", "13.25", "278.25"
"""10 × 18.00, 2.5 × 20.00 less 10 %, 4 × 10.00: 180.00 + 45.00 + 40.00, and 5 % tax."""


@pytest.fixture(scope="session")
def at_hand(at_hand: dict[str, Make]) -> dict[str, Make]:
    """Northwind is imported once."""
    return {**at_hand, "northwind_at_hand": make_northwind}


@pytest.fixture
def northwind_at_hand(host: Host, company: CurrentCompany, workbench: Workbench) -> dict[str, int]:
    """The ids of what will be ordered, by their names."""
    return workbench.at_hand(make_northwind, host)


@pytest.fixture
def northwind(northwind_at_hand: dict[str, int]) -> dict[str, int]:
    """A company with all of Northwind, a salesperson, and the ids of what will be ordered."""
    return northwind_at_hand


def make_northwind(host: Host) -> dict[str, int]:
    """Import all of Northwind into the company, and let a salesperson in."""
    for name in IN_ORDER:
        assert take(host, name).problems == []
    make_user(host, "nancy", company="TW01", roles=["sales.salesperson", "base.viewer"])
    with host.unit_of_work(company="TW01", by="admin"):
        ids = {
            name: session().scalars(select(Product.id).where(Product.name == name)).one()
            for name in GOODS
        }
        customer = session().scalars(select(Customer).where(Customer.code == "ALFKI")).one()
        grant_credit(customer, by=None, credit_limit=Decimal(1000))
        ids["customer"] = customer.id
    return ids


def test_a_salesperson_writes_and_confirms_an_order_and_cancels_another(
    host: Host, app: Flask, northwind: dict[str, int]
) -> None:
    browser = app.test_client()
    sign_in(browser, "nancy")

    confirmed = write_order(browser, northwind)
    page = browser.get(confirmed)
    assert "278.25" in page.text
    done = send_form(browser, confirmed, form_in(page, sends="/actions/confirm"))
    assert done.status_code == 302

    cancelled = write_order(browser, northwind)
    page = browser.get(cancelled)
    form = form_in(page, sends="/actions/cancel")
    assert send_form(browser, cancelled, form, reason="").status_code == 422
    done = send_form(browser, cancelled, form, reason="客戶改變主意")
    assert done.status_code == 302

    kept = orders(host, "nancy")
    assert [str(order["state"]) for order in kept] == ["confirmed", "cancelled"]
    assert [order["number"][-5:] for order in kept] == sorted(o["number"][-5:] for o in kept)
    assert {(o["untaxed"], o["tax"], o["total"]) for o in kept} == {(UNTAXED, TAX, TOTAL)}
    assert "/sales/orders/edit/" not in browser.get(confirmed).text, "a promise is not edited"


def test_the_same_through_the_api(host: Host, app: Flask, northwind: dict[str, int]) -> None:
    call = program(app, "nancy")

    made = [call("POST", "", **api_order(northwind)).json for _order in range(2)]
    first, second = (one["id"] for one in made)
    confirmed = call("POST", f"{first}/actions/confirm", version=1).json["result"]
    cancelled = call("POST", f"{second}/actions/cancel", version=1, reason="x").json["result"]

    assert (confirmed["state"], cancelled["state"]) == ("confirmed", "cancelled")
    assert {(o["result"]["untaxed"], o["result"]["total"]) for o in made} == {(UNTAXED, TOTAL)}
    newest = "(filters:!((col:state,opr:eq,value:confirmed)),order_column:id,order_direction:desc)"
    assert call("GET", f"?q={newest}").json["ids"][0] == first


def test_what_may_not_be_is_refused_through_the_api(
    host: Host, app: Flask, northwind: dict[str, int]
) -> None:
    call = program(app, "nancy")
    order = call("POST", "", **api_order(northwind)).json["id"]

    without_reason = call("POST", f"{order}/actions/cancel", version=1)
    confirmed = call("POST", f"{order}/actions/confirm", version=1).json["result"]
    version = confirmed["version"]
    twice = call("POST", f"{order}/actions/confirm", version=version)
    changed = call("PUT", f"{order}", version=version, consignee="x")

    assert list(without_reason.json["error"]["fields"]) == ["reason"]
    assert [one.status_code for one in (without_reason, twice, changed)] == [422, 422, 422]
    assert twice.json["error"]["code"] == "illegal_transition"


def program(app: Flask, name: str) -> Callable[..., Any]:
    """Return what calls the orders' API for a person, signed in as programs do."""
    client = app.test_client()
    sent = {"username": name, "password": PASSWORD, "provider": "db"}
    token = client.post("/api/v1/security/login", json=sent).json["access_token"]
    headers = {"Authorization": f"Bearer {token}", "X-Company": "TW01"}

    def call(method: str, path: str, **sent: Any) -> Any:
        url = f"/api/v1/sales/orders/{path}"
        return client.open(url, method=method, headers=headers, json=sent or None)

    return call


def sign_in(browser: FlaskClient, name: str) -> None:
    """Sign in as people do, by the form."""
    done = send(browser, "/login/", username=name, password=PASSWORD)
    assert done.status_code == 302
    assert done.location == "/"


def write_order(browser: FlaskClient, ids: dict[str, int]) -> str:
    """Fill in the form of a new order, three lines of it; return the address of its page."""
    lines = {
        f"lines__{place}__{field}": value
        for place, line in enumerate(order_lines(ids))
        for field, value in line.items()
    }
    done = send(browser, "/sales/orders/add", customer_id=ids["customer"], **SENT, **lines)
    assert done.status_code == 302, re.findall(r'class="help-block[^>]*>([^<]+)', done.text)
    return str(done.location)


def api_order(ids: dict[str, int]) -> dict[str, Any]:
    """Return the same order for the API."""
    lines = [{**line, "product_id": int(line["product_id"])} for line in order_lines(ids)]
    return {"customer_id": ids["customer"], **SENT, "lines": lines}


def order_lines(ids: dict[str, int]) -> list[dict[str, str]]:
    """Return three lines, as texts of a form."""
    prices, discounts = ("18.00", "20.00", "10.00"), ("0", "10", "0")
    return [
        {
            "product_id": str(ids[name]),
            "quantity": quantity,
            "unit_price": price,
            "discount": discount,
            "tax_rate": "5",
        }
        for (name, quantity), price, discount in zip(GOODS.items(), prices, discounts, strict=True)
    ]


def orders(host: Host, name: str) -> list[dict[str, Any]]:
    """Read the orders a person has written, oldest first."""
    with host.unit_of_work(company="TW01", by=name) as unit:
        query = select(Order).where(Order.created_by_id == unit.user.id).order_by(Order.id)
        wanted = ("number", "state", "untaxed", "tax", "total")
        return [
            {key: str(getattr(order, key)) for key in wanted} for order in session().scalars(query)
        ]
