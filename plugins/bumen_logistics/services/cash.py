"""Cash on delivery: expected once the goods have arrived, collected, written off, reminded of."""

from datetime import date, timedelta
from decimal import Decimal

from bumen import User, next_number, session
from bumen_logistics.errors.cash import CollectedBeyond, CollectedOnWrongDay, NothingCollected
from bumen_logistics.errors.requests import ReasonIsMissing
from bumen_logistics.models.cash import CashOnDelivery, cash_of, cash_to_lock
from bumen_logistics.models.shipments import Shipment
from bumen_logistics.services.locking import lock_shipment
from bumen_logistics.services.settling import settle_what_is_paid

NUMBERED = "logistics.cod"


def expect_cash(shipment: Shipment, *, by: User | None, on: date) -> CashOnDelivery | None:
    """Expect the money of a shipment that has arrived from its carrier, once. Source: E2.6.

    Nothing where nothing was to be collected. A driver of our own hands it over the same day.
    """
    if not shipment.cash_on_delivery:
        return None
    if (known := session().scalars(cash_of(shipment.id)).first()) is not None:
        return known
    arrived_on = shipment.arrived_on or on
    within = timedelta(days=shipment.carrier.remits_within if shipment.carrier else 0)
    cash = CashOnDelivery(
        number=next_number(kind=NUMBERED, on=on),
        shipment=shipment,
        carrier=shipment.carrier,
        customer=shipment.request.customer,
        source_number=shipment.source_number,
        source_id=shipment.request.source_id,
        due=shipment.cash_on_delivery,
        arrived_on=arrived_on,
        due_on=arrived_on + within,
    )
    session().add(cash)
    session().flush()
    return cash


def record_collection(
    cash: CashOnDelivery,
    *,
    by: User | None,
    on: date,
    amount: Decimal | None = None,
    collected_on: date | None = None,
) -> None:
    """Write down what was collected at the door: all that is left, or a part. Source: E2.6.

    Refuses more than is to be collected, a day before the arrival, and one after `on`.
    """
    lock_cash(cash)
    left, day = cash.due - cash.collected, collected_on or on
    amount = left if amount is None else amount
    if amount > left or not left:
        raise CollectedBeyond(cash)
    if amount <= 0:
        raise NothingCollected
    if not cash.arrived_on <= day <= on:
        raise CollectedOnWrongDay(first=cash.arrived_on, last=on)
    cash.move("record_collection", by=by)
    cash.collected += amount
    cash.outstanding += amount
    cash.collected_on = day


def write_off_cash(cash: CashOnDelivery, *, by: User | None, reason: str) -> None:
    """Give up what is still to come; what was collected and remitted stays as it is."""
    if not reason.strip():
        raise ReasonIsMissing
    lock_cash(cash)
    cash.move("write_off", by=by)
    cash.write_off_reason = reason.strip()
    settle_what_is_paid([cash.shipment])


def lock_cash(cash: CashOnDelivery) -> None:
    """Lock the shipment with what it is of, then its money; what others have kept is read again."""
    lock_shipment(cash.shipment)
    session().scalars(cash_to_lock([cash.id])).one()
