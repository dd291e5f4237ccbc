"""A month of a shop's invoice lines becomes customers, products and orders; what is bad is told."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bumen import CurrentCompany, session
from bumen.exchange import ImportReport, import_file, read_mapping
from bumen.host import Host
from bumen_sales.models import Order, OrderLine

MAPPINGS = Path(__file__).parent / "online_retail"
FILE = MAPPINGS.parents[3] / "shared" / "data" / "online_retail" / "2010-12.csv"

RESOURCES = {
    "customers": "base.customers",
    "products": "base.products",
    "orders": "sales.orders",
}
ALL_LINES, ALL_VALUE = 42_481, Decimal("748957.02")
WITHOUT_CUSTOMER = 15_631

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"the file is not there: {FILE}")

Row = dict[str, str]


def take(host: Host, name: str) -> ImportReport:
    """Import the good rows of the file by one of the mappings."""
    with host.unit_of_work(company="TW01", by="admin", way="import") as unit:
        return import_file(
            RESOURCES[name],
            FILE,
            registry=host.registry,
            mapping=read_mapping(MAPPINGS / f"{name}.toml"),
            by=unit.user,
            only_good=True,
        )


@cache
def invoices() -> dict[str, list[Row]]:
    """Return the rows of the file by their invoices, as a plain reader finds them."""
    found = defaultdict(list)
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["InvoiceNo"]].append(row)
    return found


def is_good(rows: list[Row]) -> bool:
    """Whether an invoice can be an order: a customer, one day, goods that are sold."""
    return (
        all(row["CustomerID"] and int(row["Quantity"]) > 0 for row in rows)
        and len({row["InvoiceDate"][:10] for row in rows}) == 1
        and all(" " not in row["StockCode"] for row in rows)
    )


def value(rows: list[Row]) -> Decimal:
    """Return what rows come to."""
    return sum((Decimal(row["Quantity"]) * Decimal(row["UnitPrice"]) for row in rows), Decimal(0))


def test_a_shops_month_is_imported_and_its_bad_rows_are_told(
    host: Host, company: CurrentCompany
) -> None:
    reports = {name: take(host, name) for name in RESOURCES}

    every = invoices()
    good = {number: rows for number, rows in every.items() if is_good(rows)}
    assert sum(map(len, every.values())) == ALL_LINES
    assert sum(map(value, every.values())) == ALL_VALUE
    see_that_counts_are_right(reports, good)
    with host.unit_of_work(company="TW01", by="admin"):
        assert set(session().scalars(select(Order.reference))) == set(good)
        expected = sum(map(value, good.values()))
        assert session().scalar(select(func.sum(OrderLine.untaxed))) == expected
        assert session().scalar(select(func.sum(Order.untaxed))) == expected
    again = take(host, "orders")
    assert (again.created, again.skipped) == (0, len(good))


def see_that_counts_are_right(reports: dict[str, ImportReport], good: dict[str, list[Row]]) -> None:
    """Look at what the reports say: everything is made, left out, or refused with a reason."""
    customers, products, orders = (reports[name] for name in RESOURCES)
    named = {row["CustomerID"] for rows in invoices().values() for row in rows} - {""}
    assert (customers.created, customers.refused) == (len(named), WITHOUT_CUSTOMER)
    assert customers.created + customers.skipped + customers.refused == ALL_LINES
    assert len(customers.problems) + customers.further_problems == WITHOUT_CUSTOMER
    assert {str(one.reason) for one in customers.problems} == {"This field is required."}
    assert products.created + products.skipped + products.refused == ALL_LINES
    assert (orders.created, orders.lines) == (len(good), sum(map(len, good.values())))
    assert orders.created + orders.refused == len(invoices())
