"""Two clerks, one shipment: it is loaded once, leaves once, and no piece is planned twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select

from bumen import BusinessError, CurrentCompany, current, session, today
from bumen.host import Host
from bumen_logistics.errors.shipments import NotOnTheRoad
from bumen_logistics.models import (
    DeliveryRequest,
    Shipment,
    ShipmentLine,
    ShipmentState,
    StockMove,
)
from bumen_logistics.services import count_and_load, plan_shipment, ship, track
from bumen_logistics.tests.shipping import Shipping

Deed = Callable[[Any], Any]
CLERKS = 4


@pytest.fixture
def at_once(host: Host, company: CurrentCompany) -> Callable[[type[Any], int, Deed], list[str]]:
    """A function that lets some clerks do one thing with a record at the same moment.

    All have read it before anybody writes, wherever the database lets them.
    """
    meeting = Barrier(CLERKS)

    def one(model: type[Any], ident: int, deed: Deed) -> str:
        try:
            with host.unit_of_work(company=company.code, by="admin"):
                record = session().get_one(model, ident)
                if not host.database.is_sqlite:  # SQLite has one writer: the others wait
                    meeting.wait(timeout=20)
                deed(record)
        except BusinessError as refused:
            return refused.code
        return "done"

    def all_of(model: type[Any], ident: int, deed: Deed) -> list[str]:
        with ThreadPoolExecutor(max_workers=CLERKS) as people:
            return sorted(people.map(lambda _one: one(model, ident, deed), range(CLERKS)))

    return all_of


def test_the_last_piece_is_loaded_and_leaves_once(
    host: Host, company: CurrentCompany, shipping: Shipping, at_once: Any
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        ident = shipping.arranged(shipping.prepared("1")).id

    loaded = at_once(Shipment, ident, lambda one: count_and_load(one, by=current().user))
    shipped = at_once(
        Shipment, ident, lambda one: ship(one, by=current().user, at=shipping.at, on=today())
    )

    assert loaded == shipped == ["done"] + ["illegal_transition"] * (CLERKS - 1)
    with host.unit_of_work(company=company.code):
        issued = select(func.sum(StockMove.quantity)).where(StockMove.quantity < 0)
        assert session().scalar(issued) == -1


def test_each_piece_is_planned_once(
    host: Host, company: CurrentCompany, shipping: Shipping, at_once: Any
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        ident = shipping.requested("1").id

    planned = at_once(
        DeliveryRequest, ident, lambda one: plan_shipment(one, by=current().user, on=today())
    )

    assert planned == ["done"] + ["nothing_left_to_ship"] * (CLERKS - 1)
    with host.unit_of_work(company=company.code):
        assert session().scalar(select(func.sum(ShipmentLine.ordered))) == 1


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)  # SQLite has one writer
def test_nothing_happens_on_the_way_of_what_arrived_at_the_same_moment(
    host: Host, company: CurrentCompany, shipping: Shipping
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        ident = shipping.shipped(shipping.prepared("1")).id

    def arrive() -> None:
        with host.unit_of_work(company=company.code, by="admin"):
            shipping.arrived(session().get_one(Shipment, ident))

    with host.unit_of_work(company=company.code, by="admin") as unit:
        seen = session().get_one(Shipment, ident)
        assert seen.state is ShipmentState.IN_TRANSIT
        with ThreadPoolExecutor(max_workers=1) as other:
            other.submit(arrive).result(timeout=20)
        with pytest.raises(NotOnTheRoad):
            track(seen, by=unit.user, at=shipping.at)
