"""What lines and orders cost: pure arithmetic, exact, rounded half-up to cents line by line."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from bumen import round_money

LARGEST = Decimal("9999999999999999.99")
"""The largest amount that can be kept."""

_EXACT = Context(prec=100)
"""Digits enough for the longest product of a quantity, a price and two percentages."""


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """What something costs, without its tax and with it."""

    untaxed: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        """The amount to pay."""
        return _EXACT.add(self.untaxed, self.tax)


def line_amounts(
    *, quantity: Decimal, unit_price: Decimal, discount: Decimal, tax_rate: Decimal
) -> Amounts:
    """Return what a line costs; discount and tax rate are percentages, 5 is five percent."""
    with localcontext(_EXACT):
        untaxed = round_money(quantity * unit_price * (1 - discount / 100))
        return Amounts(untaxed=untaxed, tax=round_money(untaxed * tax_rate / 100))


def sum_of(lines: Iterable[Amounts]) -> Amounts:
    """Return what all lines cost together: the sums of what was rounded before."""
    untaxed = tax = Decimal(0)
    with localcontext(_EXACT):
        for line in lines:
            untaxed, tax = untaxed + line.untaxed, tax + line.tax
    return Amounts(untaxed=untaxed, tax=tax)
