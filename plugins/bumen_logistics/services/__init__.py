"""What logistics does: one function per verb."""

from bumen_logistics.services.counts import (
    approve_count,
    draft_count,
    revise_count,
    submit_count,
)
from bumen_logistics.services.minimum import book_move, change_minimum, keep_in_stock
from bumen_logistics.services.pickup import pick_up_open_orders
from bumen_logistics.services.preparations import (
    begin_preparation,
    cancel_preparation,
    finish_preparation,
    lock_preparation,
    prepare,
    reopen_preparation,
    report_exception,
    report_readiness,
    resume_preparation,
)
from bumen_logistics.services.requests import (
    cancel_request,
    count_delivered,
    count_returned,
    count_shipped,
    draft_request,
    lock_request,
    request_delivery,
    revise_request,
)
from bumen_logistics.services.reservations import (
    issue_reserved,
    release_reservations,
    reserve,
    reserved_for,
)
from bumen_logistics.services.stock import (
    correct_stock,
    issue_goods,
    receive_goods,
    transfer_goods,
)
from bumen_logistics.services.warehouses import (
    change_warehouse,
    open_warehouse,
    place_of,
    seed_warehouse,
    usual_warehouse,
)

__all__ = [
    "approve_count",
    "begin_preparation",
    "book_move",
    "cancel_preparation",
    "cancel_request",
    "change_minimum",
    "change_warehouse",
    "correct_stock",
    "count_delivered",
    "count_returned",
    "count_shipped",
    "draft_count",
    "draft_request",
    "finish_preparation",
    "issue_goods",
    "issue_reserved",
    "keep_in_stock",
    "lock_preparation",
    "lock_request",
    "open_warehouse",
    "pick_up_open_orders",
    "place_of",
    "prepare",
    "receive_goods",
    "release_reservations",
    "reopen_preparation",
    "report_exception",
    "report_readiness",
    "request_delivery",
    "reserve",
    "reserved_for",
    "resume_preparation",
    "revise_count",
    "revise_request",
    "seed_warehouse",
    "submit_count",
    "transfer_goods",
    "usual_warehouse",
]
