"""Changes of orders that have been promised: what was, what shall be, and what that comes to."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import BigInteger, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column

from bumen import (
    CompanyModel,
    Document,
    Money,
    Percent,
    Quantity,
    belongs_to,
    field,
    has_lines,
    index,
    line_of,
)
from bumen_base.models import Product
from bumen_sales.models.change_flow import CHANGE_FLOW, ChangeState
from bumen_sales.models.orders import Order
from bumen_sales.texts import _


class OrderChangeLine(CompanyModel):
    """An order change line is one line of an order as it was and as it shall be, or a further one.

    A line that shall be nothing of is dropped; lines of the order that are not named stay.
    """

    __tablename__ = "sales_order_change_line"

    order_change: Mapped["OrderChange"] = line_of("sales_order_change", label=_("Order change"))
    order_change_id: Mapped[int]
    position: Mapped[int]
    line_number: Mapped[int | None] = field(
        label=_("Line of the order"),
        help=_("Which line is changed, counted from one; left empty, a line is added."),
        minimum=1,
    )
    product: Mapped[Product | None] = belongs_to(
        Product,
        label=_("Product"),
        help=_("Of a further line; a line of the order keeps its own."),
        filled=True,
    )
    product_id: Mapped[int | None]
    quantity_before: Mapped[Quantity | None] = field(label=_("Quantity before"), readonly=True)
    quantity: Mapped[Quantity] = field(label=_("Quantity"), help=_("0 drops the line."), minimum=0)
    unit_price_before: Mapped[Money | None] = field(label=_("Unit price before"), readonly=True)
    unit_price: Mapped[Money] = field(
        label=_("Unit price"),
        help=_("As before when left empty; of a further line the product's list price."),
        minimum=0,
        filled=True,
    )
    discount_before: Mapped[Percent | None] = field(label=_("Discount before (%)"), readonly=True)
    discount: Mapped[Percent] = field(
        label=_("Discount (%)"),
        help=_("As before when left empty."),
        minimum=0,
        maximum=100,
        filled=True,
    )
    total: Mapped[Money] = field(label=_("Total"), default=Decimal(0), minimum=0, readonly=True)

    order_line_id: Mapped[int | None] = mapped_column(BigInteger, default=None)
    """The line of the order it is about: no reference, for a dropped line is gone afterwards."""


class OrderChange(Document):
    """An order change is what a customer wants otherwise than it was promised. Source: A4.3.6.

    It becomes true once it is approved, wholly or not at all.
    """

    __tablename__ = "sales_order_change"
    __table_args__ = (
        index("state", "id"),
        index("asked_on", "id"),
        index("difference", "id"),
        index("applied_at", "id"),
    )
    workflow = CHANGE_FLOW

    state: Mapped[ChangeState] = field(label=_("Status"), default=ChangeState.DRAFT, readonly=True)
    order: Mapped[Order] = belongs_to(Order, label=_("Order"), readonly=True)
    order_id: Mapped[int]
    asked_on: Mapped[date] = field(label=_("Asked for on"), readonly=True)
    reason: Mapped[str] = field(
        String(500), label=_("Reason"), help=_("Why the customer wants it otherwise.")
    )
    requested_on_before: Mapped[date | None] = field(
        label=_("Requested delivery date before"), readonly=True
    )
    requested_on: Mapped[date | None] = field(
        label=_("Requested delivery date"), help=_("As before when left empty."), filled=True
    )
    consignee_before: Mapped[str | None] = field(
        String(200), label=_("Consignee before"), readonly=True
    )
    consignee: Mapped[str | None] = field(
        String(200), label=_("Consignee"), help=_("As before when left empty."), filled=True
    )
    phone_before: Mapped[str | None] = field(String(60), label=_("Phone before"), readonly=True)
    phone: Mapped[str | None] = field(
        String(60), label=_("Phone"), help=_("As before when left empty."), filled=True
    )
    address_before: Mapped[str | None] = field(
        String(500), label=_("Shipping address before"), readonly=True
    )
    address: Mapped[str | None] = field(
        String(500), label=_("Shipping address"), help=_("As before when left empty."), filled=True
    )
    lines: Mapped[list[OrderChangeLine]] = has_lines(OrderChangeLine)
    total_before: Mapped[Money] = field(
        label=_("Total before"), default=Decimal(0), minimum=0, readonly=True
    )
    total_after: Mapped[Money] = field(
        label=_("Total afterwards"), default=Decimal(0), minimum=0, readonly=True
    )
    difference: Mapped[Money] = field(
        label=_("Difference"),
        help=_("How much more the customer pays, or less."),
        default=Decimal(0),
        readonly=True,
    )
    over_limit: Mapped[Money | None] = field(
        label=_("Over the credit limit by"),
        help=_("What the customer would owe beyond the credit limit with this change."),
        readonly=True,
    )
    impact: Mapped[str | None] = field(
        label=_("Impact"),
        help=_("What the departments say to it: delivery, stock, budget."),
        readonly=True,
    )
    applied_at: Mapped[datetime | None] = field(label=_("Applied at"), readonly=True)


def waiting_changes(order: Order) -> Select[OrderChange]:
    """Select the changes of an order that wait for a word."""
    return select(OrderChange).where(
        OrderChange.order_id == order.id, OrderChange.state == ChangeState.SUBMITTED
    )
