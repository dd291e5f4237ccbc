"""The shop's first days through the API: sent, checked and imported in the background."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from bumen import CurrentCompany, session
from bumen.host import Host
from bumen.testing.people import signed_in
from bumen.worker import work_off
from bumen_sales.models import Order, OrderLine
from tests.scenarios.test_online_retail_import import (
    FILE,
    MAPPINGS,
    RESOURCES,
    Row,
    invoices,
    is_good,
    value,
)

INVOICES = 120
API = "/api/v1/core/imports/"

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"the file is not there: {FILE}")


def first_invoices() -> dict[str, list[Row]]:
    """Return the rows of the first invoices."""
    return dict(islice(invoices().items(), INVOICES))


def as_file(rows: list[Row]) -> BytesIO:
    """Return rows as the file they come from."""
    written = StringIO(newline="")
    writer = csv.DictWriter(written, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(written.getvalue().encode())


def imported(host: Host, program: FlaskClient, name: str, rows: list[Row]) -> dict[str, Any]:
    """Send rows with one of the mappings, and import the good ones; return what is told."""
    toml = (BytesIO((MAPPINGS / f"{name}.toml").read_bytes()), f"{name}.toml")
    form = {"resource": RESOURCES[name], "file": (as_file(rows), "2010-12.csv"), "mapping": toml}
    made = program.post(API, data=form)
    assert made.status_code == 201, made.text
    work_off(host)
    place = f"{API}{made.json['id']}"
    assert program.post(f"{place}/run", json={"only_good": True}).status_code == 200
    work_off(host)
    found: dict[str, Any] = program.get(place).json["result"]
    assert found["stage"] == "done", found
    return found


def test_the_first_days_are_imported_and_their_sums_are_right(
    host: Host, app: Flask, company: CurrentCompany
) -> None:
    every = first_invoices()
    rows = [row for some in every.values() for row in some]
    good = {number: some for number, some in every.items() if is_good(some)}
    program = signed_in(app, host, "admin", company=company.code)

    told = {name: imported(host, program, name, rows) for name in RESOURCES}

    assert told["customers"]["problems"] == sum(not row["CustomerID"] for row in rows)
    assert told["customers"]["created"] == len({row["CustomerID"] for row in rows} - {""})
    orders = told["orders"]
    assert (orders["created"], orders["lines"]) == (len(good), sum(map(len, good.values())))
    assert orders["created"] + orders["refused"] == len(every)
    assert 0 < len(good) < len(every)
    with host.unit_of_work(company=company.code, by="admin"):
        assert set(session().scalars(select(Order.reference))) == set(good)
        expected = sum(map(value, good.values()))
        assert session().scalar(select(func.sum(OrderLine.untaxed))) == expected
        numbers = session().scalars(select(Order.number).order_by(Order.id)).all()
    assert [int(one.rpartition("-")[2]) for one in numbers] == list(range(1, len(good) + 1))
