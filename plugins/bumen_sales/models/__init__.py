"""What sales remembers: data, and what must always hold."""

from bumen_sales.models.orders import (
    Order,
    OrderLine,
    OrderState,
    lines_no_longer_sold,
    number_of_orders,
    turnover,
)

__all__ = [
    "Order",
    "OrderLine",
    "OrderState",
    "lines_no_longer_sold",
    "number_of_orders",
    "turnover",
]
