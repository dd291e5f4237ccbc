"""Drafts are changed and dropped; what has come further is not."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy import func, select

from bumen import change_record, current, session
from bumen.records import NoLongerOpen, delete_record
from bumen_sales.errors import RequestedBeforeOrdered
from bumen_sales.models import Order, OrderLine
from bumen_sales.resources import Orders
from bumen_sales.services import confirm_order


def change(order: Order, **said) -> None:
    change_record(Orders, order, said, by=current().user, version=order.version)


def test_a_revised_draft_is_worked_out_again(unit, make) -> None:
    tea, cup = make.product(list_price=Decimal(10)), make.product(list_price=Decimal(3), unit="cup")
    order = make.order(lines=[{"product_id": tea.id, "quantity": "1"}] * 2)
    kept, number = order.lines[1], order.number

    change(
        order,
        lines=[
            {"product_id": cup.id, "quantity": "4"},
            {"id": kept.id, "product_id": tea.id, "quantity": "2"},
        ],
    )

    assert [(line.product, line.quantity, line.unit) for line in order.lines] == [
        (cup, Decimal(4), "cup"),
        (tea, Decimal(2), "box"),
    ]
    assert (order.untaxed, order.due, order.number) == (Decimal(32), Decimal("33.60"), number)


def test_a_line_that_turns_to_another_product_takes_that_ones_unit(unit, make) -> None:
    cup = make.product(unit="cup")
    order = make.order()

    change(order, lines=[{"id": order.lines[0].id, "product_id": cup.id, "quantity": "1"}])

    assert order.lines[0].unit == "cup"


def test_a_price_that_is_emptied_is_taken_from_the_product_again(unit, make) -> None:
    tea = make.product(list_price=Decimal(10))
    line = {"product_id": tea.id, "quantity": "1"}
    order = make.order(lines=[line | {"unit_price": "8"}])

    change(order, lines=[line | {"id": order.lines[0].id, "unit_price": None, "tax_rate": None}])

    assert (order.lines[0].unit_price, order.total) == (Decimal(10), Decimal("10.50"))


def test_an_order_date_that_is_emptied_is_the_present_day_where_the_company_is(unit, make) -> None:
    order = make.order(ordered_on="2026-03-02", requested_on="2026-12-31")

    with time_machine.travel("2026-04-30T18:00:00Z", tick=False):
        change(order, ordered_on=None)

    assert order.ordered_on == date(2026, 5, 1)


def test_a_changed_line_makes_a_new_version_of_the_order(unit, make) -> None:
    tea, cup = make.product(), make.product()
    order = make.order(lines=[{"product_id": tea.id, "quantity": "1"}])
    before = order.version

    change(order, lines=[{"id": order.lines[0].id, "product_id": cup.id, "quantity": "1"}])

    assert order.version == before + 1


def test_a_draft_cannot_be_requested_before_it_is_ordered_by_revising_it(unit, make) -> None:
    order = make.order(ordered_on="2026-03-02")

    with pytest.raises(RequestedBeforeOrdered):
        change(order, requested_on="2026-03-01")


def test_an_order_that_is_confirmed_cannot_be_changed(unit, make) -> None:
    order = make.order()
    confirm_order(order, by=unit.user)

    with pytest.raises(NoLongerOpen) as refused:
        change(order, phone="02 9999")

    assert refused.value.message.in_language("en") == (
        f"{order} can no longer be changed: its status is “Confirmed”."
    )


def test_a_draft_can_be_deleted_with_its_lines(unit, make) -> None:
    order = make.order()

    delete_record(Orders, order, by=unit.user)

    assert session().scalar(select(func.count(OrderLine.id))) == 0


def test_an_order_that_is_confirmed_cannot_be_deleted(unit, make) -> None:
    order = make.order()
    confirm_order(order, by=unit.user)

    with pytest.raises(NoLongerOpen):
        delete_record(Orders, order, by=unit.user)
