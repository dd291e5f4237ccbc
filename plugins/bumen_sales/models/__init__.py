"""What sales remembers: data, and what must always hold."""

from bumen_sales.models.orders import (
    Order,
    OrderLine,
    OrderState,
    drafts_before,
    first_order,
    lines_no_longer_sold,
    number_of_orders,
    state_of_customer,
    state_of_orders,
    turnover,
)

__all__ = [
    "Order",
    "OrderLine",
    "OrderState",
    "drafts_before",
    "first_order",
    "lines_no_longer_sold",
    "number_of_orders",
    "state_of_customer",
    "state_of_orders",
    "turnover",
]
