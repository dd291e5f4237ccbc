"""What logistics does: one function per verb."""

from bumen_logistics.services.ageing import ages_of_stock
from bumen_logistics.services.carriers import rate_carrier, save_carrier, save_rate, save_vehicle
from bumen_logistics.services.cash import expect_cash, record_collection, write_off_cash
from bumen_logistics.services.counts import (
    approve_count,
    draft_count,
    revise_count,
    submit_count,
)
from bumen_logistics.services.freight import estimate_freight
from bumen_logistics.services.freight_statements import (
    approve_freight_statement,
    check_freight_statement,
    draft_freight_statement,
    pay_freight_statement,
    return_freight_statement,
    revise_freight_statement,
)
from bumen_logistics.services.keepers import tell_it_is_late, tell_it_runs_low
from bumen_logistics.services.loaded import refuse_if_loaded
from bumen_logistics.services.loading import count_and_load, take_slip, unload
from bumen_logistics.services.locking import lock_shipment
from bumen_logistics.services.minimum import (
    book_move,
    bring_in,
    change_minimum,
    keep_in_stock,
    move_away,
    take_out,
)
from bumen_logistics.services.pickup import pick_up_open_orders
from bumen_logistics.services.planning import (
    arrange_vehicle,
    cancel_shipment,
    cancel_shipments_of,
    leaves_a_rest,
    plan_another,
    plan_shipment,
    replan_shipments,
    revise_shipment,
    ship_the_rest,
)
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
from bumen_logistics.services.remittances import (
    draft_remittance,
    post_remittance,
    reverse_remittance,
    revise_remittance,
)
from bumen_logistics.services.requests import (
    cancel_request,
    count_delivered,
    count_returned,
    count_shipped,
    draft_request,
    lacks_goods,
    lock_request,
    prepare_again,
    request_delivery,
    revise_request,
    want,
)
from bumen_logistics.services.reservations import (
    issue_reserved,
    release_reservations,
    release_some,
    reserve,
    reserved_for,
)
from bumen_logistics.services.settling import settle_shipment
from bumen_logistics.services.shipping import (
    confirm_arrival,
    return_goods,
    ship,
)
from bumen_logistics.services.stock import (
    correct_stock,
    issue_goods,
    receive_goods,
    transfer_goods,
)
from bumen_logistics.services.tracking import (
    note_event,
    report_trouble,
    resume_shipment,
    track,
    track_by_carrier,
)
from bumen_logistics.services.warehouses import (
    change_warehouse,
    open_warehouse,
    place_of,
    seed_warehouse,
    usual_warehouse,
)

__all__ = [
    "ages_of_stock",
    "approve_count",
    "approve_freight_statement",
    "arrange_vehicle",
    "begin_preparation",
    "book_move",
    "bring_in",
    "cancel_preparation",
    "cancel_request",
    "cancel_shipment",
    "cancel_shipments_of",
    "change_minimum",
    "change_warehouse",
    "check_freight_statement",
    "confirm_arrival",
    "correct_stock",
    "count_and_load",
    "count_delivered",
    "count_returned",
    "count_shipped",
    "draft_count",
    "draft_freight_statement",
    "draft_remittance",
    "draft_request",
    "estimate_freight",
    "expect_cash",
    "finish_preparation",
    "issue_goods",
    "issue_reserved",
    "keep_in_stock",
    "lacks_goods",
    "leaves_a_rest",
    "lock_preparation",
    "lock_request",
    "lock_shipment",
    "move_away",
    "note_event",
    "open_warehouse",
    "pay_freight_statement",
    "pick_up_open_orders",
    "place_of",
    "plan_another",
    "plan_shipment",
    "post_remittance",
    "prepare",
    "prepare_again",
    "rate_carrier",
    "receive_goods",
    "record_collection",
    "refuse_if_loaded",
    "release_reservations",
    "release_some",
    "reopen_preparation",
    "replan_shipments",
    "report_exception",
    "report_readiness",
    "report_trouble",
    "request_delivery",
    "reserve",
    "reserved_for",
    "resume_preparation",
    "resume_shipment",
    "return_freight_statement",
    "return_goods",
    "reverse_remittance",
    "revise_count",
    "revise_freight_statement",
    "revise_remittance",
    "revise_request",
    "revise_shipment",
    "save_carrier",
    "save_rate",
    "save_vehicle",
    "seed_warehouse",
    "settle_shipment",
    "ship",
    "ship_the_rest",
    "submit_count",
    "take_out",
    "take_slip",
    "tell_it_is_late",
    "tell_it_runs_low",
    "track",
    "track_by_carrier",
    "transfer_goods",
    "unload",
    "usual_warehouse",
    "want",
    "write_off_cash",
]
