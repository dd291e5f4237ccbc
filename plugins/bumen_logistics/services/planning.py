"""Shipments before anything is loaded: planned, changed, given a vehicle, or given up."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from bumen import User, new_token, next_number, publish, session
from bumen_logistics.errors.carriers import (
    CarrierIsNotActive,
    OwnTransportIsIncomplete,
    VehicleIsNotActive,
    VehicleIsTooSmall,
    VehicleOfAnother,
)
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.errors.shipments import (
    LinesAreFixed,
    MoreThanRequested,
    NothingLeftToShip,
    RequestIsNotOpen,
)
from bumen_logistics.events import ShipmentCancelled, VehicleArranged
from bumen_logistics.models.carriers import Carrier, Vehicle
from bumen_logistics.models.requests import DeliveryRequest, RequestState
from bumen_logistics.models.shipment_flow import BEFORE_LOADING
from bumen_logistics.models.shipments import (
    Shipment,
    ShipmentLine,
    cash_of_others,
    planned_elsewhere,
    shipments_of_request,
)
from bumen_logistics.services.freight import estimate_freight, weigh
from bumen_logistics.services.locking import lock_shipment
from bumen_logistics.services.requests import lock_request

NUMBERED = "logistics.shipment"
_NOTHING = Decimal(0)


def plan_shipment(request: DeliveryRequest, *, by: User | None, on: date) -> Shipment:
    """Draw up a shipment of all that is not shipped yet, nor planned on another.

    Refuses a request that is not open, and one of which nothing is left. Two who plan at once plan
    each piece once. Source: E2.2.
    """
    lock_request(request)
    if request.state is not RequestState.REQUESTED:
        raise RequestIsNotOpen(request)
    left = left_to_plan(request, besides=None)
    if not any(left.values()):
        raise NothingLeftToShip(request)
    shipment = _drawn_up(request, left)
    shipment.number = next_number(kind=NUMBERED, on=on)
    weigh(shipment)
    session().add(shipment)
    session().flush()
    return shipment


def plan_another(request: DeliveryRequest, *, by: User | None, on: date) -> None:
    """Plan a shipment of what is left of a request; refuses what `plan_shipment` does."""
    plan_shipment(request, by=by, on=on)


def ship_the_rest(shipment: Shipment, *, by: User | None, on: date) -> None:
    """Plan another shipment of what this one does not take; refuses what `plan_shipment` does."""
    plan_shipment(shipment.request, by=by, on=on)


def leaves_a_rest(shipment: Shipment) -> bool:
    """Whether something is left that neither this shipment nor another takes."""
    request = shipment.request
    is_open = request.state is RequestState.REQUESTED
    return is_open and any(left_to_plan(request, besides=None).values())


def left_to_plan(request: DeliveryRequest, *, besides: int | None) -> dict[int, Decimal]:
    """Return how much of each line of a request (id) no other shipment takes or took."""
    with session().no_autoflush:
        query = planned_elsewhere(request.id, besides=besides)
        planned = {line: much or _NOTHING for line, much in session().execute(query)}
    return {
        line.id: max(line.quantity - line.shipped - planned.get(line.id, _NOTHING), _NOTHING)
        for line in request.lines
    }


def revise_shipment(shipment: Shipment, *, by: User | None, on: date) -> None:
    """Check a shipment after it was changed; its lines take what is left of the request at most.

    The shipment is locked before. Refuses lines the request does not have, and a vehicle that does
    not fit the carrier.
    """
    if any(line.request_line_id is None for line in shipment.lines):
        raise LinesAreFixed
    if not shipment.lines:
        raise NothingLeftToShip(shipment.request)
    left = left_to_plan(shipment.request, besides=shipment.id)
    for place, line in enumerate(shipment.lines):
        if line.ordered > left[line.request_line_id]:
            raise MoreThanRequested(line, place=place, left=left[line.request_line_id])
    _refuse_unless_fit(shipment)
    estimate_freight(shipment, on=shipment.planned_on or on)


def arrange_vehicle(
    shipment: Shipment,
    *,
    by: User | None,
    on: date,
    carrier: Carrier | None = None,
    vehicle: Vehicle | None = None,
    driver: str | None = None,
    driver_phone: str | None = None,
    planned_on: date | None = None,
    expected_on: date | None = None,
) -> None:
    """Say who takes the goods: a carrier, or a vehicle and a driver of our own. Source: E2.2.

    What is left out stays as the shipment has it. Refuses our own transport without a vehicle or
    a driver, a vehicle of somebody else, one that is too small, and what is not active any more.
    """
    lock_shipment(shipment)
    shipment.carrier = carrier or shipment.carrier
    shipment.vehicle = vehicle or shipment.vehicle
    shipment.driver = driver or shipment.driver or _driver_of(shipment.vehicle)
    shipment.driver_phone = driver_phone or shipment.driver_phone or _phone_of(shipment.vehicle)
    shipment.planned_on = planned_on or shipment.planned_on or on
    shipment.expected_on = expected_on or shipment.expected_on
    _refuse_unless_fit(shipment)
    _refuse_unless_somebody_drives(shipment)
    estimate_freight(shipment, on=shipment.planned_on)
    shipment.move("arrange_vehicle", by=by)
    shipment.clerk_id = by.id if by else None
    publish(VehicleArranged(shipment.id))


def cancel_shipment(shipment: Shipment, *, by: User | None, reason: str) -> None:
    """Give up a shipment before it is loaded; its goods can be planned on another."""
    if not reason.strip():
        raise ReasonIsMissing
    lock_shipment(shipment)
    shipment.move("cancel", by=by)
    shipment.end_reason = reason.strip()
    publish(ShipmentCancelled(shipment.id))


def cancel_shipments_of(request: DeliveryRequest, *, by: User | None, reason: str) -> None:
    """Give up all shipments of a request that nothing is loaded of; others stay as they are."""
    lock_request(request)
    for shipment in session().scalars(shipments_of_request(request.id, BEFORE_LOADING)).all():
        cancel_shipment(shipment, by=by, reason=reason)


def replan_shipments(request: DeliveryRequest, *, by: User | None, reason: str) -> None:
    """Let what is not loaded yet follow a request that was changed.

    The first shipment that is not loaded takes all that is left; one of which nothing is left is
    given up with the reason.
    """
    lock_request(request)
    for shipment in session().scalars(shipments_of_request(request.id, BEFORE_LOADING)).all():
        left = left_to_plan(request, besides=shipment.id)
        if not any(left.values()):
            cancel_shipment(shipment, by=by, reason=reason)
            continue
        shipment.lines = _lines_of(request, left, known=shipment.lines)
        shipment.expected_on = request.wanted_on or shipment.expected_on
        session().flush()


def _drawn_up(request: DeliveryRequest, left: Mapping[int, Decimal]) -> Shipment:
    cash = session().scalar(cash_of_others(request.id, besides=None)) or _NOTHING
    return Shipment(
        request=request,
        source_number=request.source_number,
        warehouse=request.warehouse,
        expected_on=request.wanted_on,
        cash_on_delivery=max(request.cash_on_delivery - cash, _NOTHING),
        lines=_lines_of(request, left),
        tracking_token=new_token(),
    )


def _lines_of(
    request: DeliveryRequest, left: Mapping[int, Decimal], known: Iterable[ShipmentLine] = ()
) -> list[ShipmentLine]:
    """Return a line for each of the request of which something is left, those there are kept."""
    there = {line.request_line_id: line for line in known}
    lines: list[ShipmentLine] = []
    for wanted in request.lines:
        if left[wanted.id] <= 0:
            continue
        line = there.get(wanted.id) or ShipmentLine(
            request_line=wanted, product=wanted.product, unit=wanted.unit
        )
        line.ordered, line.counted, line.position = left[wanted.id], None, len(lines)
        lines.append(line)
    return lines


def _refuse_unless_fit(shipment: Shipment) -> None:
    """Refuse a carrier or vehicle that is not active, does not belong together or is too small."""
    carrier, vehicle, weight = shipment.carrier, shipment.vehicle, shipment.weight
    if carrier is not None and not carrier.active:
        raise CarrierIsNotActive(carrier)
    if vehicle is None:
        return
    if not vehicle.active:
        raise VehicleIsNotActive(vehicle)
    if vehicle.carrier is not carrier:
        raise VehicleOfAnother(vehicle)
    if weight is not None and vehicle.capacity is not None and weight > vehicle.capacity:
        raise VehicleIsTooSmall(vehicle)


def _refuse_unless_somebody_drives(shipment: Shipment) -> None:
    if shipment.carrier is not None:
        return
    if shipment.vehicle is None:
        raise OwnTransportIsIncomplete(lacks="vehicle_id")
    if not shipment.driver:
        raise OwnTransportIsIncomplete(lacks="driver")


def _driver_of(vehicle: Vehicle | None) -> str | None:
    return None if vehicle is None else vehicle.driver


def _phone_of(vehicle: Vehicle | None) -> str | None:
    return None if vehicle is None else vehicle.phone
