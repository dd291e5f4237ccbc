"""What must always hold of orders: asked by `bumen check`, of all companies at once."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bumen import Check
from bumen_sales.models import FIRM, Order, OrderLine, OrderState, OrderTask, SalesSlip, TaskKind

_GONE = FIRM - {OrderState.CONFIRMED}
"""The states for which a sales slip was issued."""


def _lines_of_order() -> ColumnElement[bool]:
    return and_(OrderLine.company_id == Order.company_id, OrderLine.order_id == Order.id)


def _not_the_sum_of_its_lines() -> Select[Any]:
    """Select the orders whose amounts are not those of their lines together."""
    sums = [
        select(func.coalesce(func.sum(there), 0)).where(_lines_of_order()).scalar_subquery()
        for there in (OrderLine.untaxed, OrderLine.tax, OrderLine.total)
    ]
    pairs = zip((Order.untaxed, Order.tax, Order.total), sums, strict=True)
    return select(Order.id).where(or_(*(here != there for here, there in pairs)))


def _not_arrived_in_full() -> Select[Any]:
    """Select the orders that are said to have left, or arrived, of which something has not."""
    left = select(OrderLine.id).where(_lines_of_order(), OrderLine.shipped < OrderLine.quantity)
    road = select(OrderLine.id).where(_lines_of_order(), OrderLine.delivered < OrderLine.quantity)
    gone = Order.state.in_([OrderState.SHIPPED, OrderState.DELIVERED, OrderState.CLOSED])
    there = Order.state.in_([OrderState.DELIVERED, OrderState.CLOSED])
    return select(Order.id).where(or_(and_(gone, left.exists()), and_(there, road.exists())))


def _without_three_tasks() -> Select[Any]:
    """Select the firm orders that have not each of the three tasks once."""
    tasks = (
        select(func.count(OrderTask.id))
        .where(OrderTask.company_id == Order.company_id, OrderTask.order_id == Order.id)
        .scalar_subquery()
    )
    return select(Order.id).where(Order.state.in_(FIRM), tasks != len(TaskKind))


def _without_one_current_slip() -> Select[Any]:
    """Select the orders with a current slip too many, or none though goods may leave."""
    current = (
        select(func.count(SalesSlip.id))
        .where(
            SalesSlip.company_id == Order.company_id,
            SalesSlip.order_id == Order.id,
            SalesSlip.current,
        )
        .scalar_subquery()
    )
    gone = Order.state.in_(_GONE)
    return select(Order.id).where(or_(and_(gone, current != 1), and_(~gone, current != 0)))


def _order_check(sentence: str, broken: Select[Any]) -> Check:
    return Check(table="sales_order", sentence=sentence, broken=broken)


CHECKS = (
    _order_check(
        "What an order comes to is what its lines come to together.", _not_the_sum_of_its_lines()
    ),
    _order_check(
        "All goods of an order have left once it is shipped, and arrived once it is delivered.",
        _not_arrived_in_full(),
    ),
    _order_check(
        "A closed order is paid in full.",
        select(Order.id).where(Order.state == OrderState.CLOSED, Order.due != 0),
    ),
    _order_check("A firm order has its three tasks.", _without_three_tasks()),
    _order_check(
        "An order has one current sales slip from its release on, and none besides.",
        _without_one_current_slip(),
    ),
)
