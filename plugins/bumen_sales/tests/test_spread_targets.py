"""The target of a year is spread evenly, like the last one, or like another year's."""

from datetime import date
from typing import Any

import pytest

from bumen import run_action
from bumen_base.models import Employee, Region
from bumen_sales.errors import NothingWasSold, TargetIsNotSplit, YearHasNoTarget
from bumen_sales.models import Target
from bumen_sales.resources import Orders
from bumen_sales.services import copy_from, issue_target, spread_evenly, spread_like_last_year
from bumen_sales.tests.targeted import AT, Field, draft

DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}


def told(target: Target, depth: int) -> dict[tuple[str, ...], str]:
    """Return the parts of a target so far down, by name."""
    found = {}
    for node in target.lines:
        names = (node.region.name, node.employee and node.employee.name, node.month)
        kept = tuple(str(one) for one in names if one is not None)
        if len(kept) == depth:
            found[kept] = f"{node.amount}"
    return found


def test_a_year_is_spread_evenly_over_regions_people_and_months(sales: Field) -> None:
    target = draft(lines=sales.people)

    spread_evenly(target, by=None)

    assert told(target, 1) == {("North",): "600.00", ("South",): "600.00"}
    assert told(target, 2) == {
        ("North", "Ann"): "600.00",
        ("South", "Bob"): "300.00",
        ("South", "Cid"): "300.00",
    }
    assert set(told(target, 3).values()) == {"50.00", "25.00"}
    assert len(target.lines) == 2 + 3 + 36


def order(make: Any, *, day: date, region: Region, person: Employee, price: int) -> None:
    """Make a confirmed order of a day."""
    product = make.product(list_price=price)
    made = make.order(
        **DELIVERY,
        ordered_on=day,
        region_id=region.id,
        salesperson_id=person.id,
        lines=[{"product_id": product.id, "quantity": "1"}],
    )
    run_action(Orders, made, "confirm", {}, by=None, version=made.version)


def test_a_year_is_spread_like_the_last_one(sales: Field, make: Any) -> None:
    order(make, day=date(2025, 3, 5), region=sales.north, person=sales.ann, price=300)
    order(make, day=date(2025, 5, 5), region=sales.south, person=sales.bob, price=600)
    order(make, day=date(2025, 7, 5), region=sales.south, person=sales.cid, price=300)
    order(make, day=date(2024, 7, 5), region=sales.south, person=sales.cid, price=900)
    target = draft()

    spread_like_last_year(target, by=None)

    assert told(target, 1) == {("North",): "300.00", ("South",): "900.00"}
    assert told(target, 2)[("South", "Bob")] == "600.00"
    months = {name: one for name, one in told(target, 3).items() if one != "0.00"}
    assert months == {
        ("North", "Ann", "3"): "300.00",
        ("South", "Bob", "5"): "600.00",
        ("South", "Cid", "7"): "300.00",
    }


def test_where_nothing_is_written_people_with_orders_share_the_year(
    sales: Field, make: Any
) -> None:
    sales.ann.region, sales.bob.region = sales.north, sales.south
    order(make, day=date(2025, 3, 5), region=sales.north, person=sales.ann, price=300)
    target = draft()

    spread_evenly(target, by=None)

    assert told(target, 2) == {("North", "Ann"): "1200.00"}


def test_a_target_is_copied_from_another_year_with_its_shares(sales: Field) -> None:
    source = draft("400.00", year=2025, lines=sales.people)
    spread_evenly(source, by=None)
    issue_target(source, by=None, at=AT)
    target = draft("1200.00")

    copy_from(target, by=None, year=2025)

    assert told(target, 1) == {("North",): "600.00", ("South",): "600.00"}
    assert len(target.lines) == len(source.lines)


def test_nothing_is_spread_like_a_year_of_which_nothing_is_known(sales: Field) -> None:
    target = draft()

    with pytest.raises(NothingWasSold):
        spread_like_last_year(target, by=None)
    with pytest.raises(YearHasNoTarget):
        copy_from(target, by=None, year=2025)
    with pytest.raises(TargetIsNotSplit):
        spread_evenly(target, by=None)
