"""What is done with products and their categories."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from bumen import User
from bumen_base.models import Category, Product
from bumen_base.services.codes import give_code
from bumen_base.services.here import here
from bumen_base.services.trees import check_place

USUAL_TAX_RATES: Mapping[str, Decimal] = {"TW": Decimal(5), "CN": Decimal(13)}
"""The tax on most goods, in per cent: 營業稅 in Taiwan, 增值税 in mainland China."""


def save_category(category: Category, *, by: User | None, on: date) -> None:
    """Keep a category: it gets a code, and is never part of itself."""
    check_place(category)
    give_code(category, on=on)


def save_product(product: Product, *, by: User | None, on: date) -> None:
    """Keep a product: it gets a code, and the usual tax rate where none is given."""
    product.tax_rate = _or_usual(product.tax_rate)
    give_code(product, on=on)


def _or_usual(rate: Decimal | None) -> Decimal:
    """Return a tax rate, or the usual one of the company's country where none is given."""
    return USUAL_TAX_RATES.get(here().country, Decimal(0)) if rate is None else rate
