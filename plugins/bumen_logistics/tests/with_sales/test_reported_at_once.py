"""A workshop reports while an order is cancelled: one waits for the other, neither is stopped."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import sleep
from typing import Any

import pytest

from bumen import BusinessError, CurrentCompany, change_record, current, session
from bumen.host import Host
from bumen_logistics.models import Preparation, PreparationState, preparations_of, request_from
from bumen_logistics.resources import Preparations
from bumen_sales.models import Order, OrderState
from bumen_sales.services import cancel_order, confirm_order, lock_order

A_MOMENT = 0.5
"""So long (seconds) the report has to come as far as it can."""


@pytest.fixture
def taken_over(
    host: Host, company: CurrentCompany, make: Any, draft: Callable[..., Order]
) -> tuple[int, int]:
    """An order whose goods are to be prepared, and its preparation (ids)."""
    with host.unit_of_work(company=company.code, by="admin") as unit:
        order = draft((make.stock("5").product, "5"))
        confirm_order(order, by=unit.user)
        ident = order.id
    with host.unit_of_work(company=company.code):
        request = session().scalars(request_from(ident)).one()
        return ident, session().scalars(preparations_of(request.id)).one().id


def reported_by(host: Host, company: CurrentCompany, ident: int) -> str:
    """Report that three are ready of a preparation; return what became of it."""
    try:
        with host.unit_of_work(company=company.code, by="admin") as unit:
            one = session().get_one(Preparation, ident)
            said = {"lines": [{"id": one.lines[0].id, "ready": "3"}]}
            change_record(Preparations, one, said, by=unit.user, version=one.version)
    except BusinessError as refused:
        return refused.code
    return "done"


def test_a_report_waits_for_who_cancels_the_order(
    host: Host, company: CurrentCompany, taken_over: tuple[int, int]
) -> None:
    order_id, preparation_id = taken_over
    held = Event()

    def cancel() -> str:
        with host.unit_of_work(company=company.code, by="admin"):
            order = session().get_one(Order, order_id)
            lock_order(order)
            held.set()
            sleep(A_MOMENT)
            cancel_order(order, by=current().user, reason="Ordered twice")
        return "done"

    def report() -> str:
        held.wait(timeout=20)
        return reported_by(host, company, preparation_id)

    with ThreadPoolExecutor(max_workers=2) as people:
        cancelled, reported = people.submit(cancel), people.submit(report)
        assert cancelled.result() == "done"
        assert reported.result() in {"no_longer_open", "stale_version"}
    with host.unit_of_work(company=company.code):
        assert session().get_one(Order, order_id).state is OrderState.CANCELLED
        prepared = session().get_one(Preparation, preparation_id)
        assert prepared.state is PreparationState.CANCELLED
