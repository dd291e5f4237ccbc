"""Shipments: what goes to a customer on one vehicle, counted, shipped and followed."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ColumnElement, Select, String, case, func, or_, select
from sqlalchemy.orm import Mapped

from bumen import (
    CompanyModel,
    Document,
    Money,
    Quantity,
    User,
    account,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    unique,
)
from bumen_base.models import Product
from bumen_base.models.patterns import PHONE
from bumen_logistics.models.carriers import Carrier, Vehicle
from bumen_logistics.models.requests import DeliveryRequest, RequestLine
from bumen_logistics.models.shipment_flow import (
    NOT_YET_LEFT,
    ON_THE_ROAD,
    SHIPMENT_FLOW,
    UNDER_WAY,
    ShipmentState,
)
from bumen_logistics.models.warehouses import Warehouse
from bumen_logistics.texts import _


class ShipmentLine(CompanyModel):
    """A shipment line is one product of a shipment: how much is meant, counted and shipped."""

    __tablename__ = "logistics_shipment_line"
    __table_args__ = (
        CheckConstraint("counted <= ordered", name="counted_at_most_ordered"),
        CheckConstraint("shipped = 0 OR shipped <= counted", name="shipped_at_most_counted"),
    )

    shipment: Mapped["Shipment"] = line_of("logistics_shipment", label=_("Shipment"))
    shipment_id: Mapped[int]
    position: Mapped[int]
    request_line: Mapped[RequestLine] = belongs_to(
        RequestLine, label=_("Requested line"), readonly=True
    )
    request_line_id: Mapped[int]
    product: Mapped[Product] = belongs_to(Product, label=_("Product"), readonly=True)
    product_id: Mapped[int]
    ordered: Mapped[Quantity] = field(
        label=_("To ship"), help=_("How much this shipment takes."), minimum_exclusive=0
    )
    unit: Mapped[str] = field(String(40), label=_("Unit of measure"), readonly=True)
    counted: Mapped[Quantity | None] = field(
        label=_("Counted"), help=_("How much was counted at the warehouse."), minimum=0
    )
    difference_reason: Mapped[str | None] = field(
        String(200),
        label=_("Reason for the difference"),
        help=_("Why less was counted than was to be shipped."),
    )
    shipped: Mapped[Quantity] = field(
        label=_("Shipped"), default=Decimal(0), minimum=0, readonly=True
    )


class Shipment(Document):
    """A shipment is what goes to one customer on one vehicle, from the warehouse to the door."""

    __tablename__ = "logistics_shipment"
    __table_args__ = (
        unique("tracking_token"),
        index("state", "expected_on"),
        index("planned_on", "id"),
        index("expected_on", "id"),
        index("shipped_on", "id"),
        index("arrived_on"),
        index("source_number"),
        index("driver"),
        index("waybill"),
        index("cash_on_delivery"),
        index("freight_estimated"),
    )
    workflow = SHIPMENT_FLOW

    state: Mapped[ShipmentState] = field(
        label=_("Status"), default=ShipmentState.DRAFT, readonly=True
    )
    request: Mapped[DeliveryRequest] = belongs_to(
        DeliveryRequest, label=_("Delivery request"), readonly=True
    )
    request_id: Mapped[int]
    source_number: Mapped[str | None] = field(String(40), label=_("Order"), readonly=True)
    slip_number: Mapped[str | None] = field(String(40), label=_("Sales slip"), readonly=True)
    warehouse: Mapped[Warehouse] = belongs_to(Warehouse, label=_("Warehouse"))
    warehouse_id: Mapped[int]
    carrier: Mapped[Carrier | None] = belongs_to(
        Carrier, label=_("Carrier"), help=_("Left empty for our own transport.")
    )
    carrier_id: Mapped[int | None]
    vehicle: Mapped[Vehicle | None] = belongs_to(Vehicle, label=_("Vehicle"))
    vehicle_id: Mapped[int | None]
    driver: Mapped[str | None] = field(String(100), label=_("Driver"))
    driver_phone: Mapped[str | None] = field(String(40), label=_("Driver's phone"), pattern=PHONE)
    waybill: Mapped[str | None] = field(
        String(80), label=_("Waybill"), help=_("The number the carrier gave this shipment.")
    )
    planned_on: Mapped[date | None] = field(label=_("Pick-up on"))
    expected_on: Mapped[date | None] = field(
        label=_("Expected on"), help=_("The day the customer should have the goods.")
    )
    packages: Mapped[int | None] = field(label=_("Packages"), minimum=1, maximum=1_000_000)
    weight: Mapped[Quantity | None] = field(label=_("Weight (kg)"), minimum=0)
    volume: Mapped[Quantity | None] = field(label=_("Volume (m³)"), minimum=0)
    cash_on_delivery: Mapped[Money] = field(
        label=_("Cash on delivery"),
        help=_("What the carrier collects at the door."),
        default=Decimal(0),
        minimum=0,
        readonly=True,
    )
    freight_estimated: Mapped[Money | None] = field(
        label=_("Estimated freight"),
        help=_("Reckoned from the carrier's rates; empty where none fits."),
        minimum=0,
        readonly=True,
    )
    lines: Mapped[list[ShipmentLine]] = has_lines(ShipmentLine)
    clerk: Mapped[User | None] = account(label=_("Looked after by"), readonly=True)
    clerk_id: Mapped[int | None]
    shipped_at: Mapped[datetime | None] = field(label=_("Shipped at"), readonly=True)
    shipped_on: Mapped[date | None] = field(label=_("Shipped on"), readonly=True)
    arrived_on: Mapped[date | None] = field(label=_("Arrived on"), readonly=True)
    signed_by: Mapped[str | None] = field(String(100), label=_("Signed by"), readonly=True)
    had_exception: Mapped[bool] = field(label=_("Had an exception"), default=False, readonly=True)
    end_reason: Mapped[str | None] = field(String(500), label=_("Reason of the end"), readonly=True)
    tracking_token: Mapped[str] = field(String(64), label=_("Tracking token"), secret=True)


def shipment_to_lock(ident: int) -> Select[Shipment]:
    """Select a shipment so that nobody else works on it until this is kept or undone."""
    return (
        select(Shipment)
        .where(Shipment.id == ident)
        .with_for_update(of=Shipment)
        .execution_options(populate_existing=True)
    )


def lines_to_read_again(ident: int) -> Select[ShipmentLine]:
    """Select the lines of a locked shipment (its id) as they are kept."""
    return (
        select(ShipmentLine)
        .where(ShipmentLine.shipment_id == ident)
        .execution_options(populate_existing=True)
    )


def planned_elsewhere(request_id: int, *, besides: int | None) -> Select[int, Decimal | None]:
    """Sum what other shipments of a request will take that have not left yet, by its lines (ids).

    What is loaded counts as it was counted. `besides` is the id of the shipment that asks.
    """
    is_loaded = Shipment.state == ShipmentState.LOADED
    taken = case((is_loaded, ShipmentLine.counted), else_=ShipmentLine.ordered)
    return (
        select(ShipmentLine.request_line_id, func.sum(taken))
        .join(Shipment, Shipment.id == ShipmentLine.shipment_id)
        .where(
            Shipment.request_id == request_id,
            Shipment.state.in_(NOT_YET_LEFT),
            Shipment.id != (besides or 0),
        )
        .group_by(ShipmentLine.request_line_id)
    )


def loaded_elsewhere(request_id: int, *, besides: int) -> Select[int, Decimal | None]:
    """Sum what stands loaded on other shipments of a request and has not left, by its lines."""
    return (
        select(ShipmentLine.request_line_id, func.sum(ShipmentLine.counted))
        .join(Shipment, Shipment.id == ShipmentLine.shipment_id)
        .where(
            Shipment.request_id == request_id,
            Shipment.state == ShipmentState.LOADED,
            Shipment.id != besides,
        )
        .group_by(ShipmentLine.request_line_id)
    )


def cash_of_others(request_id: int, *, besides: int | None) -> Select[Decimal | None]:
    """Sum what other shipments of a request collect at the door, of those that are loaded, on the
    road or have arrived.
    """
    return select(func.sum(Shipment.cash_on_delivery)).where(
        Shipment.request_id == request_id,
        Shipment.state.in_(UNDER_WAY),
        Shipment.id != (besides or 0),
    )


def shipments_of_request(
    request_id: int, states: Iterable[ShipmentState] = tuple(ShipmentState)
) -> Select[Shipment]:
    """Select the shipments of a request that stand in some states, the first one first."""
    return (
        select(Shipment)
        .where(Shipment.request_id == request_id, Shipment.state.in_(tuple(states)))
        .order_by(Shipment.id)
    )


def shipments_of_carrier(carrier_id: int, called: str) -> Select[Shipment]:
    """Select a carrier's shipments with a number or waybill, the latest first."""
    named = or_(Shipment.number == called, Shipment.waybill == called)
    theirs = (Shipment.carrier_id == carrier_id, named)
    return select(Shipment).where(*theirs).order_by(Shipment.id.desc()).limit(1)


def late_shipments(on: date, *seen: ColumnElement[bool]) -> Select[Shipment]:
    """Select what is on the road and should have arrived before a day, the latest first."""
    return (
        select(Shipment)
        .where(Shipment.state.in_(ON_THE_ROAD), Shipment.expected_on < on, *seen)
        .order_by(Shipment.expected_on, Shipment.id)
    )
