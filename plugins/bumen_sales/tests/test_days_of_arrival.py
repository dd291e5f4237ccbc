"""Goods arrive on days as they are where the company is, and never before they have left."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bumen_sales.errors import ArrivedBeforeShipped
from bumen_sales.services import confirm_arrival_by_hand, ship_by_hand


@pytest.fixture
def company_in(unit):
    """A function that moves the company to another time zone."""

    def moved(timezone: str) -> None:
        unit.company = replace(unit.company, timezone=timezone)

    return moved


def arrive(order, *, by, at: datetime, on: date, arrived_on: date) -> None:
    said = {"at": at, "on": on, "arrived_on": arrived_on, "signed_by": "Lin"}
    confirm_arrival_by_hand(order, by=by, **said)


def test_goods_that_left_in_the_evening_arrive_the_same_evening(unit, released, company_in) -> None:
    order, evening = released(), datetime(2026, 3, 2, 1, tzinfo=UTC)
    company_in("America/New_York")
    ship_by_hand(order, by=unit.user, at=evening)

    day, at = date(2026, 3, 1), evening + timedelta(hours=1)
    arrive(order, by=unit.user, at=at, on=day, arrived_on=day)

    assert order.delivered_at == at


def test_goods_that_left_in_the_morning_did_not_arrive_the_day_before(
    unit, released, company_in
) -> None:
    order, morning = released(), datetime(2026, 3, 1, 23, tzinfo=UTC)
    company_in("Asia/Taipei")
    ship_by_hand(order, by=unit.user, at=morning)

    day = date(2026, 3, 2)
    with pytest.raises(ArrivedBeforeShipped):
        arrive(order, by=unit.user, at=morning, on=day, arrived_on=day - timedelta(days=1))


@pytest.mark.parametrize(("left", "arrived"), [(2, 4), (10, 10)], ids=["morning", "evening"])
def test_goods_of_an_earlier_day_arrived_at_noon_but_never_before_they_left(
    unit, released, company_in, left, arrived
) -> None:
    order, at = released(), datetime(2026, 3, 2, left, tzinfo=UTC)
    company_in("Asia/Taipei")
    ship_by_hand(order, by=unit.user, at=at)

    later = at + timedelta(days=1)
    arrive(order, by=unit.user, at=later, on=date(2026, 3, 3), arrived_on=date(2026, 3, 2))

    assert order.delivered_at == datetime(2026, 3, 2, arrived, tzinfo=UTC)
