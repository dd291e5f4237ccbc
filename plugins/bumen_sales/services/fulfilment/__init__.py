"""A promise is kept: tasks, sales slip, goods on the road, arrival, the end."""

from bumen_sales.services.fulfilment.assigning import assign_order
from bumen_sales.services.fulfilment.by_hand import (
    confirm_arrival_by_hand,
    find_vehicle_by_hand,
    ready_by_hand,
    ship_by_hand,
)
from bumen_sales.services.fulfilment.ending import close_order, payment_changed
from bumen_sales.services.fulfilment.informing import (
    tell_customer_it_arrived,
    tell_customer_it_left,
    tell_it_is_late,
)
from bumen_sales.services.fulfilment.shipping import deliver_lines, return_lines, ship_lines
from bumen_sales.services.fulfilment.slips import issue_slip, reissue_slip, void_slips
from bumen_sales.services.fulfilment.tasks import (
    answer_payment,
    begin_tasks,
    drop_tasks,
    goods_are_not_ready,
    goods_are_ready,
    is_payment_in,
    promise_goods,
    refuse_unpaid_goods,
    report_progress,
    vehicle_is_found,
    vehicle_is_lost,
)

__all__ = [
    "answer_payment",
    "assign_order",
    "begin_tasks",
    "close_order",
    "confirm_arrival_by_hand",
    "deliver_lines",
    "drop_tasks",
    "find_vehicle_by_hand",
    "goods_are_not_ready",
    "goods_are_ready",
    "is_payment_in",
    "issue_slip",
    "payment_changed",
    "promise_goods",
    "ready_by_hand",
    "refuse_unpaid_goods",
    "reissue_slip",
    "report_progress",
    "return_lines",
    "ship_by_hand",
    "ship_lines",
    "tell_customer_it_arrived",
    "tell_customer_it_left",
    "tell_it_is_late",
    "vehicle_is_found",
    "vehicle_is_lost",
    "void_slips",
]
