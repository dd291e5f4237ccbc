"""Two people, one order: whoever is second is told, and nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from bumen import BusinessError, CurrentCompany, change_record, current, run_action, session
from bumen.host import Host
from bumen_sales.models import Order, OrderState
from bumen_sales.resources import Orders

Deed = Callable[[Order], Any]


def confirm(order: Order) -> None:
    run_action(Orders, order, "confirm", {}, by=current().user, version=1)


def cancel(order: Order) -> None:
    said = {"reason": "Ordered twice"}
    run_action(Orders, order, "cancel", said, by=current().user, version=1)


def reprice(order: Order) -> None:
    (line,) = order.lines
    said = {"product_id": line.product_id, "quantity": "1", "unit_price": "1", "id": line.id}
    change_record(Orders, order, {"lines": [said]}, by=current().user, version=1)


@pytest.fixture
def at_once(host: Host, company: CurrentCompany):
    """A function that lets two people do something with one order at the same moment.

    Both have read the order before either writes, wherever the database lets them.
    """
    meeting = Barrier(2)

    def one(deed: Deed, ident: int) -> str:
        try:
            with host.unit_of_work(company=company.code, by="admin"):
                order = session().get_one(Order, ident)
                if not host.database.is_sqlite:  # SQLite has one writer: the second one waits
                    meeting.wait(timeout=20)
                deed(order)
        except BusinessError as refused:
            return refused.code
        return "done"

    def both(ident: int, *deeds: Deed) -> list[str]:
        with ThreadPoolExecutor(max_workers=2) as people:
            return sorted(people.map(lambda deed: one(deed, ident), deeds))

    return both


@pytest.fixture
def order(host: Host, company: CurrentCompany, make) -> Order:
    """A draft that is ready to be confirmed."""
    with host.unit_of_work(company=company.code, by="admin"):
        return make.order()


def test_two_who_confirm_at_once_confirm_once(order, at_once) -> None:
    assert at_once(order.id, confirm, confirm) == ["done", "stale_version"]


def test_who_confirms_and_who_cancels_at_once_do_not_both_succeed(order, at_once) -> None:
    assert at_once(order.id, confirm, cancel) == ["done", "stale_version"]


def test_what_is_confirmed_cannot_be_repriced_at_the_same_moment(
    host: Host, company: CurrentCompany, order, at_once
) -> None:
    assert at_once(order.id, confirm, reprice) == ["done", "stale_version"]

    with host.unit_of_work(company=company.code):
        found = session().get_one(Order, order.id)
        assert (found.state is OrderState.CONFIRMED) == (found.untaxed == 100)
