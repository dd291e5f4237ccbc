"""What carriers ask: one rate a route at a time, and what a shipment comes to by it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bumen import session
from bumen_logistics.errors.carriers import RateOverlaps
from bumen_logistics.models import Carrier, FreightBasis, FreightRate, Shipment
from bumen_logistics.services import estimate_freight, save_rate

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)


def rate(carrier: Carrier, **said: Any) -> FreightRate:
    written: dict[str, Any] = {"basis": FreightBasis.WEIGHT, "price": Decimal(2)}
    made = FreightRate(
        carrier=carrier, carrier_id=carrier.id, **written | {"valid_from": FIRST} | said
    )
    save_rate(made, by=None)
    session().add(made)
    session().flush()
    return made


@pytest.mark.parametrize(
    ("until", "since"), [(None, date(2027, 1, 1)), (LAST, LAST), (LAST, date(2025, 12, 31))]
)
def test_a_second_rate_of_a_route_at_the_same_time_is_refused(
    unit, make, until: date | None, since: date
) -> None:
    carrier = make.carrier()
    rate(carrier, valid_until=until)

    with pytest.raises(RateOverlaps):
        rate(carrier, valid_from=since)


def test_a_rate_follows_another_and_does_not_mind_those_of_others(unit, make) -> None:
    carrier = make.carrier()
    before = rate(carrier, valid_until=LAST)

    after = rate(carrier, valid_from=date(2026, 7, 1))
    theirs = rate(make.carrier())

    assert len({before.id, after.id, theirs.id}) == 3


@pytest.mark.parametrize(
    ("basis", "freight"),
    [
        (FreightBasis.WEIGHT, Decimal(60)),
        (FreightBasis.PIECE, Decimal(8)),
        (FreightBasis.TRIP, Decimal(5)),
        (FreightBasis.VOLUME, None),
    ],
)
def test_freight_is_estimated_by_what_the_rate_counts_but_never_below_its_least(
    unit, make, basis: FreightBasis, freight: Decimal | None
) -> None:
    carrier = make.carrier()
    rate(carrier, basis=basis, least=Decimal(5), valid_until=LAST)
    shipment: Shipment = make.arrived(carrier, weight=Decimal(30), packages=4)

    estimate_freight(shipment, on=LAST)
    assert shipment.freight_estimated == freight

    estimate_freight(shipment, on=date(2026, 7, 1))
    assert shipment.freight_estimated is None
