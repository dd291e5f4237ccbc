"""Before an order is confirmed it is told whether others decide, who, and by how much it goes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bumen import create_record
from bumen.testing.people import Login
from bumen_base.models import PaymentMethod
from bumen_base.services import grant_credit
from bumen_sales.models import Order
from bumen_sales.resources import DiscountAllowances


def held(make, *, limit: str = "100", discount: str = "0") -> Order:
    """Make an order of 105.00 before its discount, on account."""
    customer = make.customer(payment_method=PaymentMethod.ON_ACCOUNT)
    grant_credit(customer, by=None, credit_limit=Decimal(limit))
    line = {"product_id": make.product().id, "quantity": "1", "discount": discount}
    return make.order(customer_id=customer.id, lines=[line])


@pytest.fixture
def order(host, company, make) -> int:
    """An order 5.00 over the limit."""
    with host.unit_of_work(company=company.code, by="admin"):
        return held(make).id


def test_it_is_told_by_how_much_an_order_goes_too_far(order: int, login: Login) -> None:
    address = f"/api/v1/sales/orders/{order}/approvals/preview?action=confirm"

    [found] = login("admin").get(address).json["result"]

    assert found["needed"] is True
    assert [(one["field"], one["value"]) for one in found["reasons"]] == [("over_limit", "5.00")]


def test_it_is_told_that_nobody_is_asked(host, company, make, login: Login) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        ident = held(make, limit="500").id
    address = f"/api/v1/sales/orders/{ident}/approvals/preview?action=confirm"

    [found] = login("admin").get(address).json["result"]

    assert (found["needed"], found["stages"], found["reasons"]) == (False, [], [])


def test_a_discount_beyond_the_allowance_is_told_before(host, company, make, login: Login) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        create_record(DiscountAllowances, {"percent": "15"}, by=unit.user)
        ident = held(make, limit="500", discount="20").id
    client = login("admin")

    page = client.get(f"/sales/orders/{ident}/approvals/preview?action=confirm").text

    assert "5%" in page


def test_the_dialog_of_confirming_tells_it(order: int, login: Login) -> None:
    page = login("admin").get(f"/sales/orders/show/{order}").text

    assert f"/sales/orders/{order}/approvals/preview?action=confirm" in page
    assert 'data-bs-target="#do-confirm"' in page
