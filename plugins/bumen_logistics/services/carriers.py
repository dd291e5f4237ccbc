"""What is done with carriers, their vehicles and their rates."""

from datetime import date
from decimal import Decimal

from sqlalchemy import select

from bumen import User, next_number, session
from bumen_logistics.errors.carriers import (
    ContractEndsBeforeItBegins,
    RateEndsBeforeItBegins,
    RateOverlaps,
)
from bumen_logistics.models.carriers import Carrier, FreightRate, Vehicle, rates_beside
from bumen_logistics.models.tracking import record_of_carrier

NUMBERED = "logistics.carrier"
_WHOLE = Decimal(100)
_PLACES = Decimal("0.0001")


def save_carrier(carrier: Carrier, *, by: User | None, on: date) -> None:
    """Keep a carrier: it gets a code. Refuses a contract that ends before it begins."""
    begins, ends = carrier.contract_from, carrier.contract_until
    if begins and ends and ends < begins:
        raise ContractEndsBeforeItBegins
    while not carrier.code:
        code = next_number(kind=NUMBERED, on=on)
        with session().no_autoflush:
            taken = session().scalar(select(Carrier.id).where(Carrier.code == code))
        carrier.code = "" if taken else code


def save_vehicle(vehicle: Vehicle, *, by: User | None) -> None:
    """Keep a vehicle; its number plate is written the same way by everybody."""
    vehicle.plate = "".join(vehicle.plate.upper().split())


def save_rate(rate: FreightRate, *, by: User | None) -> None:
    """Keep a rate; refuses one beside another of the same carrier and route in force then.

    Whoever writes a rate of the same carrier at the same moment waits for the other.
    """
    if rate.valid_until is not None and rate.valid_until < rate.valid_from:
        raise RateEndsBeforeItBegins
    with session().no_autoflush:
        session().scalar(select(Carrier.id).where(Carrier.id == rate.carrier_id).with_for_update())
        other = session().scalars(rates_beside(rate)).first()
    if other is not None:
        raise RateOverlaps(other)


def rate_carrier(carrier: Carrier, *, since: date) -> None:
    """Work out how many of a carrier's shipments since a day came in time and well."""
    ended, well = session().execute(record_of_carrier(carrier.id, since=since)).one()
    carrier.rating = (_WHOLE * well / ended).quantize(_PLACES) if ended else None
