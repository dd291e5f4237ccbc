"""What a shipment will cost by the carrier's rates is written once it is known who takes it."""

from datetime import timedelta
from decimal import Decimal

from bumen import create_record, today
from bumen_logistics.models.carriers import FreightBasis
from bumen_logistics.resources import FreightRates
from bumen_logistics.tests.shipping import Shipping


def test_giving_a_shipment_to_a_carrier_estimates_its_freight(unit, shipping: Shipping) -> None:
    carrier = shipping.carrier()
    said = {"basis": FreightBasis.TRIP.value, "price": "120.50", "least": "0"}
    since = {"carrier_id": carrier.id, "valid_from": today() - timedelta(days=1)}
    create_record(FreightRates, said | since, by=unit.user)

    shipment = shipping.arranged(shipping.prepared("1"), carrier=carrier)

    assert shipment.freight_estimated == Decimal("120.50")
