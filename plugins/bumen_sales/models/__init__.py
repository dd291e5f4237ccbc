"""What sales remembers: data, and what must always hold."""

from bumen_sales.models.allowances import DiscountAllowance, allowance_of, general_allowances
from bumen_sales.models.flow import (
    CANCELLABLE,
    FIRM,
    OPEN,
    UNDELIVERED,
    OrderState,
    Right,
)
from bumen_sales.models.fulfilment import (
    OrderTask,
    ProgressEntry,
    SalesSlip,
    TaskKind,
    TaskState,
    progress_of,
    slips_of,
    task_of,
    tasks_of,
)
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
    "CANCELLABLE",
    "FIRM",
    "OPEN",
    "UNDELIVERED",
    "DiscountAllowance",
    "FigureTarget",
    "Order",
    "OrderLine",
    "OrderState",
    "OrderTask",
    "ProgressEntry",
    "Right",
    "SalesSlip",
    "TargetedFigure",
    "TaskKind",
    "TaskState",
    "allowance_of",
    "drafts_before",
    "exposure",
    "first_order",
    "general_allowances",
    "lines_no_longer_sold",
    "numbers_of_orders",
    "progress_of",
    "slips_of",
    "state_of_customer",
    "targets_of",
    "targets_with",
    "task_of",
    "tasks_of",
    "turnover",
]
