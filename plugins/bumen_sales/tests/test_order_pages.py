"""What people see of an order: how far it is, what it comes to, what may be done with it."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen import run_action
from bumen.host import Host
from bumen_sales.resources import Orders

DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}


def order(host: Host, make: Any, *, done: tuple[str, ...] = (), **said: Any) -> int:
    """Make an order and take it through these steps."""
    with host.unit_of_work(company="TW01", by="admin") as unit:
        customer = make.customer(addresses=[])
        made = make.order(**DELIVERY | {"customer_id": customer.id} | said)
        for step in done:
            values = {"reason": "Too late"} if step == "cancel" else {}
            run_action(Orders, made, step, values, by=unit.user, version=made.version)
        ident: int = made.id
        return ident


def flow_in(page: str) -> list[tuple[str, str]]:
    """Return the states a page draws, each with how it stands to the present one."""
    drawn = page.partition('<ol class="flow')[2].partition("</ol>")[0]
    steps = re.findall(r'<li class="flow-(\w+)[^>]*>(.*?)</li>', drawn, re.DOTALL)
    words = [(place, re.sub(r"<[^>]+>|Done:", " ", inside)) for place, inside in steps]
    return [(place, " ".join(said.split())) for place, said in words]


@pytest.mark.parametrize(
    ("done", "places"),
    [
        ((), ["current", "next", "next", *["later"] * 4, "next"]),
        (("confirm",), ["passed", "closed", "current", "next", *["later"] * 3, "next"]),
        (("cancel",), ["passed", *["closed"] * 6, "current"]),
    ],
)
def test_the_flow_shows_where_an_order_stands(
    host: Host, reader: FlaskClient, make: Any, done: tuple[str, ...], places: list[str]
) -> None:
    page = reader.get(f"/sales/orders/show/{order(host, make, done=done, address='Taipei')}").text

    states = ["Draft", "Held", "Confirmed", "Released", "Shipped", "Delivered", "Closed"]
    states += ["Cancelled"]
    assert flow_in(page) == list(zip(places, states, strict=True))
    assert page.count('aria-current="step"') == 1


def test_what_leads_on_comes_first_and_what_ends_it_stands_out(
    host: Host, reader: FlaskClient, make: Any
) -> None:
    page = reader.get(f"/sales/orders/show/{order(host, make)}").text

    assert re.search(
        r'<button type="submit" class="btn btn-primary [^"]*" form="do-confirm">', page
    )
    assert re.search(r'<button type="button" class="btn btn-outline-danger [^>]*#do-cancel"', page)


def test_an_order_says_what_it_comes_to_below_its_lines(
    host: Host, reader: FlaskClient, make: Any
) -> None:
    page = reader.get(f"/sales/orders/show/{order(host, make)}").text

    below = page.partition('<dl class="totals">')[2].partition("</dl>")[0]
    assert re.findall(r"<dd>(.*?)</dd>", below) == ["NT$100", "NT$5", "NT$105", "NT$105"]


def test_a_refused_step_leads_to_the_fields_that_are_missing(
    host: Host, reader: FlaskClient, make: Any
) -> None:
    ident = order(host, make)
    version = {"version": "1"}

    page = reader.post(f"/sales/orders/{ident}/actions/confirm", data=version)

    assert page.status_code == 422
    assert f'href="/sales/orders/edit/{ident}#address"' in page.text
