"""Who has owed for how long: each customer's debt by its age."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, select

from bumen import session
from bumen_base.models import Customer
from bumen_sales.models.ageing import age_of, owed_at_the_door, owed_by_age
from bumen_sales.services.collecting import collected_at_the_door

AT_ONCE = 500


@dataclass(frozen=True, kw_only=True)
class Owed:
    """What one customer owes: in each age (not due, 1–30, 31–60, 61–90, older), altogether."""

    customer: Customer
    ages: tuple[Decimal, ...]

    @property
    def total(self) -> Decimal:
        """All of it."""
        return sum(self.ages, Decimal(0))


def age_what_is_owed(*, on: date, seen: Sequence[ColumnElement[bool]]) -> Iterator[Owed]:
    """Yield what customers owe by its age on a day, the most owed first.

    What a carrier has collected at the door is not owed by the customer any more.
    """
    less = _at_the_door(on=on, seen=seen)
    rows: Sequence[Any] = session().execute(owed_by_age(on, *seen)).all()
    names = _customers([row[0] for row in rows])
    for ident, *sums in rows:
        ages = [amount or Decimal(0) for amount in sums[:-1]]
        for age, amount in less.get(ident, ()):
            ages[age] -= amount
        owed = Owed(customer=names[ident], ages=tuple(ages))
        if owed.total:
            yield owed


def _at_the_door(
    *, on: date, seen: Sequence[ColumnElement[bool]]
) -> dict[int, list[tuple[int, Decimal]]]:
    """Return what carriers hold, by customer: at which age how much."""
    orders = session().scalars(owed_at_the_door(*seen)).all()
    found: dict[int, list[tuple[int, Decimal]]] = {}
    held = collected_at_the_door(orders)
    for order in orders:
        if order.id in held:
            amount = min(held[order.id], order.due)
            found.setdefault(order.customer_id, []).append((age_of(order.due_on, on=on), amount))
    return found


def _customers(idents: Sequence[int]) -> dict[int, Customer]:
    found: dict[int, Customer] = {}
    for start in range(0, len(idents), AT_ONCE):
        some = select(Customer).where(Customer.id.in_(idents[start : start + AT_ONCE]))
        found |= {customer.id: customer for customer in session().scalars(some)}
    return found
