"""Orders, their lines, and the questions others ask about them."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    Integer,
    Select,
    String,
    func,
    select,
)
from sqlalchemy.orm import Mapped

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
    unique,
)
from bumen_base.models import Contact, Customer, Employee, PaymentMethod, Product, Region
from bumen_sales.models.collecting import Collecting
from bumen_sales.models.contracts import Contract
from bumen_sales.models.flow import FIRM, FLOW, OPEN, UNDELIVERED, OrderState, WaitsFor
from bumen_sales.models.priced import (
    discount_given,
    ordered_quantity,
    price_of_one,
    rate_of_tax,
    unit_sold,
    worked_out,
)
from bumen_sales.texts import _


class OrderLine(CompanyModel):
    """An order line is one product of an order: how much of it, at which price and tax."""

    __tablename__ = "sales_order_line"
    __table_args__ = (
        CheckConstraint("shipped <= quantity", name="shipped_within_ordered"),
        CheckConstraint("delivered <= shipped", name="delivered_within_shipped"),
    )

    order: Mapped["Order"] = line_of("sales_order", label=_("Order"))
    order_id: Mapped[int]
    position: Mapped[int]
    product: Mapped[Product] = belongs_to(Product, label=_("Product"))
    product_id: Mapped[int]
    quantity: Mapped[Quantity] = ordered_quantity()
    unit: Mapped[str] = unit_sold()
    unit_price: Mapped[Money] = price_of_one()
    discount: Mapped[Percent] = discount_given()
    tax_rate: Mapped[Percent] = rate_of_tax()
    untaxed: Mapped[Money] = worked_out(_("Untaxed amount"))
    tax: Mapped[Money] = worked_out(_("Tax amount"))
    total: Mapped[Money] = worked_out(_("Total"))
    shipped: Mapped[Quantity] = field(
        label=_("Shipped"),
        minimum=0,
        default=Decimal(0),
        server_default="0",
        readonly=True,
    )
    delivered: Mapped[Quantity] = field(
        label=_("Delivered"),
        minimum=0,
        default=Decimal(0),
        server_default="0",
        readonly=True,
    )


class Order(Document):
    """An order is what a customer wants delivered, at which prices and how it will be paid."""

    __tablename__ = "sales_order"
    __table_args__ = (
        unique("reference"),
        index("state", "id"),
        index("ordered_on", "id"),
        index("requested_on", "id"),
        index("total", "id"),
        index("created_by_id", "id"),
        index("waits_for", "id"),
        index("slip_number", "id"),
        index("due_on", "id"),
        index("due", "due_on", "customer_id"),
        index("collecting", "id"),
        CheckConstraint("requested_on >= ordered_on", name="requested_after_ordered"),
        CheckConstraint("total = paid + due", name="paid_or_due"),
    )
    workflow = FLOW

    state: Mapped[OrderState] = field(label=_("Status"), default=OrderState.DRAFT, readonly=True)
    reference: Mapped[str | None] = field(
        String(80),
        label=_("Reference"),
        help=_("The customer's own order number, or the number in an earlier system."),
    )
    customer: Mapped[Customer] = belongs_to(Customer, label=_("Customer"))
    customer_id: Mapped[int]
    contact: Mapped[Contact | None] = belongs_to(Contact, label=_("Contact"))
    contact_id: Mapped[int | None]
    contract: Mapped[Contract | None] = belongs_to(
        Contract, label=_("Contract"), help=_("The contract the order is drawn against, if any.")
    )
    contract_id: Mapped[int | None]
    ordered_on: Mapped[date] = field(
        label=_("Order date"), help=_("The present day when left empty."), filled=True
    )
    requested_on: Mapped[date | None] = field(
        label=_("Requested delivery date"), help=_("The day the customer wants the goods.")
    )
    payment_method: Mapped[PaymentMethod | None] = field(
        label=_("Payment method"), help=_("The customer's usual one when left empty.")
    )
    payment_days: Mapped[int | None] = field(
        Integer,
        label=_("Payment term (days)"),
        help=_("How many days an order on account may stay unpaid."),
        minimum=0,
        maximum=365,
    )
    consignee: Mapped[str | None] = field(
        String(200), label=_("Consignee"), help=_("Who takes delivery of the goods.")
    )
    phone: Mapped[str | None] = field(
        String(60), label=_("Phone"), help=_("The number to call when the goods arrive.")
    )
    address: Mapped[str | None] = field(String(500), label=_("Shipping address"))
    packing_requirement: Mapped[str | None] = field(label=_("Packing requirement"))
    salesperson: Mapped[Employee | None] = belongs_to(Employee, label=_("Salesperson"))
    salesperson_id: Mapped[int | None]
    in_charge: Mapped[Employee | None] = belongs_to(
        Employee,
        label=_("In charge"),
        help=_("Who sees to it that the order is carried out."),
        readonly=True,
    )
    in_charge_id: Mapped[int | None]
    region: Mapped[Region | None] = belongs_to(Region, label=_("Region"))
    region_id: Mapped[int | None]
    lines: Mapped[list[OrderLine]] = has_lines(OrderLine)
    untaxed: Mapped[Money] = field(
        label=_("Untaxed amount"), minimum=0, default=Decimal(0), readonly=True
    )
    tax: Mapped[Money] = field(label=_("Tax amount"), minimum=0, default=Decimal(0), readonly=True)
    total: Mapped[Money] = field(label=_("Total"), minimum=0, default=Decimal(0), readonly=True)
    paid: Mapped[Money] = field(
        label=_("Amount paid"), minimum=0, default=Decimal(0), readonly=True
    )
    due: Mapped[Money] = field(label=_("Amount due"), minimum=0, default=Decimal(0), readonly=True)
    due_on: Mapped[date | None] = field(
        label=_("Due on"),
        help=_("Prepaid: when confirmed; else so many days after the goods have arrived."),
        readonly=True,
    )
    collecting: Mapped[Collecting] = field(
        label=_("Collecting"),
        help=_("Nobody is reminded of what is disputed or counts as a bad debt."),
        default=Collecting.AS_USUAL,
        server_default="as_usual",
        readonly=True,
    )
    collecting_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for not asking"), readonly=True
    )
    over_limit: Mapped[Money | None] = field(
        label=_("Over the credit limit by"),
        help=_("What the customer would owe beyond the credit limit with this order."),
        readonly=True,
    )
    over_allowance: Mapped[Percent | None] = field(
        label=_("Discount beyond the allowance (%)"),
        help=_("How much more is taken off the list price than whoever confirms may grant."),
        readonly=True,
    )
    waits_for: Mapped[WaitsFor | None] = field(
        label=_("Waits for"),
        help=_("What keeps the goods of a confirmed order in the house."),
        readonly=True,
    )
    slip_number: Mapped[str | None] = field(
        String(40), label=_("Sales slip"), help=_("The number of its sales slip."), readonly=True
    )
    slip_version: Mapped[int | None] = field(label=_("Version of the slip"), readonly=True)
    carrier: Mapped[str | None] = field(String(200), label=_("Carrier"), readonly=True)
    tracking_number: Mapped[str | None] = field(
        String(100), label=_("Tracking number"), readonly=True
    )
    signed_by: Mapped[str | None] = field(String(200), label=_("Signed by"), readonly=True)
    released_at: Mapped[datetime | None] = field(label=_("Released at"), readonly=True)
    shipped_at: Mapped[datetime | None] = field(label=_("Shipped at"), readonly=True)
    delivered_at: Mapped[datetime | None] = field(label=_("Delivered at"), readonly=True)
    closed_at: Mapped[datetime | None] = field(label=_("Closed at"), readonly=True)
    cancellation_reason: Mapped[str | None] = field(
        String(500), label=_("Reason for cancellation"), readonly=True
    )


def lines_no_longer_sold(order: Order) -> Select[OrderLine]:
    """Select the lines of an order whose product has been archived, in their order."""
    return (
        select(OrderLine)
        .join(Product, OrderLine.product_id == Product.id)
        .where(OrderLine.order_id == order.id, ~Product.active)
        .order_by(OrderLine.position, OrderLine.id)
    )


def numbers_of_orders(customers: Iterable[Customer]) -> Select[int, int]:
    """Count the orders of customers (ids) in whatever state: all are documents that are kept."""
    theirs = Order.customer_id.in_([customer.id for customer in customers])
    counted = select(Order.customer_id, func.count(Order.id).label("orders"))
    return counted.where(theirs).group_by(Order.customer_id)


def turnover(customer: Customer, *, since: date) -> Select[Decimal]:
    """Sum what a customer has firmly ordered since a day, that day included, before tax."""
    return select(func.sum(Order.untaxed)).where(
        Order.customer_id == customer.id,
        Order.state.in_(FIRM),
        Order.ordered_on >= since,
    )


def exposure(customer: Customer) -> Select[Decimal | None]:
    """Sum what a customer still owes, or will, for firm orders on account. Source: B9.2."""
    return select(func.sum(Order.due)).where(
        Order.customer_id == customer.id,
        Order.payment_method == PaymentMethod.ON_ACCOUNT,
        Order.state.in_(OPEN),
    )


def state_of_customer(
    customer: Customer, *seen: ColumnElement[bool], since: date
) -> Select[Decimal | None, date | None, int]:
    """Select what a customer has firmly ordered since a day before tax, the day of the last
    firm order, and how many drafts there are.
    """
    firm = Order.state.in_(FIRM)
    columns = (
        func.sum(Order.untaxed).filter(firm, Order.ordered_on >= since),
        func.max(Order.ordered_on).filter(firm),
        func.count(Order.id).filter(Order.state == OrderState.DRAFT),
    )
    return select(*columns).select_from(Order).where(Order.customer_id == customer.id, *seen)


def drafts_before(day: date, *seen: ColumnElement[bool]) -> Select[int]:
    """Count the drafts whose order date lies before a day."""
    limits = (Order.state == OrderState.DRAFT, Order.ordered_on < day)
    return select(func.count(Order.id)).where(*limits, *seen)


def paid_for(contract: Contract) -> Select[Decimal | None]:
    """Sum what was paid of the firm orders that are drawn against a contract."""
    theirs = Order.contract_id == contract.id
    return select(func.sum(Order.paid)).where(theirs, Order.state.in_(FIRM))


def first_order() -> Select[int]:
    """Select the id of any order there is."""
    return select(Order.id).limit(1)


def late_orders(day: date, *, after: int = 0) -> Select[Order]:
    """Select the orders that were wanted before a day and have not arrived, behind an id."""
    late = (Order.state.in_(UNDELIVERED), Order.requested_on < day, Order.id > after)
    return select(Order).where(*late).order_by(Order.id)
