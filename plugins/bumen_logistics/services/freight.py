"""What a shipment costs by the carrier's rates."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal

from sqlalchemy import select

from bumen import round_money, session
from bumen_base.models import Customer, Product, Region, upwards_from
from bumen_logistics.models.carriers import FreightBasis, FreightRate, rates_for
from bumen_logistics.models.shipments import Shipment, ShipmentLine

_NOTHING = Decimal(0)


def estimate_freight(shipment: Shipment, *, on: date) -> None:
    """Write what the carrier will ask by the rate of its route; empty where none fits."""
    rate = _rate_of(shipment, on=on)
    shipment.freight_estimated = None if rate is None else freight_by(rate, shipment)


def freight_by(rate: FreightRate, shipment: Shipment) -> Decimal | None:
    """Return what a rate comes to for a shipment, never less than its least freight.

    None where what the rate counts is not known of the shipment.
    """
    counted = {
        FreightBasis.WEIGHT: shipment.weight,
        FreightBasis.VOLUME: shipment.volume,
        FreightBasis.PIECE: shipment.packages,
        FreightBasis.TRIP: 1,
    }[rate.basis]
    return None if counted is None else max(rate.least, round_money(rate.price * counted))


def weigh(shipment: Shipment) -> None:
    """Fill in weight, volume and packages from the cartons of its products, where not written."""
    if shipment.weight is None:
        shipment.weight = _sum_of(shipment.lines, "weight")
    if shipment.volume is None:
        shipment.volume = _sum_of(shipment.lines, "volume")
    if shipment.packages is None:
        cartons = [_cartons(line) for line in shipment.lines]
        known = [int(one) for one in cartons if one is not None]
        shipment.packages = sum(known) if len(known) == len(cartons) and known else None


def _sum_of(lines: Sequence[ShipmentLine], what: str) -> Decimal | None:
    """Return what the cartons of all lines come to; None where it is not known of one."""
    total = _NOTHING
    for line in lines:
        cartons, each = _cartons(line), getattr(line.product, what)
        if cartons is None or each is None:
            return None
        total += cartons * each
    return total


def _cartons(line: ShipmentLine) -> Decimal | None:
    """Return how many cartons a line fills, the last one perhaps in part."""
    product: Product = line.product
    if product.pieces_per_carton is None:
        return None
    return (line.ordered / product.pieces_per_carton).to_integral_value(ROUND_CEILING)


def _rate_of(shipment: Shipment, *, on: date) -> FreightRate | None:
    """Return the rate of the route that fits most closely on a day."""
    carrier = shipment.carrier  # not its id, which is not known before it is written
    if carrier is None:
        return None
    with session().no_autoflush:
        region = session().scalar(
            select(Customer.region_id).where(Customer.id == shipment.request.customer_id)
        )
        there, here = _around(region), _around(shipment.warehouse.region_id)
        query = rates_for(carrier.id, to_regions=there, from_regions=here, on=on)
        found = session().scalars(query).all()
    return min(found, key=lambda one: _distance(one, there, here), default=None)


def _around(region_id: int | None) -> list[int]:
    """Return a region and those above it (ids), the closest first."""
    way: list[int] = []
    if region_id is None:
        return way
    above = dict(
        session()
        .execute(
            select(Region.id, Region.parent_id).where(
                Region.id.in_(upwards_from(Region, region_id, by="parent"))
            )
        )
        .all()
    )
    at: int | None = region_id
    while at is not None and at in above and at not in way:
        way.append(at)
        at = above[at]
    return way


def _distance(rate: FreightRate, there: list[int], here: list[int]) -> tuple[int, int, int]:
    """Tell how far a rate's route is from the one that is asked for; no region is farthest."""
    return (
        there.index(rate.to_region_id) if rate.to_region_id in there else len(there),
        here.index(rate.from_region_id) if rate.from_region_id in here else len(here),
        rate.id,
    )
