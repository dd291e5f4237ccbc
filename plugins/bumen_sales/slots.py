"""What sales shows on pages of its own lists and of master data."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bumen import Slot, seen, session, today
from bumen_base.models import Customer
from bumen_sales.models import approved_evaluations, drafts_before, overdue_of, state_of_customer
from bumen_sales.resources import CreditEvaluations, Orders
from bumen_sales.services import credit_used
from bumen_sales.texts import _

WAITS_LONG = timedelta(days=7)
"""How long a draft may lie before the list of orders says so."""


def business_with(record: Customer) -> Mapping[str, Any]:
    """Work out what a customer has bought in a year, when last, what is a draft, what is owed."""
    query = state_of_customer(record, *seen(Orders), since=_a_year_before(today()))
    turnover, last, drafts = session().execute(query).one()
    return {
        "customer": record,
        "turnover": turnover or Decimal(0),
        "last": last,
        "drafts": drafts,
        "owed": credit_used(record),
    }


def credit_of(record: Customer) -> Mapping[str, Any]:
    """Work out how much of a customer's credit is used, what is overdue, and what was granted."""
    return {
        "customer": record,
        "used": credit_used(record),
        "overdue": session().scalar(overdue_of(record, on=today())) or Decimal(0),
        "evaluation": session().scalars(approved_evaluations(record).limit(1)).one_or_none(),
    }


def drafts_that_wait() -> Mapping[str, Any] | None:
    """Count the drafts that have been lying for long; None when there are none."""
    before = today() - WAITS_LONG
    count = session().scalar(drafts_before(before, *seen(Orders))) or 0
    return {"count": count, "before": before} if count else None


def _a_year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)


SHOWN = (
    Slot(
        "record.tab:base.customers",
        title=_("Business"),
        template="sales/customer.html",
        values=business_with,
        permission=Orders.permission(),
        shows=("total", "due", "ordered_on"),
    ),
    Slot(
        "record.tab:base.customers",
        title=_("Credit"),
        template="sales/credit.html",
        values=credit_of,
        permission=CreditEvaluations.permission(),
        shows=("credit_limit", "grade", "valid_until"),
    ),
    Slot(
        "list.banner:sales.orders",
        title=_("Drafts that wait"),
        template="sales/banner.html",
        values=drafts_that_wait,
        permission=Orders.permission(),
    ),
)
