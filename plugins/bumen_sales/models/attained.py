"""What was firmly ordered of what a year's target asks for."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, Select, func, select

from bumen_sales.models.flow import FIRM
from bumen_sales.models.orders import Order
from bumen_sales.models.target_trees import TargetNode


def ordered_in(
    year: int, *seen: ColumnElement[bool]
) -> Select[int | None, int | None, int, Decimal]:
    """Select what was firmly ordered in a year: region, salesperson, month, amount before tax."""
    month = func.extract("month", Order.ordered_on)
    keys = (Order.region_id, Order.salesperson_id, month)
    return (
        select(*keys, func.sum(Order.untaxed))
        .where(
            Order.state.in_(FIRM),
            Order.ordered_on.between(date(year, 1, 1), date(year, 12, 31)),
            *seen,
        )
        .group_by(*keys)
    )


def aimed_at(
    target_id: int, *seen: ColumnElement[bool]
) -> Select[int, int | None, int | None, Decimal]:
    """Select the parts of a target: region, person, month, amount."""
    parts = (TargetNode.region_id, TargetNode.employee_id, TargetNode.month, TargetNode.amount)
    return select(*parts).where(TargetNode.target_id == target_id, *seen)
