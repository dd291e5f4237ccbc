"""Two people carry one order on at once: it happens once, and the second is told."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import select

from bumen import BusinessError, CurrentCompany, session
from bumen.host import Host
from bumen_sales.models import Order, OrderState, SalesSlip
from bumen_sales.services import confirm_order, goods_are_ready, issue_slip, ship_lines

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


def issue(order: Order) -> None:
    issue_slip(order, by=None, on=date(2026, 11, 20))


def ship_six(order: Order) -> None:
    ship_lines(order, {order.lines[0].id: Decimal(6)}, by=None, at=NOW)


@pytest.fixture
def ready(host: Host, company: CurrentCompany, make) -> int:
    """An order of ten boxes whose slip can be issued."""
    with host.unit_of_work(company=company.code, by="admin") as unit:
        lines = [{"product_id": make.product().id, "quantity": "10"}]
        order = make.order(lines=lines, payment_method="cash_on_delivery")
        confirm_order(order, by=unit.user)
        goods_are_ready(order, by=unit.user, at=NOW)
        ident: int = order.id
    return ident


@pytest.fixture
def at_once(host: Host, company: CurrentCompany):
    """A function that lets two people do the same with an order they have both read."""
    meeting = Barrier(2)

    def one(deed, ident: int) -> str:
        try:
            with host.unit_of_work(company=company.code, by="admin"):
                order = session().get_one(Order, ident)
                list(order.lines)
                if not host.database.is_sqlite:  # SQLite has one writer: the second one waits
                    meeting.wait(timeout=20)
                deed(order)
        except BusinessError as refused:
            return refused.code
        return "done"

    def both(ident: int, deed) -> list[str]:
        with ThreadPoolExecutor(max_workers=2) as people:
            return sorted(people.map(lambda _one: one(deed, ident), range(2)))

    return both


def test_two_who_issue_a_slip_at_once_issue_one(host, company, ready, at_once) -> None:
    assert at_once(ready, issue) == ["done", "illegal_transition"]

    with host.unit_of_work(company=company.code):
        slips = session().scalars(select(SalesSlip.number)).all()
    assert slips == ["SL-2026-00001"]


def test_two_who_ship_six_of_ten_at_once_ship_six(host, company, ready, at_once) -> None:
    with host.unit_of_work(company=company.code):
        issue(session().get_one(Order, ready))

    assert at_once(ready, ship_six) == ["done", "more_than_ordered"]

    with host.unit_of_work(company=company.code):
        order = session().get_one(Order, ready)
        assert (order.lines[0].shipped, order.state) == (6, OrderState.RELEASED)
