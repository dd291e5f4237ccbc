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
from bumen_sales.services.fulfilment import (
    answer_payment,
    close_order,
    confirm_arrival_by_hand,
    deliver_lines,
    find_vehicle_by_hand,
    goods_are_not_ready,
    goods_are_ready,
    is_payment_in,
    issue_slip,
    payment_changed,
    promise_goods,
    ready_by_hand,
    reissue_slip,
    report_progress,
    return_lines,
    ship_by_hand,
    ship_lines,
    vehicle_is_found,
    vehicle_is_lost,
)
from bumen_sales.services.locking import lines_now, lock_order
from bumen_sales.services.targets import save_target, target_in

__all__ = [
    "answer_payment",
    "approve_order",
    "cancel_order",
    "close_order",
    "confirm_arrival_by_hand",
    "confirm_order",
    "credit_used",
    "deliver_lines",
    "doubts_about_allowance",
    "draft_order",
    "drop_order",
    "excess_now",
    "find_vehicle_by_hand",
    "goods_are_not_ready",
    "goods_are_ready",
    "is_payment_in",
    "issue_slip",
    "lines_now",
    "lock_order",
    "payment_changed",
    "promise_goods",
    "ready_by_hand",
    "refuse_order",
    "reissue_slip",
    "report_progress",
    "return_lines",
    "revise_order",
    "save_allowance",
    "save_target",
    "ship_by_hand",
    "ship_lines",
    "take_back_order",
    "target_in",
    "vehicle_is_found",
    "vehicle_is_lost",
]
