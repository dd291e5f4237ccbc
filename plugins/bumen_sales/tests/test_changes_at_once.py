"""Who changes an order and who ships it at the same moment: one of them wins."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier

from sqlalchemy import select

from bumen import BusinessError, CurrentCompany, User, change_record, run_action, session
from bumen.host import Host
from bumen.invariants import broken_invariants
from bumen.testing.makers import make_user
from bumen_sales.models import Order, OrderChange
from bumen_sales.resources import OrderChanges
from bumen_sales.services import (
    begin_change,
    confirm_order,
    goods_are_ready,
    issue_slip,
    ship_lines,
    submit_change,
)

DAY, NOW = date(2026, 7, 1), datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_of_a_change_and_a_shipment_at_once_one_wins(
    host: Host, company: CurrentCompany, make
) -> None:
    make_user(host, "boss", company=company.code, roles=["sales.manager"])
    with host.unit_of_work(company=company.code, by="admin") as unit:
        ids = _submitted(unit.user, make)
    meeting = Barrier(2)

    def approve(user) -> None:
        change = session().get_one(OrderChange, ids[1])
        _read(change.order, change)
        _meet(host, meeting)
        said = {"opinion": "Yes"}
        run_action(OrderChanges, change, "approve", said, by=user, version=change.version)

    def ship(user) -> None:
        order = session().get_one(Order, ids[0])
        _read(order)
        _meet(host, meeting)
        ship_lines(order, {order.lines[0].id: Decimal(6)}, by=user, at=NOW)

    done = _both(host, company, boss=approve, admin=ship)

    with host.unit_of_work(company=company.code, by="admin"):
        (line,) = session().get_one(Order, ids[0]).lines
        assert len(done) == 1
        assert (line.quantity, line.shipped) in {
            (Decimal(4), Decimal(0)),
            (Decimal(10), Decimal(6)),
        }
    assert broken_invariants(host.database, host.registry) == []


def _submitted(user: User, make) -> tuple[int, int]:
    """Submit a change of an order whose goods may leave; returns the ids of the order and it."""
    line = {"product_id": make.product().id, "quantity": "10"}
    order = make.order(payment_method="cash_on_delivery", lines=[line])
    confirm_order(order, by=user)
    session().flush()
    goods_are_ready(order, by=user, at=NOW)
    issue_slip(order, by=user, on=DAY)
    session().flush()
    begin_change(order, by=user, on=DAY, reason="Less")
    change = session().scalars(select(OrderChange)).one()
    said = {"lines": [{"line_number": 1, "quantity": "4"}]}
    change_record(OrderChanges, change, said, by=user, version=change.version)
    submit_change(change, by=user)
    return order.id, change.id


def _read(*records: Order | OrderChange) -> None:
    """Look at records and their lines before anybody writes, as people do."""
    for one in records:
        assert one.lines


def _meet(host: Host, meeting: Barrier) -> None:
    if not host.database.is_sqlite:  # SQLite has one writer: the second one waits
        meeting.wait(timeout=20)


def _both(host: Host, company: CurrentCompany, **deeds: Callable[..., None]) -> list[str]:
    """Let two people do something at the same moment; returns who succeeded."""

    def one(name: str) -> bool:
        try:
            with host.unit_of_work(company=company.code, by=name) as unit:
                deeds[name](unit.user)
        except BusinessError:
            return False
        return True

    with ThreadPoolExecutor(max_workers=2) as people:
        return [name for name, did in zip(deeds, people.map(one, deeds), strict=True) if did]
