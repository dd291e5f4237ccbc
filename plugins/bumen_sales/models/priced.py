"""What a line with a price says, whatever it is a line of: declared once for orders and offers."""

from decimal import Decimal
from typing import Any

from sqlalchemy import String

from bumen import Text, field
from bumen_sales.texts import _


def ordered_quantity() -> Any:
    """Declare how much of the product is meant."""
    return field(label=_("Quantity"), minimum_exclusive=0)


def unit_sold() -> Any:
    """Declare the unit the product is sold in."""
    return field(String(40), label=_("Unit of measure"), readonly=True)


def price_of_one() -> Any:
    """Declare the price of one, before discount and tax."""
    return field(
        label=_("Unit price"),
        help=_("Before discount and tax; the product's list price when left empty."),
        minimum=0,
        filled=True,
    )


def discount_given() -> Any:
    """Declare how many percent are taken off the price."""
    return field(
        label=_("Discount (%)"),
        help=_("How much is taken off the price: 20 means the customer pays 80 percent."),
        minimum=0,
        maximum=100,
        default=Decimal(0),
    )


def rate_of_tax() -> Any:
    """Declare the tax rate in percent."""
    return field(
        label=_("Tax rate (%)"),
        help=_("The product's own when left empty."),
        minimum=0,
        maximum=100,
        filled=True,
    )


def worked_out(label: Text, **more: Any) -> Any:
    """Declare an amount that services work out."""
    return field(label=label, minimum=0, readonly=True, **more)
