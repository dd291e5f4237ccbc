"""What is reached of a year's target is told by region, person and month, with its orders."""

from datetime import date
from decimal import Decimal
from typing import Any

from bumen import create_record, run_action
from bumen.unit_of_work import UnitOfWork
from bumen_sales.attainment import AttainedBy, attainment
from bumen_sales.resources import Orders, Targets

DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}


def told(by: AttainedBy) -> list[tuple[Any, ...]]:
    """Return the rows of 2026, numbers without their links."""
    rows = attainment(seen=[], by=by, year=2026)
    return [(*row[1:4], row[4].value, row[5]) for row in rows if row[3] or row[4].value]


def test_attainment_is_told_as_far_down_as_asked(unit: UnitOfWork, make: Any) -> None:
    ann, north = make.employee(name="Ann"), make.region(name="North")
    parts = [{"region_id": north.id}, {"region_id": north.id, "employee_id": ann.id}]
    target = create_record(Targets, {"year": 2026, "amount": "1200", "lines": parts}, by=unit.user)
    for verb in ("spread_evenly", "issue"):
        run_action(Targets, target, verb, {}, by=unit.user, version=target.version)
    for month, person in ((3, ann.id), (3, ann.id), (5, None)):
        said = DELIVERY | {"salesperson_id": person, "region_id": north.id}
        made = make.order(**said, ordered_on=date(2026, month, 7))
        run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)

    months = told(AttainedBy.MONTH)

    assert told(AttainedBy.REGION) == [(None, None, 1200, 300, 25)]
    assert [row[2:] for row in told(AttainedBy.PERSON)] == [
        (None, 100, None),
        (Decimal(1200), Decimal(200), Decimal("16.67")),
    ]
    assert [row[1:] for row in months if row[1] in {3, 5}] == [
        (5, None, 100, None),
        (3, 100, 200, 200),
        (5, 100, 0, 0),
    ]


def test_the_orders_behind_a_number_are_those_that_were_counted(
    unit: UnitOfWork, make: Any
) -> None:
    ann = make.employee(name="Ann")
    made = make.order(**DELIVERY, salesperson_id=ann.id, ordered_on=date(2026, 2, 7))
    run_action(Orders, made, "confirm", {}, by=unit.user, version=made.version)

    ((*_names, link, _share),) = attainment(seen=[], by=AttainedBy.MONTH, year=2026)

    assert link.query == {
        "filter.state": ["closed", "confirmed", "delivered", "released", "shipped"],
        "filter.ordered_on.ge": "2026-02-01",
        "filter.ordered_on.le": "2026-02-28",
        "filter.region.empty": "1",
        "filter.salesperson": str(ann.id),
    }
