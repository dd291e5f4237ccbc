"""A trading company's past deliveries are taken over, and their freight settled to the cent."""

from __future__ import annotations

import csv
from calendar import monthrange
from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bumen import CurrentCompany, create_record, session, today
from bumen.exchange import ImportReport, import_file, read_mapping
from bumen.host import Host
from bumen.unit_of_work import UnitOfWork
from bumen_logistics.models import (
    Carrier,
    DeliveryRequest,
    FreightStatement,
    RequestState,
    Shipment,
    ShipmentState,
    StatementState,
    Warehouse,
)
from bumen_logistics.resources import FreightStatements
from bumen_logistics.services import (
    approve_freight_statement,
    check_freight_statement,
    pay_freight_statement,
    take_over_shipment,
)

MAPPINGS = Path(__file__).parent / "northwind"
FILES = MAPPINGS.parents[3] / "shared" / "data" / "northwind"
IN_ORDER = {
    "regions": ("regions", "base.regions"),
    "territories": ("territories", "base.regions"),
    "categories": ("categories", "base.categories"),
    "products": ("products", "base.products"),
    "customers": ("customers", "base.customers"),
    "carriers": ("shippers", "logistics.carriers"),
    "deliveries": ("orders", "logistics.delivery_requests"),
}
FREIGHT = Decimal("64942.69")
"""The freight of all 830 orders; of the 21 that have not left it is still to come."""
STILL_TO_COME = Decimal("987.67")

Month = tuple[str, int, int]
"""A carrier (code) in a year and month."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES.is_dir(), reason=f"the Northwind files are not there: {FILES}"),
]


def take(host: Host, name: str) -> ImportReport:
    """Import one of the files by its mapping, in a unit of work of its own."""
    file, resource = IN_ORDER[name]
    with host.unit_of_work(company="TW01", by="admin", way="import") as unit:
        return import_file(
            resource,
            FILES / f"{file}.csv",
            registry=host.registry,
            mapping=read_mapping(MAPPINGS / f"{name}.toml"),
            by=unit.user,
        )


def rows() -> list[dict[str, str]]:
    """Return the orders of the file."""
    with (FILES / "orders.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def left_on(row: dict[str, str]) -> date | None:
    """Return the day an order left, if it has."""
    day = row["shippedDate"]
    return None if day == "NULL" else date.fromisoformat(day[:10])


def freight_in_the_file() -> dict[Month, Decimal]:
    """Sum the freight of what has left by carrier and month, straight from the file."""
    sums: dict[Month, Decimal] = defaultdict(Decimal)
    for row in rows():
        if (day := left_on(row)) is not None:
            sums[row["shipVia"], day.year, day.month] += Decimal(row["freight"])
    return dict(sums)


def take_over_what_left(unit: UnitOfWork) -> None:
    """Write down each order that has left, by the carrier, day and freight of the file."""
    carriers = {one.code: one for one in session().scalars(select(Carrier))}
    requests = {one.packing_requirement: one for one in session().scalars(select(DeliveryRequest))}
    for row in rows():
        if (day := left_on(row)) is not None:
            take_over_shipment(
                requests[row["orderID"]],
                by=unit.user,
                on=today(),
                carrier=carriers[row["shipVia"]],
                shipped_on=day,
                freight=Decimal(row["freight"]),
                waybill=row["orderID"],
            )


def settle(unit: UnitOfWork, month: Month) -> Decimal:
    """Settle the freight of a carrier and month, and return what it was paid."""
    code, year, number = month
    carrier = session().scalars(select(Carrier).where(Carrier.code == code)).one()
    days = {
        "from_day": date(year, number, 1).isoformat(),
        "until_day": date(year, number, monthrange(year, number)[1]).isoformat(),
    }
    values = {"carrier_id": carrier.id, **days, "lines": []}
    statement = create_record(FreightStatements, values, by=unit.user)
    check_freight_statement(statement, by=unit.user)
    approve_freight_statement(statement, by=unit.user)
    pay_freight_statement(statement, by=unit.user, on=today(), note="Transfer")
    return statement.billed


def test_past_deliveries_are_taken_over_and_their_freight_settled_to_the_cent(
    host: Host, company: CurrentCompany
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        session().add(Warehouse(code="NW", name="Northwind"))
    reports = [take(host, name) for name in IN_ORDER]
    assert [report.problems for report in reports] == [[]] * len(IN_ORDER)
    with host.unit_of_work(company="TW01", by="admin") as unit:
        take_over_what_left(unit)
    expected = freight_in_the_file()

    with host.unit_of_work(company="TW01", by="admin") as unit:
        paid = {month: settle(unit, month) for month in expected}

    assert (len(paid), paid) == (69, expected)
    assert sum(paid.values()) + STILL_TO_COME == FREIGHT
    with host.unit_of_work(company="TW01", by="admin"):
        see_what_is_kept()


def see_what_is_kept() -> None:
    """Look at how many were settled, and how many have still to leave."""
    shipments = select(Shipment.state, func.count()).group_by(Shipment.state)
    requests = select(DeliveryRequest.state, func.count()).group_by(DeliveryRequest.state)
    paid = select(func.sum(FreightStatement.billed)).where(
        FreightStatement.state == StatementState.PAID
    )
    assert dict(session().execute(shipments).all()) == {ShipmentState.SETTLED: 809}
    assert dict(session().execute(requests).all()) == {
        RequestState.FULFILLED: 809,
        RequestState.DRAFT: 21,
    }
    assert session().scalar(paid) == FREIGHT - STILL_TO_COME
