"""Carriers, rates and shipments of the demonstration: arrived, late, come back, to be loaded."""

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bumen import CurrentCompany, create_record, current, session, today
from bumen_base.models import Customer, Product, Region
from bumen_logistics.models import (
    Carrier,
    DeliveryRequest,
    EventKind,
    ExceptionKind,
    Shipment,
    Vehicle,
    preparations_of,
)
from bumen_logistics.resources import Carriers, DeliveryRequests, FreightRates, Vehicles
from bumen_logistics.services import (
    arrange_vehicle,
    begin_preparation,
    confirm_arrival,
    count_and_load,
    finish_preparation,
    place_of,
    plan_shipment,
    rate_carrier,
    receive_goods,
    report_trouble,
    request_delivery,
    resume_shipment,
    return_goods,
    ship,
    track,
    usual_warehouse,
)

Row = dict[str, str]
Ids = dict[str, int]
CONTRACT = timedelta(days=300)
"""How long contracts with carriers of the demonstration still run."""
ON_THE_WAY = timedelta(days=2)
"""How long goods of the demonstration should be on their way."""


def fill(company: CurrentCompany) -> None:
    """Bring in who takes goods to customers, what that costs, and what was taken lately."""
    folder = Path(__file__).parent / company.locale
    ends = today() + CONTRACT
    for row in _rows(folder / "carriers.csv"):
        said = {"contract_from": ends - timedelta(days=365), "contract_until": ends}
        create_record(Carriers, row | said, by=current().user)
    carriers: Ids = dict(session().execute(select(Carrier.code, Carrier.id)).all())
    regions: Ids = dict(session().execute(select(Region.code, Region.id)).all())
    for row in _rows(folder / "vehicles.csv"):
        owner = {"carrier_id": carriers.get(row.pop("carrier"))}
        create_record(Vehicles, row | owner, by=current().user)
    for row in _rows(folder / "rates.csv"):
        route = {
            "carrier_id": carriers[row.pop("carrier")],
            "to_region_id": regions.get(row.pop("to_region")),
            "valid_from": ends - timedelta(days=365),
        }
        create_record(FreightRates, row | route, by=current().user)
    for row in _rows(folder / "deliveries.csv"):
        _deliver(row)
    for carrier in session().scalars(select(Carrier)).all():
        rate_carrier(carrier, since=today() - timedelta(days=365))


def _rows(file: Path) -> Iterator[Row]:
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _deliver(row: Row) -> None:
    """Request goods, get them ready and bring their shipment as far as the table says."""
    on = today() - timedelta(days=int(row["days_ago"]))
    at = datetime.now(UTC) - timedelta(days=int(row["days_ago"]))
    request = _requested(row, on=on, at=at)
    shipment = plan_shipment(request, by=current().user, on=on)
    carrier = session().scalar(select(Carrier).where(Carrier.code == row["carrier"]))
    plate = "".join(row["plate"].split())
    arrange_vehicle(
        shipment,
        by=current().user,
        on=on,
        carrier=carrier,
        vehicle=session().scalar(select(Vehicle).where(Vehicle.plate == plate)),
        expected_on=on + ON_THE_WAY,
    )
    session().flush()
    steps = row["steps"].split()
    if "arrange" not in steps:
        count_and_load(shipment, by=current().user)
    words = iter(row["words"].split("|"))
    for step in steps:
        _go_on(shipment, step, words, on=on, at=at)
        session().flush()


def _requested(row: Row, *, on: date, at: datetime) -> DeliveryRequest:
    customer = session().scalars(select(Customer).where(Customer.code == row["customer"])).one()
    products: dict[str, Product] = {one.code: one for one in session().scalars(select(Product))}
    wanted = [one.partition("*")[::2] for one in row["goods"].split()]
    contact, address = next(iter(customer.contacts), None), next(iter(customer.addresses), None)
    said: dict[str, Any] = {
        "customer_id": customer.id,
        "consignee": contact.name if contact else customer.name,
        "phone": customer.phone or "000 0000",
        "address": str(address or customer.name),
        "wanted_on": on + ON_THE_WAY,
        "cash_on_delivery": row["cash"],
        "lines": [{"product_id": products[code].id, "quantity": much} for code, much in wanted],
    }
    for code, much in wanted:
        place = place_of(usual_warehouse())
        receive_goods(products[code], place, Decimal(much) * 3, by=current().user, at=at)
    request: DeliveryRequest = create_record(DeliveryRequests, said, by=current().user)
    request_delivery(request, by=current().user, on=on, at=at)
    session().flush()
    preparation = session().scalars(preparations_of(request.id)).one()
    begin_preparation(preparation, by=current().user, at=at)
    finish_preparation(preparation, by=current().user, at=at)
    session().flush()
    return request


def _go_on(shipment: Shipment, step: str, words: Iterator[str], *, on: date, at: datetime) -> None:
    """Take a step of the table, with its next words."""
    by, later, arrives = current().user, at + timedelta(hours=4), min(on + ON_THE_WAY, today())
    taken: dict[str, Callable[..., None]] = {
        "ship": partial(ship, at=at, on=on),
        "arrive": partial(confirm_arrival, at=later, on=today(), arrived_on=arrives),
        "exception": partial(report_trouble, at=later, kind=ExceptionKind.LATE),
        "resume": partial(resume_shipment, at=later),
        "return": partial(return_goods, at=later),
        "depot": partial(track, at=later, kind=EventKind.AT_DEPOT),
    }
    asked = {
        "arrive": "signed_by",
        "exception": "cause",
        "resume": "solution",
        "return": "reason",
        "depot": "place",
    }
    if step in taken:
        said = {asked[step]: next(words)} if step in asked else {}
        taken[step](shipment, by=by, **said)
