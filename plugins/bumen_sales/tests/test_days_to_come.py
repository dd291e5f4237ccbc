"""An order of a day to come counts in its month, wherever the month is told."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from bumen import CurrentCompany, Days, run_action
from bumen.host import Host
from bumen.reports import course_of, reading_of
from bumen_sales.dashboard import TURNOVER
from bumen_sales.resources import Orders

FEBRUARY, EARLY, LATE = date(2026, 2, 10), date(2026, 3, 10), date(2026, 3, 28)
TODAY, MARCH = date(2026, 3, 15), Days(date(2026, 3, 1), date(2026, 3, 31))
DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}


@pytest.fixture
def sold(host: Host, company: CurrentCompany, make: Any) -> Sequence[Decimal]:
    """What an order of February came to, one of early March, and one of a day to come."""
    amounts = []
    with host.unit_of_work(company="TW01", by="admin") as unit:
        for day in (FEBRUARY, EARLY, LATE):
            made = make.order(**DELIVERY, ordered_on=day)
            run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)
            amounts.append(made.untaxed)
    return amounts


def test_a_card_tells_the_whole_month_and_compares_what_is_over_of_it(
    host: Host, sold: Sequence[Decimal]
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        course = course_of(TURNOVER, today=TODAY)
        reading = reading_of(TURNOVER, MARCH, today=TODAY)

    assert course.value == reading.value == sold[1] + sold[2]
    assert dict(course.months)["2026-03"] == course.value
    assert (course.so_far, course.month_before) == (sold[1], sold[0])
