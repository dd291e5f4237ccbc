"""Delivery requests, as people see them."""

from sqlalchemy import Date, String

from bumen import (
    Action,
    Argument,
    Board,
    Calendar,
    Lines,
    Money,
    RecordOf,
    Related,
    Resource,
    Section,
    dated,
    step,
    timed,
)
from bumen_logistics.models import Carrier, DeliveryRequest, RequestLine, RequestState
from bumen_logistics.resources.preparations import Preparations
from bumen_logistics.resources.shipments import Shipments
from bumen_logistics.services import (
    cancel_request,
    draft_request,
    lacks_goods,
    plan_another,
    prepare_again,
    request_delivery,
    revise_request,
    take_over_shipment,
)
from bumen_logistics.texts import _

LEFT_EARLIER = (
    Argument("carrier", RecordOf(Carrier), label=_("Carrier")),
    Argument("shipped_on", Date(), label=_("Shipped on")),
    Argument("freight", Money, label=_("Freight"), minimum=0),
    Argument("arrived_on", Date(), label=_("Arrived on"), required=False),
    Argument("waybill", String(80), label=_("Waybill"), required=False),
)
"""What is asked of a delivery that left before it was written down here."""


class RequestLines(Lines):
    """What is to be delivered, one product a line."""

    model = RequestLine
    title = _("Goods")
    fields = ("product", "quantity")
    shown = ("unit", "prepared", "shipped", "delivered")


class DeliveryRequests(Resource):
    """Goods that are to be brought to customers."""

    model = DeliveryRequest
    title = _("Delivery requests")
    columns = ("number", "source_number", "customer", "consignee", "wanted_on", "state")
    fields = (
        "customer",
        "consignee",
        "phone",
        "address",
        "packing_requirement",
        "wanted_on",
        "warehouse",
        "cash_on_delivery",
    )
    filters = (*columns, "warehouse")
    beyond = ("lines.product",)
    search = ("number", "source_number", "consignee", "customer.code", "customer.name")
    views = (
        Board(by="state", shows=("customer", "wanted_on")),
        Calendar(on="wanted_on"),
    )
    sections = (
        Section(
            _("Delivery"),
            ("consignee", "phone", "address", "packing_requirement", "wanted_on", "warehouse"),
        ),
    )
    lines = (RequestLines,)
    related = (Related(Preparations, by="request"), Related(Shipments, by="request"))
    open_in = frozenset({RequestState.DRAFT})
    copies = True
    never_copied = ("wanted_on", "source_number", "slip_number")
    empty = _("Nothing is to be delivered. Write down who gets what, by when.")
    actions = (
        step(DeliveryRequest.workflow, "request", dated(timed(request_delivery))),
        step(DeliveryRequest.workflow, "cancel", timed(cancel_request)),
        Action(
            "plan_shipment",
            _("Plan shipment"),
            dated(plan_another),
            states={RequestState.REQUESTED},
        ),
        Action(
            "prepare_again",
            _("Prepare again"),
            dated(prepare_again),
            states={RequestState.REQUESTED},
            when=lacks_goods,
        ),
        Action(
            "take_over",
            _("Shipped earlier"),
            dated(take_over_shipment),
            states={RequestState.DRAFT},
            arguments=LEFT_EARLIER,
            confirm=_("It is written down as history: no stock moves. Has it all left?"),
        ),
    )
    on_create = staticmethod(dated(draft_request))
    on_change = staticmethod(revise_request)
