"""Shipping where sales is on: orders are told how far their goods are, and name their slip."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal

from bumen import NoticeKind, Text, current, holders, hookimpl, session, tell, today, within
from bumen_logistics.events import (
    DeliveryRequested,
    ShipmentArrived,
    ShipmentCancelled,
    ShipmentReturned,
    ShipmentShipped,
    VehicleArranged,
)
from bumen_logistics.models import DeliveryRequest, Shipment, ShipmentState, shipments_of_request
from bumen_logistics.services import plan_shipment, refuse_if_loaded, replan_shipments
from bumen_logistics.texts import _
from bumen_logistics.with_sales.errors import SlipIsNotIssued
from bumen_logistics.with_sales.orders import in_our_language, request_of, to_collect
from bumen_sales.events import OrderChanged
from bumen_sales.models import UNDELIVERED, Order, slips_of
from bumen_sales.services import (
    deliver_lines,
    refuse_unpaid_goods,
    return_lines,
    ship_lines,
    vehicle_is_found,
    vehicle_is_lost,
)

_HAS_A_VEHICLE = frozenset(ShipmentState) - {
    ShipmentState.DRAFT,
    ShipmentState.CANCELLED,
    ShipmentState.RETURNED,
}
_SERVICE_MANAGER = "sales.service_manager"
_CLERK = "logistics.clerk"


@hookimpl
def logistics_needs_slip(request: DeliveryRequest) -> bool | None:
    """Say that goods that were sold leave under a sales slip."""
    return True if _is_sold(request) else None


@hookimpl
def logistics_may_take_slip(request: DeliveryRequest) -> str | None:
    """Name the current slip of the order; refuse while none is issued, or money is missing."""
    if not _is_sold(request):
        return None
    order = session().get_one(Order, request.source_id)
    slip = session().scalars(slips_of(order).limit(1)).one_or_none()
    if slip is None or not slip.current:
        raise SlipIsNotIssued(request)
    refuse_unpaid_goods(order)
    return slip.number


@hookimpl
def logistics_to_collect(request: DeliveryRequest) -> Decimal | None:
    """Say what is collected at the door for the goods of an order."""
    return to_collect(session().get_one(Order, request.source_id)) if _is_sold(request) else None


@hookimpl
def sales_may_cancel_order(order: Order) -> None:
    """Keep an order of which goods stand on a vehicle, or are on the road."""
    request = request_of(order.id)
    if request is not None:
        refuse_if_loaded(request)


def plan_at_once(event: DeliveryRequested) -> None:
    """Draw up the shipment of an order with its request, and have a vehicle looked for."""
    request = session().get_one(DeliveryRequest, event.request_id)
    if _is_sold(request):
        by = current().user
        shipment = plan_shipment(request, by=by, on=today())
        said = _("Please find a vehicle for order %(order)s.", order=request.source_number)
        told = {*holders(_CLERK)} - {by.id if by else None}
        tell(told, kind=NoticeKind.NEWS, record=shipment, text=said)


def follow_change(event: OrderChanged) -> None:
    """Let what is not loaded yet follow an order that was changed."""
    request = request_of(event.order_id)
    if request is not None:
        reason = in_our_language(_("The order was changed."))
        replan_shipments(request, by=current().user, reason=reason)


def say_vehicle_is_found(event: VehicleArranged) -> None:
    """Finish the order's task of finding a vehicle."""
    for shipment, order in _sold(event.shipment_id):
        note = str(shipment.carrier or shipment.vehicle or "") or None
        vehicle_is_found(order, by=current().user, at=_now(), note=note)


def say_vehicle_is_lost(event: ShipmentCancelled) -> None:
    """Take the order's task up again, unless another of its shipments has a vehicle."""
    for shipment, order in _sold(event.shipment_id):
        if order.state not in UNDELIVERED:  # nothing is looked for any more
            continue
        others = shipments_of_request(shipment.request_id, _HAS_A_VEHICLE)
        if session().scalars(others).first() is None:
            vehicle_is_lost(order, by=current().user, at=_now())


def say_goods_left(event: ShipmentShipped) -> None:
    """Write down in the order what has left."""
    for shipment, order in _sold(event.shipment_id):
        ship_lines(order, _quantities(shipment), by=current().user, at=_now())
        said = _("Shipment %(shipment)s has left.", shipment=shipment.number)
        _tell_service_managers(order, said)


def say_goods_arrived(event: ShipmentArrived) -> None:
    """Write down in the order what has arrived, and who signed for it."""
    for shipment, order in _sold(event.shipment_id):
        signed_by = shipment.signed_by or ""
        quantities = _quantities(shipment)
        deliver_lines(order, quantities, by=current().user, at=_now(), signed_by=signed_by)
        said = _(
            "Shipment %(shipment)s has arrived, signed by %(name)s.",
            shipment=shipment.number,
            name=signed_by,
        )
        _tell_service_managers(order, said)


def say_goods_came_back(event: ShipmentReturned) -> None:
    """Write down in the order what is still to be shipped after all."""
    for shipment, order in _sold(event.shipment_id):
        return_lines(order, _quantities(shipment), by=current().user, at=_now())
        said = _("Shipment %(shipment)s has come back.", shipment=shipment.number)
        _tell_service_managers(order, said)


SUBSCRIPTIONS = (
    within(DeliveryRequested, plan_at_once),
    within(OrderChanged, follow_change),
    within(VehicleArranged, say_vehicle_is_found),
    within(ShipmentCancelled, say_vehicle_is_lost),
    within(ShipmentShipped, say_goods_left),
    within(ShipmentArrived, say_goods_arrived),
    within(ShipmentReturned, say_goods_came_back),
)


def _sold(shipment_id: int) -> Iterable[tuple[Shipment, Order]]:
    """Yield the shipment with its order; nothing where it was not sold, or sales is off."""
    shipment = session().get_one(Shipment, shipment_id)
    if _is_sold(shipment.request):
        yield shipment, session().get_one(Order, shipment.request.source_id)


def _is_sold(request: DeliveryRequest) -> bool:
    return request.source_id is not None and "sales" in current().on


def _quantities(shipment: Shipment) -> Mapping[int, Decimal]:
    """Return how much of each line of the order (id) has been shipped."""
    return {
        line.request_line.source_line_id: line.shipped
        for line in shipment.lines
        if line.shipped and line.request_line.source_line_id is not None
    }


def _tell_service_managers(order: Order, said: Text) -> None:
    told = holders(_SERVICE_MANAGER)
    if order.in_charge is not None and order.in_charge.user_id is not None:
        told.append(order.in_charge.user_id)
    tell(told, kind=NoticeKind.NEWS, record=order, text=said)


def _now() -> datetime:
    return datetime.now(UTC)
