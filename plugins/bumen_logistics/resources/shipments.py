"""Shipments and what happens to them on their way, as people see them."""

from bumen import (
    Action,
    Argument,
    Board,
    Calendar,
    Lines,
    Related,
    Resource,
    Section,
    Text,
    dated,
    step,
    timed,
)
from bumen_logistics import papers
from bumen_logistics.models.shipment_flow import BEFORE_LOADING, ON_THE_ROAD, UNDER_WAY
from bumen_logistics.models.shipments import Shipment, ShipmentLine
from bumen_logistics.models.tracking import ShipmentException, TrackingEvent
from bumen_logistics.resources.cash import Cod
from bumen_logistics.services.loading import count_and_load, take_slip, unload
from bumen_logistics.services.locking import lock_shipment
from bumen_logistics.services.planning import (
    arrange_vehicle,
    cancel_shipment,
    leaves_a_rest,
    revise_shipment,
    ship_the_rest,
)
from bumen_logistics.services.settling import settle_shipment
from bumen_logistics.services.shipping import confirm_arrival, return_goods, ship
from bumen_logistics.services.tracking import report_trouble, resume_shipment, track
from bumen_logistics.texts import _


def seen(column: str, label: Text, name: str | None = None, *, required: bool = False) -> Argument:
    """Ask for what a tracking event tells."""
    there = TrackingEvent.__table__.c[column]
    return Argument(name or column, there.type, label=label, required=required)


TRACKING = (
    seen("kind", _("What"), required=True),
    seen("place", _("Where")),
    seen("note", _("Note (for us alone)")),
    seen("at", _("When, if not now"), "happened_at"),
)
"""What is asked of where a shipment was seen."""


class ShipmentLines(Lines):
    """What goes along, one product a line."""

    model = ShipmentLine
    title = _("Goods")
    fields = ("ordered", "counted", "difference_reason")
    shown = ("product", "unit", "shipped")


class TrackingEvents(Resource):
    """Where shipments were seen on their way."""

    model = TrackingEvent
    title = _("Tracking events")
    columns = ("at", "shipment", "kind", "place", "note", "source")
    search = ("place", "shipment.number")
    order = "-at"
    can = frozenset()
    menu = False
    clauses = ("E2.5",)


class ShipmentExceptions(Resource):
    """What went wrong with shipments, why, and what was done."""

    model = ShipmentException
    title = _("Exceptions")
    columns = ("reported_at", "shipment", "kind", "cause", "solution", "resolved_at")
    filters = ("reported_at", "shipment", "kind", "resolved_at")
    search = ("cause", "shipment.number")
    order = "-reported_at"
    can = frozenset()
    clauses = ("E3.x",)


class Shipments(Resource):
    """What is taken to customers, and how far it has come."""

    model = Shipment
    title = _("Shipments")
    columns = (
        "number",
        "source_number",
        "request",
        "carrier",
        "planned_on",
        "expected_on",
        "state",
    )
    filters = (
        *columns,
        "warehouse",
        "vehicle",
        "driver",
        "shipped_on",
        "arrived_on",
        "clerk",
        "cash_on_delivery",
        "freight_estimated",
    )
    fields = (
        "warehouse",
        "carrier",
        "vehicle",
        "driver",
        "driver_phone",
        "waybill",
        "planned_on",
        "expected_on",
        "packages",
        "weight",
        "volume",
    )
    beyond = ("lines.product", "request.customer", "request.customer.region")
    search = ("number", "source_number", "request.number", "request.consignee", "waybill")
    views = (
        Board(by="state", shows=("request", "carrier", "expected_on")),
        Calendar(on="planned_on", until="expected_on"),
    )
    totals = ("freight_estimated", "cash_on_delivery")
    sections = (
        Section(_("For whom"), ("request", "source_number", "slip_number", "cash_on_delivery")),
        Section(
            _("Transport"),
            ("carrier", "vehicle", "driver", "driver_phone", "waybill", "freight_estimated"),
        ),
        Section(_("Load"), ("warehouse", "packages", "weight", "volume")),
        Section(
            _("Way"),
            ("planned_on", "shipped_on", "expected_on", "arrived_on", "signed_by", "end_reason"),
        ),
    )
    lines = (ShipmentLines,)
    related = (
        Related(TrackingEvents, by="shipment"),
        Related(ShipmentExceptions, by="shipment"),
        Related(Cod, by="shipment"),
    )
    empty = _("Nothing is to be shipped. Shipments are planned from delivery requests.")
    can = frozenset({"change"})
    open_in = BEFORE_LOADING
    printouts = papers.OF_SHIPMENTS
    actions = (
        step(Shipment.workflow, "arrange_vehicle", dated(arrange_vehicle)),
        step(Shipment.workflow, "take_slip", take_slip),
        step(Shipment.workflow, "count_and_load", count_and_load),
        step(Shipment.workflow, "unload", unload),
        step(Shipment.workflow, "ship", timed(dated(ship))),
        step(Shipment.workflow, "report_exception", timed(report_trouble)),
        step(Shipment.workflow, "resume", timed(resume_shipment)),
        step(Shipment.workflow, "confirm_arrival", timed(dated(confirm_arrival))),
        step(Shipment.workflow, "settle", settle_shipment),
        step(Shipment.workflow, "cancel", cancel_shipment),
        step(Shipment.workflow, "return_goods", timed(return_goods)),
        Action("track", _("Track"), timed(track), states=ON_THE_ROAD, arguments=TRACKING),
        Action(
            "ship_the_rest",
            _("Ship the rest"),
            dated(ship_the_rest),
            states=UNDER_WAY,
            when=leaves_a_rest,
        ),
    )
    holds = staticmethod(lock_shipment)
    on_change = staticmethod(dated(revise_shipment))
