"""Customers that are new: whose first firm order is of the days asked about."""

from datetime import date

from sqlalchemy import ColumnElement, ColumnExpressionArgument, Select, and_, or_, select
from sqlalchemy.orm import aliased

from bumen_sales.models.flow import FIRM
from bumen_sales.models.orders import Order


def first_orders(
    since: date, until: date, *seen: ColumnElement[bool], by: ColumnExpressionArgument[int | None]
) -> Select[Order]:
    """Select the firm orders of some days before which their customers had none.

    An earlier order counts whoever may see it: a customer is new to the house, not to a reader.
    """
    earlier = aliased(Order)
    before = or_(
        earlier.ordered_on < Order.ordered_on,
        and_(earlier.ordered_on == Order.ordered_on, earlier.id < Order.id),
    )
    had_one = select(earlier.id).where(
        earlier.company_id == Order.company_id,
        earlier.customer_id == Order.customer_id,
        earlier.state.in_(FIRM),
        before,
    )
    firm = (Order.state.in_(FIRM), Order.ordered_on.between(since, until))
    return (
        select(Order)
        .where(*firm, ~had_one.exists(), *seen)
        .order_by(by, Order.ordered_on, Order.id)
    )
