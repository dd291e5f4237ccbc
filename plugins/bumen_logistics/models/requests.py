"""What is to be delivered: to whom, where, what, and how much of it has been so far."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen import (
    Argument,
    Choice,
    CompanyModel,
    Document,
    Money,
    Quantity,
    Tone,
    Workflow,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
    transition,
    unique,
)
from bumen_base.models import Customer, Product
from bumen_logistics.models.warehouses import Warehouse
from bumen_logistics.texts import _


class RequestState(Choice):
    """How far a delivery request has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    REQUESTED = "requested", _("Requested"), Tone.ACTIVE
    FULFILLED = "fulfilled", _("Fulfilled"), Tone.GOOD
    CANCELLED = "cancelled", _("Cancelled"), Tone.BAD


REASON = Argument("reason", String(500), label=_("Reason"))


class RequestLine(CompanyModel):
    """A request line is one product to be delivered, and how much of it has been so far."""

    __tablename__ = "logistics_request_line"
    __table_args__ = (
        index("source_line_id"),
        CheckConstraint("shipped <= quantity", name="not_shipped_beyond"),
        CheckConstraint("delivered <= shipped", name="not_delivered_beyond"),
    )

    delivery_request: Mapped["DeliveryRequest"] = line_of(
        "logistics_request", label=_("Delivery request")
    )
    delivery_request_id: Mapped[int]
    position: Mapped[int]
    product: Mapped[Product] = belongs_to(Product, label=_("Product"))
    product_id: Mapped[int]
    quantity: Mapped[Quantity] = field(
        label=_("Quantity"), help=_("Nothing of what was dropped from an order."), minimum=0
    )
    unit: Mapped[str] = field(String(40), label=_("Unit of measure"), readonly=True)
    prepared: Mapped[Quantity] = field(
        label=_("Prepared"), minimum=0, default=Decimal(0), readonly=True
    )
    shipped: Mapped[Quantity] = field(
        label=_("Shipped"), minimum=0, default=Decimal(0), readonly=True
    )
    delivered: Mapped[Quantity] = field(
        label=_("Delivered"), minimum=0, default=Decimal(0), readonly=True
    )
    source_line_id: Mapped[int | None] = mapped_column()

    def __str__(self) -> str:
        return str(self.product)


class DeliveryRequest(Document):
    """A delivery request is what goods are to be brought to whom, by when."""

    __tablename__ = "logistics_request"
    __table_args__ = (
        unique("source_id"),
        index("source_number"),
        index("state", "id"),
        index("wanted_on", "id"),
        index("consignee"),
        index("created_by_id", "id"),
    )
    workflow = Workflow(
        transition(
            "request", {RequestState.DRAFT}, RequestState.REQUESTED, label=_("Request delivery")
        ),
        transition("fulfil", {RequestState.REQUESTED}, RequestState.FULFILLED, label=_("Fulfil")),
        transition(
            "reopen", {RequestState.FULFILLED}, RequestState.REQUESTED, label=_("Deliver again")
        ),
        transition(
            "cancel",
            {RequestState.DRAFT, RequestState.REQUESTED},
            RequestState.CANCELLED,
            label=_("Cancel request"),
            arguments=(REASON,),
        ),
    )

    state: Mapped[RequestState] = field(
        label=_("Status"), default=RequestState.DRAFT, readonly=True
    )
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    consignee: Mapped[str | None] = field(
        String(200), label=_("Consignee"), help=_("Who takes delivery of the goods.")
    )
    phone: Mapped[str | None] = field(
        String(60), label=_("Phone"), help=_("The number to call when the goods arrive.")
    )
    address: Mapped[str | None] = field(String(500), label=_("Shipping address"))
    packing_requirement: Mapped[str | None] = field(label=_("Packing requirement"))
    wanted_on: Mapped[date | None] = field(
        label=_("Wanted on"), help=_("The day the customer wants the goods.")
    )
    warehouse: Mapped[Warehouse | None] = belongs_to(
        Warehouse, label=_("Warehouse"), help=_("The first one when left empty."), filled=True
    )
    warehouse_id: Mapped[int | None]
    cash_on_delivery: Mapped[Money] = field(
        label=_("Cash on delivery"),
        help=_("What the carrier collects from the consignee."),
        minimum=0,
        default=Decimal(0),
    )
    source_number: Mapped[str | None] = field(String(40), label=_("Order"), readonly=True)
    slip_number: Mapped[str | None] = field(String(40), label=_("Sales slip"), readonly=True)
    cancellation_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for cancellation"), readonly=True
    )
    source_id: Mapped[int | None] = mapped_column()
    lines: Mapped[list[RequestLine]] = has_lines(RequestLine)


def request_from(source_id: int) -> Select[DeliveryRequest]:
    """Select the request that was made from an order (its id)."""
    return select(DeliveryRequest).where(DeliveryRequest.source_id == source_id)
