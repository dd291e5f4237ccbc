"""What left before the house kept its books here is written down as history."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from bumen import User, new_token, next_number, session
from bumen_logistics.errors.requests import RequestIsEmpty
from bumen_logistics.errors.shipments import ArrivedBeforeItLeft, ShippedInFuture
from bumen_logistics.models.carriers import Carrier
from bumen_logistics.models.requests import DeliveryRequest, RequestLine
from bumen_logistics.models.shipment_flow import ShipmentState
from bumen_logistics.models.shipments import Shipment, ShipmentLine
from bumen_logistics.services.planning import NUMBERED
from bumen_logistics.services.requests import lock_request

_NOON = time(12, tzinfo=UTC)


def take_over_shipment(
    request: DeliveryRequest,
    *,
    by: User | None,
    on: date,
    carrier: Carrier,
    shipped_on: date,
    freight: Decimal,
    arrived_on: date | None = None,
    waybill: str | None = None,
) -> None:
    """Write down that all of a drafted request left on an earlier day, and what freight it cost.

    Nothing is prepared, no stock moves and nobody is told: it is history, and stands as arrived,
    ready for its carrier's freight statement. Refuses a request that is no draft, one without
    lines, a day after `on`, and an arrival before it left. Source: E3.7.
    """
    lock_request(request)
    _refuse_other_days(shipped_on, arrived_on, on=on)
    if not request.lines:
        raise RequestIsEmpty(request)
    request.move("request", by=by)
    shipment = _as_it_left(request, carrier=carrier, shipped_on=shipped_on)
    shipment.freight_estimated, shipment.waybill = freight, waybill
    shipment.number = next_number(kind=NUMBERED, on=shipped_on)
    if arrived_on is not None:
        shipment.arrived_on, shipment.expected_on = arrived_on, request.wanted_on
    session().add(shipment)
    for line in request.lines:
        line.prepared = line.shipped = line.delivered = line.quantity
    request.move("fulfil", by=by)
    session().flush()


def _refuse_other_days(shipped_on: date, arrived_on: date | None, *, on: date) -> None:
    if shipped_on > on:
        raise ShippedInFuture
    if arrived_on is not None and not shipped_on <= arrived_on <= on:
        raise ArrivedBeforeItLeft(first=shipped_on, last=on)


def _as_it_left(request: DeliveryRequest, *, carrier: Carrier, shipped_on: date) -> Shipment:
    """Return a shipment of all of a request; no day it was expected on, so that none is late."""
    return Shipment(
        state=ShipmentState.ARRIVED,
        request=request,
        warehouse=request.warehouse,
        carrier=carrier,
        planned_on=shipped_on,
        shipped_on=shipped_on,
        shipped_at=datetime.combine(shipped_on, _NOON),
        lines=[_all_of(line, place=place) for place, line in enumerate(request.lines)],
        tracking_token=new_token(),
    )


def _all_of(line: RequestLine, *, place: int) -> ShipmentLine:
    return ShipmentLine(
        request_line=line,
        product=line.product,
        unit=line.unit,
        position=place,
        ordered=line.quantity,
        counted=line.quantity,
        shipped=line.quantity,
    )
