"""How long customers have owed: what is due, by how many days it is overdue."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from bumen_base.models import PaymentMethod
from bumen_sales.models.flow import FIRM
from bumen_sales.models.orders import Order

BOUNDS = (30, 60, 90)
"""The last day of each age but the oldest, in days overdue."""


def days_between(on: date) -> list[tuple[date | None, date | None]]:
    """Return the first and last due dates of each age: not due yet, 1–30, 31–60, 61–90, older.

    None stands for no bound; what has no due date is not due yet.
    """
    ends = [on - timedelta(days=days) for days in (1, *(one + 1 for one in BOUNDS))]
    starts = [on, *(on - timedelta(days=days) for days in BOUNDS), None]
    return list(zip(starts, [None, *ends], strict=True))


def age_of(due_on: date | None, *, on: date) -> int:
    """Return the place of the age that a due date has on a day."""
    if due_on is None or due_on >= on:
        return 0
    days = (on - due_on).days
    return 1 + sum(days > bound for bound in BOUNDS)


def owed_by_age(on: date, *seen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    """Sum what each customer (id) owes in each age and altogether, the most owed first."""
    total = func.sum(Order.due)
    ages: list[Any] = [total.filter(_within(*days)) for days in days_between(on)]
    return (
        select(Order.customer_id, *ages, total)
        .where(*_owed(), *seen)
        .group_by(Order.customer_id)
        .order_by(total.desc(), Order.customer_id)
    )


def owed_at_the_door(*seen: ColumnElement[bool]) -> Select[Order]:
    """Select the orders that are paid to the carrier and not settled with us."""
    return select(Order).where(
        *_owed(), Order.payment_method == PaymentMethod.CASH_ON_DELIVERY, *seen
    )


def _owed() -> Sequence[ColumnElement[bool]]:
    return (Order.due > 0, Order.state.in_(FIRM))


def _within(first: date | None, last: date | None) -> ColumnElement[bool]:
    if last is None:
        return or_(Order.due_on >= first, Order.due_on.is_(None))
    if first is None:
        return Order.due_on <= last
    return and_(Order.due_on >= first, Order.due_on <= last)
