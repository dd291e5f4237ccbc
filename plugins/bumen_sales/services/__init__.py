"""What sales does: one function per verb."""

from bumen_sales.services.allowances import doubts_about_allowance, save_allowance
from bumen_sales.services.closing import (
    approve_order,
    cancel_order,
    confirm_order,
    refuse_order,
    take_back_order,
)
from bumen_sales.services.drafting import draft_order, drop_order, revise_order
from bumen_sales.services.excess import credit_used, excess_now
from bumen_sales.services.targets import save_target, target_in

__all__ = [
    "approve_order",
    "cancel_order",
    "confirm_order",
    "credit_used",
    "doubts_about_allowance",
    "draft_order",
    "drop_order",
    "excess_now",
    "refuse_order",
    "revise_order",
    "save_allowance",
    "save_target",
    "take_back_order",
    "target_in",
]
