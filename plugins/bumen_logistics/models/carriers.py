"""Who takes goods where: carriers, vehicles, and what freight costs."""

from collections.abc import Collection
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, Select, String, or_, select
from sqlalchemy.orm import Mapped

from bumen import (
    Choice,
    CompanyModel,
    Money,
    Percent,
    Quantity,
    belongs_to,
    field,
    index,
    unique,
)
from bumen_base.models import Region
from bumen_base.models.patterns import CODE, EMAIL, PHONE
from bumen_logistics.texts import _

SHORTEST_SECRET = 24


class FreightBasis(Choice):
    """What freight is reckoned by."""

    WEIGHT = "weight", _("Weight (kg)")
    VOLUME = "volume", _("Volume (m³)")
    PIECE = "piece", _("Piece")
    TRIP = "trip", _("Trip")


class Carrier(CompanyModel):
    """A carrier is a company that takes goods to customers, under a contract with us."""

    __tablename__ = "logistics_carrier"
    __table_args__ = (
        unique("code"),
        index("name"),
        index("contact"),
        index("phone"),
        index("contract_until"),
        index("rating"),
        index("active", "name"),
        CheckConstraint("contract_until >= contract_from", name="ends_after_it_begins"),
    )
    named_by = ("code", "name")

    code: Mapped[str] = field(String(40), label=_("Code"), pattern=CODE, filled=True)
    name: Mapped[str] = field(String(200), label=_("Name"))
    contact: Mapped[str | None] = field(String(100), label=_("Contact"))
    phone: Mapped[str | None] = field(String(40), label=_("Phone"), pattern=PHONE)
    email: Mapped[str | None] = field(String(320), label=_("E-mail"), pattern=EMAIL)
    contract_number: Mapped[str | None] = field(String(80), label=_("Contract number"))
    contract_from: Mapped[date | None] = field(label=_("Contract from"))
    contract_until: Mapped[date | None] = field(label=_("Contract until"))
    remits_within: Mapped[int] = field(
        label=_("Hands over cash within (days)"),
        help=_("How long the carrier may keep what was collected at the door."),
        default=7,
        minimum=0,
        maximum=365,
    )
    rating: Mapped[Percent | None] = field(
        label=_("Rating (%)"),
        help=_("Shipments of the last year that came in time and without an exception."),
        readonly=True,
    )
    secret: Mapped[str | None] = field(
        String(200),
        label=_("Secret of the web call"),
        help=_("What the carrier signs its messages with; 24 characters or more."),
        pattern=rf".{{{SHORTEST_SECRET},}}",
        secret=True,
    )
    active: Mapped[bool] = field(
        label=_("Active"), help=_("Only active carriers are given shipments."), default=True
    )


class Vehicle(CompanyModel):
    """A vehicle is what goods are loaded on, a carrier's or the company's own."""

    __tablename__ = "logistics_vehicle"
    __table_args__ = (
        unique("plate"),
        index("driver"),
        index("phone"),
        index("capacity"),
        index("active", "plate"),
    )
    named_by = ("plate", "driver")

    plate: Mapped[str] = field(String(20), label=_("Number plate"))
    carrier: Mapped[Carrier | None] = belongs_to(
        Carrier, label=_("Carrier"), help=_("Left empty for a vehicle of our own.")
    )
    carrier_id: Mapped[int | None]
    driver: Mapped[str | None] = field(String(100), label=_("Driver"))
    phone: Mapped[str | None] = field(String(40), label=_("Driver's phone"), pattern=PHONE)
    capacity: Mapped[Quantity | None] = field(
        label=_("Capacity (kg)"), help=_("What it may carry."), minimum_exclusive=0
    )
    active: Mapped[bool] = field(label=_("Active"), default=True)


class FreightRate(CompanyModel):
    """A freight rate is what a carrier asks on one route for a time: a price for what it counts."""

    __tablename__ = "logistics_freight_rate"
    __table_args__ = (
        index("basis"),
        index("price"),
        index("least"),
        index("valid_from", "id"),
        index("valid_until"),
        CheckConstraint("valid_until >= valid_from", name="ends_after_it_begins"),
    )
    named_by = ("basis", "valid_from")

    carrier: Mapped[Carrier] = belongs_to(Carrier, label=_("Carrier"))
    carrier_id: Mapped[int]
    from_region: Mapped[Region | None] = belongs_to(
        Region, label=_("From region"), help=_("Left empty for goods from anywhere.")
    )
    from_region_id: Mapped[int | None]
    to_region: Mapped[Region | None] = belongs_to(
        Region, label=_("To region"), help=_("Left empty for goods to anywhere.")
    )
    to_region_id: Mapped[int | None]
    basis: Mapped[FreightBasis] = field(label=_("Reckoned by"))
    price: Mapped[Money] = field(label=_("Price"), help=_("For one of what is counted."), minimum=0)
    least: Mapped[Money] = field(
        label=_("Least freight"),
        help=_("What a shipment costs however small it is."),
        default=Decimal(0),
        minimum=0,
    )
    valid_from: Mapped[date] = field(label=_("Valid from"))
    valid_until: Mapped[date | None] = field(
        label=_("Valid until"), help=_("Left empty until it is replaced.")
    )


def rates_beside(rate: FreightRate) -> Select[FreightRate]:
    """Select a carrier's other rates on the same route that are valid on a day of this one's."""
    ends_later = or_(FreightRate.valid_until.is_(None), FreightRate.valid_until >= rate.valid_from)
    limits: list[ColumnElement[bool]] = [
        FreightRate.carrier_id == rate.carrier_id,
        FreightRate.from_region_id.is_not_distinct_from(rate.from_region_id),
        FreightRate.to_region_id.is_not_distinct_from(rate.to_region_id),
        FreightRate.id != (rate.id or 0),
        ends_later,
    ]
    if rate.valid_until is not None:
        limits.append(FreightRate.valid_from <= rate.valid_until)
    return select(FreightRate).where(*limits).limit(1)


def rates_for(
    carrier_id: int, *, to_regions: Collection[int], from_regions: Collection[int], on: date
) -> Select[FreightRate]:
    """Select a carrier's rates of a day for routes between regions, or parts of the market above
    them.
    """
    return select(FreightRate).where(
        FreightRate.carrier_id == carrier_id,
        FreightRate.valid_from <= on,
        or_(FreightRate.valid_until.is_(None), FreightRate.valid_until >= on),
        _one_of_or_any(FreightRate.to_region_id, to_regions),
        _one_of_or_any(FreightRate.from_region_id, from_regions),
    )


def _one_of_or_any(column: Any, regions: Collection[int]) -> ColumnElement[bool]:
    return or_(column.is_(None), column.in_(regions))


def contracts_ending(on: date, *, within: timedelta) -> Select[Carrier]:
    """Select active carriers whose contract ends in some days, or has ended."""
    return (
        select(Carrier)
        .where(Carrier.active, Carrier.contract_until <= on + within)
        .order_by(Carrier.contract_until, Carrier.id)
    )
