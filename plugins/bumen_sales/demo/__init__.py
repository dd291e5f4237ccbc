"""How sales fills a company of the demonstration: a year of orders, up to the present day."""

import csv
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bumen import CurrentCompany, create_record, current, hookimpl, run_action, session, today
from bumen_base.models import Customer, Product
from bumen_sales.models import Order
from bumen_sales.resources import Orders

Row = dict[str, str]
Ids = dict[str, int]


@hookimpl
def bumen_fill_demo(company: CurrentCompany) -> None:
    """Bring in what customers have ordered, in the order they did, and what became of it."""
    customers: Ids = dict(session().execute(select(Customer.code, Customer.id)).all())
    products: Ids = dict(session().execute(select(Product.code, Product.id)).all())
    for row in _rows(Path(__file__).parent / company.locale / "orders.csv"):
        said = _said(row, products) | {"customer_id": customers[row["customer"]]}
        _bring_on(create_record(Orders, said, by=current().user), row)


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
        "lines": [_line(written, products) for written in row["lines"].split()],
    }


def _line(written: str, products: Ids) -> dict[str, Any]:
    """Read a line as it is written in the table: `P00002*6-10` is six of it, less 10 percent."""
    product, _times, rest = written.partition("*")
    quantity, _less, discount = rest.partition("-")
    return {"product_id": products[product], "quantity": quantity, "discount": discount or "0"}


def _bring_on(order: Order, row: Row) -> None:
    """Do what was done with the order after it was written."""
    said = {"confirm": {}, "cancel": {"reason": row["reason"]}}
    for step in row["steps"].split():
        run_action(Orders, order, step, said[step], by=current().user, version=order.version)
