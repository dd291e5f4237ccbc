"""What an order takes over from its customer and its products where people left it empty."""

from typing import Any

from sqlalchemy import inspect

from bumen import CompanyModel, session
from bumen_base.models import (
    Address,
    AddressKind,
    Contact,
    Customer,
    PaymentMethod,
    with_people,
)
from bumen_sales.models import Order, OrderLine, Quotation, QuotationLine

_FROM_PRODUCT = {"unit": "unit", "unit_price": "list_price", "tax_rate": "tax_rate"}


def fill(record: CompanyModel, name: str, value: Any) -> None:
    """Set a field that people left empty; whatever its type says, it may be empty until then."""
    if getattr(record, name) is None:
        setattr(record, name, value)


def fill_from_customer(order: Order) -> None:
    """Take over how the customer pays, who looks after them, and where goods are delivered."""
    customer = order.customer
    fill(order, "payment_method", customer.payment_method)
    if order.payment_method is PaymentMethod.ON_ACCOUNT:
        fill(order, "payment_days", customer.payment_days)
    if not (order.salesperson or order.region) and customer.salesperson_id and customer.region_id:
        with session().no_autoflush:
            session().scalars(with_people(customer)).one()
    order.salesperson = order.salesperson or customer.salesperson
    order.region = order.region or customer.region
    if not (order.consignee and order.phone and order.address):
        _fill_delivery(order, to=_delivery_address(customer), of=order.contact or _main(customer))


def fill_from_products(order: Order | Quotation) -> None:
    """Take over price and tax rate where a line has none, and the unit the product is sold in."""
    for line in order.lines:
        if _names_another_product(line):
            line.unit = line.product.unit
        for name, source in _FROM_PRODUCT.items():
            if getattr(line, name) is None:
                setattr(line, name, getattr(line.product, source))


def _fill_delivery(order: Order, *, to: Address | None, of: Contact | None) -> None:
    """Fill each field from the delivery address; who and which number else from the contact."""
    if to is not None:
        fill(order, "consignee", to.consignee)
        fill(order, "phone", to.phone)
        fill(order, "address", str(to))
    if of is not None:
        fill(order, "consignee", of.name)
        fill(order, "phone", of.mobile or of.phone)


def _delivery_address(customer: Customer) -> Address | None:
    """Return the first delivery address of a customer."""
    return next((one for one in customer.addresses if one.kind is AddressKind.DELIVERY), None)


def _main(customer: Customer) -> Contact | None:
    """Return the first contact of a customer: the one to talk to."""
    return next(iter(customer.contacts), None)


def _names_another_product(line: OrderLine | QuotationLine) -> bool:
    return inspect(line).attrs.product_id.history.has_changes()
