"""Shipments are settled: no carrier has money of them, and their freight is paid."""

from collections.abc import Iterable

from bumen import BusinessError, User, session
from bumen_logistics.errors.freight_statements import FreightIsNotPaid
from bumen_logistics.errors.shipments import CashIsOutstanding
from bumen_logistics.models.cash import CASH_AHEAD, cash_of
from bumen_logistics.models.freight_statements import StatementState, statements_of
from bumen_logistics.models.shipment_flow import ShipmentState
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.services.locking import lock_shipment


def settle_shipment(shipment: Shipment, *, by: User | None) -> None:
    """Close the books on a shipment that has arrived. Two who settle it at once settle it once.

    Refuses while cash on delivery is not handed over, and while a carrier's freight is not paid.
    """
    lock_shipment(shipment)
    if shipment.state is ShipmentState.ARRIVED and (refusal := _what_is_missing(shipment)):
        raise refusal
    shipment.move("settle", by=by)


def lock_shipments(shipments: Iterable[Shipment]) -> None:
    """Lock shipments with what they are of, in the order everybody locks them in."""
    for shipment in sorted(set(shipments), key=_place):
        lock_shipment(shipment)


def settle_what_is_paid(shipments: Iterable[Shipment]) -> None:
    """Settle those of some locked shipments of which nothing is missing any more."""
    session().flush()
    for shipment in shipments:
        if shipment.state is ShipmentState.ARRIVED and _what_is_missing(shipment) is None:
            shipment.move("settle", by=None)


def take_up_what_is_owed(shipments: Iterable[Shipment]) -> None:
    """Take up again those of some locked, settled shipments of which something is missing."""
    session().flush()
    for shipment in shipments:
        if shipment.state is ShipmentState.SETTLED and _what_is_missing(shipment) is not None:
            shipment.move("take_up_again", by=None)


def _what_is_missing(shipment: Shipment) -> BusinessError | None:
    with session().no_autoflush:
        cash = session().scalars(cash_of(shipment.id)).first()
        statement = session().scalars(statements_of(shipment.id)).first()
    if shipment.cash_on_delivery and (cash is None or cash.state in CASH_AHEAD):
        return CashIsOutstanding(shipment)
    if shipment.carrier_id is None:
        return None
    is_paid = statement is not None and statement.state is StatementState.PAID
    return None if is_paid else FreightIsNotPaid(shipment, statement)


def _place(shipment: Shipment) -> tuple[int, int, int]:
    return shipment.request.source_id or 0, shipment.request_id, shipment.id
