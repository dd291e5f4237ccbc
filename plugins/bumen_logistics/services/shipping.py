"""Shipments leave, arrive, come back and are settled; whoever the goods are for is told."""

from datetime import date, datetime
from decimal import Decimal

from bumen import User, publish
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.errors.shipments import (
    ArrivedBeforeItLeft,
    SignatureIsMissing,
)
from bumen_logistics.events import ShipmentArrived, ShipmentReturned, ShipmentShipped
from bumen_logistics.models import LocationKind, MoveKind, RequestLine
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.models.tracking import EventKind
from bumen_logistics.services.kept import is_kept
from bumen_logistics.services.loading import share_of_cash
from bumen_logistics.services.locking import lock_shipment
from bumen_logistics.services.requests import count_delivered, count_returned, count_shipped
from bumen_logistics.services.reservations import issue_reserved
from bumen_logistics.services.stock import receive_goods
from bumen_logistics.services.tracking import note_event
from bumen_logistics.services.warehouses import place_of


def ship(shipment: Shipment, *, by: User | None, at: datetime, on: date) -> None:
    """Let the goods go: they leave the stock with this step. Source: E2.4.

    Refuses what is not in stock any more; then nothing leaves. Two who ship at once ship once.
    """
    lock_shipment(shipment)
    shipment.cash_on_delivery = share_of_cash(shipment)
    shipment.move("ship", by=by)
    for line in shipment.lines:
        line.shipped = line.counted or Decimal(0)
    going = _quantities(shipment)
    count_shipped(going, by=by)
    goods = {line: much for line, much in going.items() if is_kept(line.product)}
    issue_reserved(goods, by=by, at=at, source=shipment.number)
    shipment.shipped_at, shipment.shipped_on = at, on
    note_event(shipment, EventKind.DEPARTED, at=at, place=shipment.warehouse.name)
    publish(ShipmentShipped(shipment.id))


def confirm_arrival(
    shipment: Shipment,
    *,
    by: User | None,
    at: datetime,
    on: date,
    signed_by: str,
    arrived_on: date | None = None,
) -> None:
    """Write down that the customer has the goods, and who signed for them. Source: E2.5.

    Refuses a day before the goods left, or after the present one. A request all of which has
    arrived is fulfilled.
    """
    if not signed_by.strip():
        raise SignatureIsMissing
    lock_shipment(shipment)
    shipment.move("confirm_arrival", by=by)
    shipment.arrived_on, shipment.signed_by = arrived_on or on, signed_by.strip()
    left_on = shipment.shipped_on or on
    if not left_on <= shipment.arrived_on <= on:
        raise ArrivedBeforeItLeft(first=left_on, last=on)
    count_delivered(shipment.request, _quantities(shipment), by=by)
    note_event(shipment, EventKind.DELIVERED, at=at)
    publish(ShipmentArrived(shipment.id))


def return_goods(shipment: Shipment, *, by: User | None, at: datetime, reason: str) -> None:
    """Take the goods back: they lie in quarantine, and are still to be delivered. Source: E3.x."""
    said = reason.strip()
    if not said:
        raise ReasonIsMissing
    lock_shipment(shipment)
    shipment.move("return_goods", by=by)
    shipment.end_reason = said
    count_returned(_quantities(shipment), by=by)
    _put_in_quarantine(shipment, by=by, at=at)
    note_event(shipment, EventKind.RETURNED, at=at)
    publish(ShipmentReturned(shipment.id))


def _quantities(shipment: Shipment) -> dict[RequestLine, Decimal]:
    """Return how much of each line of the request is on a shipment that has left."""
    return {line.request_line: line.shipped for line in shipment.lines if line.shipped}


def _put_in_quarantine(shipment: Shipment, *, by: User | None, at: datetime) -> None:
    place = place_of(shipment.warehouse, kind=LocationKind.QUARANTINE)
    for line in sorted(shipment.lines, key=lambda one: one.product_id):
        if line.shipped and is_kept(line.product):
            receive_goods(
                line.product,
                place,
                line.shipped,
                by=by,
                at=at,
                reason=(shipment.end_reason or "")[:200],
                source=shipment.number,
                kind=MoveKind.RETURN,
            )
