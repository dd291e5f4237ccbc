"""Orders of a company of the demonstration: two years of them, up to the present day."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bumen import (
    CurrentCompany,
    User,
    create_record,
    current,
    members,
    run_action,
    session,
    today,
)
from bumen_base.models import Customer, Product, myself
from bumen_sales.demo.money import receive
from bumen_sales.models import Order
from bumen_sales.resources import DiscountAllowances, FigureTargets, Orders

Row = dict[str, str]
Ids = dict[str, int]


ALLOWANCE = "15"
"""How many percent people of the demonstration may take off without asking."""
TARGETS = {"TWD": 6_000_000, "CNY": 2_000_000}
"""What the companies of the demonstration aim at in a year, by currency."""
LONG_PAID = 365
"""Orders that are older than so many days have been paid."""
PAID_WITHIN = timedelta(days=40)
"""How long customers took for it."""
OWN_PART = 3
"""A salesperson with an account aims at one part of so many."""


def fill(company: CurrentCompany) -> None:
    """Bring in what customers have ordered, in the order they did, and what became of it.

    The house confirms what is history; what people confirm who are named goes by their allowance
    and by the customers' credit, and is held where it goes too far.
    """
    customers: Ids = dict(session().execute(select(Customer.code, Customer.id)).all())
    products: Ids = dict(session().execute(select(Product.code, Product.id)).all())
    people = {user.username: user for user in session().scalars(members(company.id))}
    create_record(DiscountAllowances, {"percent": ALLOWANCE}, by=current().user)
    _aim(TARGETS.get(company.currency, min(TARGETS.values())), people)
    for row in _rows(Path(__file__).parent / company.locale / "orders.csv"):
        said = _said(row, products) | {"customer_id": customers[row["customer"]]}
        by = people.get(row["by"])
        if by is not None:
            said["salesperson_id"] = session().scalars(myself(by.id)).one()
        _bring_on(create_record(Orders, said, by=current().user), row, by=by)


def _aim(target: int, people: dict[str, User]) -> None:
    """Write down what the company and its salespeople should bring this year."""
    this_year: dict[str, Any] = {"figure": "turnover", "year": today().year}
    create_record(FigureTargets, this_year | {"target": f"{target}"}, by=current().user)
    for name in sorted(one for one in people if one.startswith("sales.")):
        employee = session().scalars(myself(people[name].id)).one()
        own = {"employee_id": employee, "target": f"{target // OWN_PART}"}
        create_record(FigureTargets, this_year | own, by=current().user)


def _rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _said(row: Row, products: Ids) -> dict[str, Any]:
    """Return what somebody wrote into the order, so many days ago."""
    ordered_on = today() - timedelta(days=int(row["days_ago"]))
    return {
        "reference": row["reference"],
        "ordered_on": ordered_on,
        "requested_on": ordered_on + timedelta(days=int(row["days_wanted"])),
        "packing_requirement": row["packing_requirement"],
        "lines": [written_line(written, products) for written in row["lines"].split()],
    }


def written_line(written: str, products: Ids) -> dict[str, Any]:
    """Read a line as it is written in the table: `P00002*6-10` is six of it, less 10 percent."""
    product, _times, rest = written.partition("*")
    quantity, _less, discount = rest.partition("-")
    return {"product_id": products[product], "quantity": quantity, "discount": discount or "0"}


def _bring_on(order: Order, row: Row, *, by: User | None) -> None:
    """Do what was done with the order after it was written."""
    said = {"confirm": {}, "cancel": {"reason": row["reason"]}}
    for step in row["steps"].split():
        run_action(Orders, order, step, said[step], by=by, version=order.version)
    if int(row["days_ago"]) > LONG_PAID:
        session().flush()
        receive(order, order.ordered_on + PAID_WITHIN)
