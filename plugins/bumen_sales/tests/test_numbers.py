"""The numbers and references of orders, and their date."""

from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest

from bumen import BusinessError, CurrentCompany, InvalidInput
from bumen.host import Host
from bumen_sales.models import Order, OrderLine
from bumen_sales.services import draft_order

DAY = date(2026, 3, 2)


def test_the_order_date_is_the_present_day_unless_another_is_given(unit, make) -> None:
    tea, customer = make.product(), make.customer()
    line = OrderLine(product=tea, quantity=Decimal(1), discount=Decimal(0))
    order = Order(customer=customer, lines=[line], paid=Decimal(0))

    draft_order(order, by=unit.user, on=DAY)

    assert (order.ordered_on, order.number) == (DAY, "SO-2026-00001")


def test_numbers_follow_each_other_within_the_year_of_the_order_date(unit, make) -> None:
    customer = make.customer()

    orders = [
        make.order(customer_id=customer.id, ordered_on=day)
        for day in ("2025-12-31", "2026-01-01", "2026-01-02", "2025-11-11")
    ]

    numbers = [order.number for order in orders]
    assert numbers == ["SO-2025-00001", "SO-2026-00001", "SO-2026-00002", "SO-2025-00002"]


def test_an_order_that_is_refused_leaves_no_gap_in_the_numbers(
    host: Host, company: CurrentCompany, make
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        first = make.order(ordered_on="2026-03-02").number
    with suppress(BusinessError), host.unit_of_work(company=company.code, by="admin"):
        make.order(ordered_on="2026-03-02")
        make.order(ordered_on="2026-03-02", requested_on="2026-03-01")
    with host.unit_of_work(company=company.code, by="admin"):
        second = make.order(ordered_on="2026-03-02").number

    assert (first, second) == ("SO-2026-00001", "SO-2026-00002")


def test_two_orders_of_a_company_cannot_share_a_reference(unit, make) -> None:
    make.order(reference="PO-77")

    with pytest.raises(InvalidInput) as refused:
        make.order(reference="PO-77")

    assert list(refused.value.fields) == ["reference"]


def test_orders_without_reference_do_not_get_in_each_others_way(unit, make) -> None:
    assert [make.order(reference=None).reference, make.order(reference=" ").reference] == [
        None,
        None,
    ]


def test_orders_of_two_companies_are_numbered_apart(
    host: Host, company: CurrentCompany, other_company: CurrentCompany, make
) -> None:
    numbers = []
    for code in (company.code, other_company.code):
        with host.unit_of_work(company=code):
            numbers.append(make.order(ordered_on="2026-03-02", reference="PO-1").number)

    assert numbers == ["SO-2026-00001", "SO-2026-00001"]
