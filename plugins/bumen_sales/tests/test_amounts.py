"""What lines and orders cost: arithmetic, without a database."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bumen_sales.services.amounts import Amounts, line_amounts, sum_of

NORTHWIND = Path(__file__).parents[4] / "shared" / "data" / "northwind"

quantities = st.decimals(min_value="0.001", max_value="999999999999999.999", places=3)
prices = st.decimals(min_value=0, max_value="9999999999999999.99", places=2)
percentages = st.decimals(min_value=0, max_value=100, places=4)


def cost(quantity: str, price: str, *, discount: str = "0", tax_rate: str = "0") -> Amounts:
    return line_amounts(
        quantity=Decimal(quantity),
        unit_price=Decimal(price),
        discount=Decimal(discount),
        tax_rate=Decimal(tax_rate),
    )


def test_a_line_costs_quantity_times_price_less_its_discount_and_tax_comes_on_top() -> None:
    line = cost("3", "19.99", discount="10", tax_rate="5")

    assert (line.untaxed, line.tax, line.total) == (
        Decimal("53.97"),
        Decimal("2.70"),
        Decimal("56.67"),
    )


@pytest.mark.parametrize(
    ("quantity", "price", "discount", "untaxed"),
    [
        ("0.5", "0.01", "0", "0.01"),
        ("0.5", "0.05", "0", "0.03"),
        ("0.499", "0.01", "0", "0.00"),
        ("1", "10.05", "50", "5.03"),
        ("7", "9.99", "100", "0.00"),
    ],
)
def test_half_a_cent_is_rounded_up(quantity: str, price: str, discount: str, untaxed: str) -> None:
    assert cost(quantity, price, discount=discount).untaxed == Decimal(untaxed)


def test_tax_is_taken_of_the_rounded_amount() -> None:
    line = cost("1", "0.29", discount="50", tax_rate="10")

    assert (line.untaxed, line.tax) == (Decimal("0.15"), Decimal("0.02"))


def test_an_order_without_lines_costs_nothing() -> None:
    assert sum_of([]).total == Decimal(0)


@given(quantities, prices, percentages, percentages)
def test_a_line_is_exact_to_half_a_cent_and_never_negative(
    quantity: Decimal, price: Decimal, discount: Decimal, tax_rate: Decimal
) -> None:
    line = line_amounts(quantity=quantity, unit_price=price, discount=discount, tax_rate=tax_rate)

    exact = _whole(quantity, 3) * _whole(price, 2) * (100_0000 - _whole(discount, 4))
    cents, per_cent = _whole(line.untaxed, 2), 10**3 * 100_0000
    assert -per_cent <= 2 * (exact - cents * per_cent) < per_cent
    assert line.untaxed >= 0
    assert line.tax >= 0


@given(quantities, prices, percentages)
def test_a_larger_discount_never_costs_more(
    quantity: Decimal, price: Decimal, discount: Decimal
) -> None:
    full = line_amounts(
        quantity=quantity, unit_price=price, discount=Decimal(0), tax_rate=Decimal(5)
    )
    less = line_amounts(quantity=quantity, unit_price=price, discount=discount, tax_rate=Decimal(5))

    assert less.total <= full.total


@given(st.lists(st.tuples(prices, prices)))
def test_an_order_costs_what_its_lines_cost_together(lines: list[tuple[Decimal, Decimal]]) -> None:
    whole = sum_of(Amounts(untaxed=untaxed, tax=tax) for untaxed, tax in lines)

    assert _whole(whole.untaxed, 2) == sum(_whole(untaxed, 2) for untaxed, _tax in lines)
    assert _whole(whole.total, 2) == sum(_whole(a, 2) + _whole(b, 2) for a, b in lines)


@pytest.mark.skipif(not NORTHWIND.exists(), reason="The Northwind files are not on this machine.")
def test_the_lines_of_northwind_cost_what_they_always_did() -> None:
    with (NORTHWIND / "order_details.csv").open(encoding="utf-8", newline="") as file:
        lines = [
            cost(row["quantity"], row["unitPrice"], discount=str(Decimal(row["discount"]) * 100))
            for row in csv.DictReader(file)
        ]

    assert len(lines) == 2155
    assert sum_of(lines).untaxed == Decimal("1265793.29")


def _whole(value: Decimal, places: int) -> int:
    """Return a decimal as a whole number of its smallest unit: arithmetic without any rounding."""
    numerator, denominator = value.as_integer_ratio()
    return numerator * 10**places // denominator
