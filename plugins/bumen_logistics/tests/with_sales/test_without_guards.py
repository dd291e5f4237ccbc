"""The same races without the guards: what they keep from happening does happen then.

With them, it is told in `test_races.py` here, and in `test_receipts.py`,
`test_carried_out_at_once.py` and `test_changes_at_once.py` of sales.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, change_record, create_record, current, run_action, session
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen_logistics.models import Stock
from bumen_logistics.services import issue_goods
from bumen_logistics.tests.with_sales.unguarded import at_once, unguarded
from bumen_sales.models import Order, OrderChange, Receipt, SalesSlip
from bumen_sales.resources import OrderChanges, Orders, Receipts
from bumen_sales.services import (
    begin_change,
    confirm_order,
    goods_are_ready,
    issue_slip,
    ship_lines,
    submit_change,
)
from bumen_sales.services.allocating import allocate_receipt
from bumen_sales.services.receipts import post_receipt

AT, DAY = datetime(2026, 7, 1, 9, tzinfo=UTC), date(2026, 7, 1)
DELIVERY = {"consignee": "Lin", "phone": "0912 345 678", "address": "Zhongshan Rd. 1"}
pytestmark = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)

Sell = Callable[..., Order]


@pytest.fixture
def sell(make: Any) -> Sell:
    """A function that confirms an order of ten boxes at 100.00; works in the unit that runs."""

    def sold(customer: int | None = None, method: str = "cash_on_delivery") -> Order:
        line = {"product_id": make.product().id, "quantity": "10", "unit_price": "100"}
        about = {"customer_id": customer or make.customer().id, "payment_method": method}
        order: Order = create_record(
            Orders, {**about, **DELIVERY, "lines": [line]}, by=current().user
        )
        confirm_order(order, by=current().user)
        session().flush()
        return order

    return sold


@pytest.fixture
def ready(host: Host, company: CurrentCompany, sell: Sell) -> int:
    """An order whose slip can be issued."""
    with host.unit_of_work(company=company.code, by="admin") as unit:
        order = sell()
        goods_are_ready(order, by=unit.user, at=AT)
        return order.id


def test_the_last_piece_is_issued_by_all_sixteen(
    host: Host, company: CurrentCompany, make: Any
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        ident = make.stock("1").id

    def take() -> None:
        stock = session().get_one(Stock, ident)
        issue_goods(stock.product, stock.location, Decimal(1), by=None, at=AT, reason="Sample")

    with unguarded(host, "logistics_stock", "logistics_stock_move", people=16):
        found = at_once(host, company, *[take] * 16)

    assert found == ["done"] * 16
    with host.unit_of_work(company=company.code):
        assert session().get_one(Stock, ident).on_hand == -15


def test_a_receipt_is_allocated_eight_times_though_it_is_enough_for_three(
    host: Host, company: CurrentCompany, make: Any, sell: Sell
) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        customer = make.customer().id
        orders = [sell(customer, "prepaid").id for _turn in range(8)]
        said = {"customer_id": customer, "amount": "300", "lines": []}
        receipt = create_record(Receipts, said, by=unit.user)
        post_receipt(receipt, by=unit.user, at=AT)
        ident = receipt.id

    def allocating(order_id: int) -> Callable[[], None]:
        def allocate() -> None:
            receipt, order = session().get_one(Receipt, ident), session().get_one(Order, order_id)
            allocate_receipt(receipt, by=None, at=AT, order=order, amount=Decimal(100))

        return allocate

    with unguarded(host, "sales_receipt", people=8):
        found = at_once(host, company, *map(allocating, orders))

    assert found == ["done"] * 8
    with host.unit_of_work(company=company.code):
        assert session().get_one(Receipt, ident).unallocated == -500


def test_an_order_gets_two_slips(host: Host, company: CurrentCompany, ready: int) -> None:
    def issue() -> None:
        issue_slip(session().get_one(Order, ready), by=None, on=DAY)

    with unguarded(host, "sales_slip", people=2):
        found = at_once(host, company, issue, issue)

    assert found == ["done", "done"]
    with host.unit_of_work(company=company.code):
        slips = session().scalars(select(SalesSlip.number).order_by(SalesSlip.number)).all()
        assert slips == ["SL-2026-00001", "SL-2026-00002"]


def test_more_is_shipped_than_is_left_of_an_order(
    host: Host, company: CurrentCompany, ready: int
) -> None:
    make_user(host, "boss", company=company.code, roles=["sales.manager"])
    with host.unit_of_work(company=company.code, by="admin") as unit:
        order = session().get_one(Order, ready)
        issue_slip(order, by=unit.user, on=DAY)
        begin_change(order, by=unit.user, on=DAY, reason="Less")
        session().flush()
        change = session().scalars(select(OrderChange)).one()
        said = {"lines": [{"line_number": 1, "quantity": "4"}]}
        change_record(OrderChanges, change, said, by=unit.user, version=change.version)
        submit_change(change, by=unit.user)
        ident = change.id

    def approve() -> None:
        change = session().get_one(OrderChange, ident)
        about = {"by": current().user, "version": change.version}
        run_action(OrderChanges, change, "approve", {"opinion": "Yes"}, **about)

    def ship() -> None:
        order = session().get_one(Order, ready)
        ship_lines(order, {order.lines[0].id: Decimal(6)}, by=None, at=AT)

    with unguarded(host, "sales_order_line", people=2, write="sales_"):
        found = at_once(host, company, approve, ship, by="boss")

    assert found == ["done", "done"]
    with host.unit_of_work(company=company.code):
        (line,) = session().get_one(Order, ready).lines
        assert (line.quantity, line.shipped) == (4, 6)
