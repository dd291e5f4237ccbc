"""Products: what they cost, how they are taxed and packed."""

from decimal import Decimal
from typing import Any

import pytest

from bumen import InvalidInput, create_record
from bumen.host import Host
from bumen.testing.makers import make_company
from bumen_base.models import Product
from bumen_base.resources import Products


def make_product(**values: Any) -> Product:
    made: Product = create_record(Products, {"name": "高山烏龍茶", "unit": "罐", **values}, by=None)
    return made


@pytest.mark.parametrize(
    ("country", "currency", "rate"), [("TW", "TWD", 5), ("CN", "CNY", 13), ("HK", "HKD", 0)]
)
def test_the_usual_tax_rate_is_the_country_s(
    host: Host, country: str, currency: str, rate: int
) -> None:
    make_company(host, code="X1", plugins=["base"], country=country, currency=currency)

    with host.unit_of_work(company="X1"):
        assert make_product().tax_rate == rate
        assert make_product(tax_rate="9").tax_rate == 9
        assert make_product(tax_rate="0").tax_rate == 0


@pytest.mark.usefixtures("unit")
def test_a_new_product_can_be_sold_and_gets_a_code() -> None:
    product = make_product(list_price="1280.50")

    assert (product.code, product.active) == ("P00001", True)
    assert product.list_price == Decimal("1280.50")


@pytest.mark.usefixtures("unit")
def test_values_that_cannot_be_are_refused_each_at_its_field() -> None:
    wrong = {
        "list_price": "-0.01",
        "cost": "1.005",
        "tax_rate": "101",
        "pieces_per_carton": 0,
        "weight": "-1",
        "volume": "-0.001",
        "barcode": "條碼",
        "unit": "",
        "kind": "thing",
    }

    with pytest.raises(InvalidInput) as refusal:
        make_product(**wrong)

    assert refusal.value.fields.keys() == wrong.keys()
