"""What sales remembers: data, and what must always hold."""

from bumen_sales.models.allowances import DiscountAllowance, allowance_of, general_allowances
from bumen_sales.models.flow import OrderState
from bumen_sales.models.orders import (
    Order,
    OrderLine,
    drafts_before,
    exposure,
    first_order,
    lines_no_longer_sold,
    numbers_of_orders,
    state_of_customer,
    turnover,
)
from bumen_sales.models.targets import FigureTarget, TargetedFigure, targets_of, targets_with

__all__ = [
    "DiscountAllowance",
    "FigureTarget",
    "Order",
    "OrderLine",
    "OrderState",
    "TargetedFigure",
    "allowance_of",
    "drafts_before",
    "exposure",
    "first_order",
    "general_allowances",
    "lines_no_longer_sold",
    "numbers_of_orders",
    "state_of_customer",
    "targets_of",
    "targets_with",
    "turnover",
]
