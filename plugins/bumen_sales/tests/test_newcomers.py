"""New customers are those whose first firm order is of the days asked about."""

from datetime import date
from typing import Any

from sqlalchemy import text

from bumen import run_action, session
from bumen.unit_of_work import UnitOfWork
from bumen_sales.newcomers import NewBy, new_customers
from bumen_sales.resources import Orders

DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}
SINCE, UNTIL = date(2026, 3, 1), date(2026, 3, 31)


def order(make: Any, day: date, **said: Any) -> Any:
    """Have an order of a day confirmed."""
    made = make.order(**DELIVERY, ordered_on=day, **said)
    return run_action(Orders, made, "confirm", {}, by=None, version=made.version)


def told(by: NewBy = NewBy.REGION, seen: Any = ()) -> list[tuple[Any, ...]]:
    """Return the rows of March 2026, links as their values."""
    rows = new_customers(seen=seen, by=by, since=SINCE, until=UNTIL)
    return [tuple(getattr(one, "value", one) for one in row) for row in rows]


def test_who_ordered_first_in_these_days_is_new(unit: UnitOfWork, make: Any) -> None:
    old, new, later, idle = (make.customer(name=one) for one in ("Old", "New", "Later", "Idle"))
    order(make, date(2026, 2, 28), customer_id=old.id)
    order(make, date(2026, 3, 5), customer_id=old.id)
    last = order(make, date(2026, 3, 31), customer_id=new.id)
    order(make, date(2026, 4, 1), customer_id=later.id)
    make.order(**DELIVERY, ordered_on=date(2026, 3, 9), customer_id=idle.id)
    session().flush()

    found = told()
    plain = text(
        "SELECT c.id FROM base_customer c JOIN sales_order o ON o.customer_id = c.id"
        " WHERE o.state = 'confirmed' GROUP BY c.id"
        " HAVING min(o.ordered_on) BETWEEN '2026-03-01' AND '2026-03-31'"
    )

    assert [new.id] == list(session().connection().scalars(plain))
    assert [row[2:] for row in found] == [(str(new), last.ordered_on, last.number, last.untaxed)]


def test_a_draft_before_does_not_make_a_customer_old(unit: UnitOfWork, make: Any) -> None:
    inn = make.customer(name="Inn")
    make.order(**DELIVERY, ordered_on=date(2026, 1, 9), customer_id=inn.id)
    first = order(make, date(2026, 3, 9), customer_id=inn.id)
    order(make, date(2026, 3, 9), customer_id=inn.id)

    assert [row[4] for row in told()] == [first.number]


def test_a_customer_is_new_to_the_house_not_to_a_reader(unit: UnitOfWork, make: Any) -> None:
    inn, north, south = make.customer(), make.region(), make.region(name="South")
    order(make, date(2026, 2, 9), customer_id=inn.id, region_id=south.id)
    order(make, date(2026, 3, 9), customer_id=inn.id, region_id=north.id)

    assert told(seen=[Orders.model.region_id == north.id]) == []


def test_new_customers_stand_by_their_region_or_salesperson(unit: UnitOfWork, make: Any) -> None:
    north, south = make.region(name="North"), make.region(name="South")
    ann, bob = make.employee(name="Ann"), make.employee(name="Bob")
    for day, where, who in ((1, south, ann), (2, north, bob), (3, south, bob)):
        order(make, date(2026, 3, day), region_id=where.id, salesperson_id=who.id)

    n, s, a, b = (str(one) for one in (north, south, ann, bob))
    assert [row[:2] for row in told()] == [(n, b), (s, a), (s, b)]
    assert [row[1] for row in told(NewBy.PERSON)] == [a, b, b]
