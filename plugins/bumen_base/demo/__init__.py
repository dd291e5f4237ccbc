"""How master data fills a company of the demonstration: from tables, in the company's language."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bumen import CurrentCompany, create_record, current, hookimpl, members, session
from bumen_base import resources
from bumen_base.demo.pictures import picture_of
from bumen_base.models import Department, Region
from bumen_base.services import grant_credit

Row = dict[str, Any]

TABLES = {
    "regions": resources.Regions,
    "departments": resources.Departments,
    "posts": resources.Posts,
    "employees": resources.Employees,
    "categories": resources.Categories,
    "products": resources.Products,
    "customers": resources.Customers,
}
"""The tables in the order they are read, each with what its rows become."""


@hookimpl
def bumen_fill_demo(company: CurrentCompany) -> None:
    """Bring in the market, the house, its people, what it sells, and to whom."""
    folder = Path(__file__).parent / company.locale
    known = _known_before(company)
    pointing_ahead: list[tuple[Any, str, str]] = []
    for name, resource in TABLES.items():
        for row in _complete(name, folder):
            ahead = {key: row.pop(key) for key in _references(row) if row[key] not in known}
            credit = row.pop("credit_limit", None)
            record = create_record(resource, _resolved(row, known), by=current().user)
            if credit:
                grant_credit(
                    record,
                    by=current().user,
                    credit_limit=Decimal(credit),
                    credit_grade=record.customer_class,
                )
            known[getattr(record, record.named_by[0])] = record.id
            pointing_ahead += [(record, key, code) for key, code in ahead.items()]
    for record, key, code in pointing_ahead:
        setattr(record, key, known[code])


def _known_before(company: CurrentCompany) -> dict[str, int]:
    """Return the ids of what is there: the roots of the trees, and the people who sign in."""
    known = {user.username: user.id for user in session().scalars(members(company.id))}
    for model in (Region, Department):
        known |= {record.code: record.id for record in session().scalars(select(model))}
    return known


def _complete(name: str, folder: Path) -> Iterator[Row]:
    """Yield the rows of a table: products with pictures, customers with contacts and addresses."""
    rows = _rows(folder / f"{name}.csv")
    if name == "products":
        return ({**row, "picture": picture_of(row["code"])} for row in rows)
    if name != "customers":
        return rows
    lines = {part: list(_rows(folder / f"{part}.csv")) for part in ("contacts", "addresses")}
    return (
        {**row, **{part: _of(row["code"], found) for part, found in lines.items()}} for row in rows
    )


def _rows(file: Path) -> Iterator[Row]:
    """Yield the rows of a file, without empty cells."""
    with file.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield {key: value == "true" or value for key, value in row.items() if value}


def _of(code: str, lines: list[Row]) -> list[Row]:
    mine = [line for line in lines if line["customer_id"] == code]
    return [{key: value for key, value in line.items() if key != "customer_id"} for line in mine]


def _references(row: Row) -> list[str]:
    return [key for key in row if key.endswith("_id") and key != "tax_id"]


def _resolved(row: Row, known: dict[str, int]) -> Row:
    return {**row, **{key: known[row[key]] for key in _references(row)}}
