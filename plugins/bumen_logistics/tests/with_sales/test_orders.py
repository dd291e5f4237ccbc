"""Orders are taken over, followed when they change, given up with their cancellation."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from bumen import BusinessError, session, today
from bumen_base.models import ProductKind
from bumen_logistics.errors import NothingToPickUp, ShippedBeyond
from bumen_logistics.models import (
    DeliveryRequest,
    Preparation,
    PreparationState,
    RequestState,
    preparations_of,
    request_from,
)
from bumen_logistics.services import (
    begin_preparation,
    count_shipped,
    finish_preparation,
    issue_reserved,
    pick_up_open_orders,
    report_exception,
)
from bumen_logistics.with_sales.orders import follow_order
from bumen_sales.models import Order, TaskKind, TaskState, progress_of, task_of
from bumen_sales.services import cancel_order, confirm_order, ready_by_hand

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)


def told(unit) -> None:
    """Let departments hear what has happened, as a commit does."""
    while unit._events:
        events, unit._events = unit._events, []
        unit.neighbours.tell(unit, events)
        session().flush()


def confirmed(unit, draft, *wanted, **said) -> Order:
    order: Order = draft(*wanted, **said)
    confirm_order(order, by=unit.user)
    told(unit)
    return order


def taken_over(order: Order) -> tuple[DeliveryRequest, Preparation]:
    request = session().scalars(request_from(order.id)).one()
    return request, session().scalars(preparations_of(request.id)).one()


def finish(unit, preparation: Preparation) -> None:
    if preparation.state is PreparationState.REQUESTED:
        begin_preparation(preparation, by=unit.user, at=NOW)
    finish_preparation(preparation, by=unit.user, at=NOW)
    told(unit)


def goods(order: Order) -> TaskState:
    return session().scalars(task_of(order, TaskKind.GOODS)).one().state


def follow(unit, order: Order) -> None:
    session().flush()
    follow_order(order, by=unit.user, on=today(), at=NOW)
    told(unit)


def test_a_confirmed_order_is_prepared_and_its_task_finished(unit, make, draft) -> None:
    wanted = today() + timedelta(days=5)
    stock = make.stock("10")
    order = confirmed(unit, draft, (stock.product, "4"), requested_on=wanted.isoformat())
    request, preparation = taken_over(order)
    before = goods(order)
    finish(unit, preparation)

    assert (request.source_number, request.consignee) == (order.number, "Lin")
    assert preparation.due_on == wanted
    assert (before, goods(order)) == (TaskState.OPEN, TaskState.DONE)


def test_progress_and_delays_stand_on_the_order(unit, make, draft) -> None:
    order = confirmed(unit, draft, (make.product(), "4"))
    _request, preparation = taken_over(order)
    later = today() + timedelta(days=9)
    begin_preparation(preparation, by=unit.user, at=NOW)
    report_exception(
        preparation, by=unit.user, on=today(), at=NOW, cause="No leaves", promised_on=later
    )
    told(unit)

    task = session().scalars(task_of(order, TaskKind.GOODS)).one()
    entries = session().scalars(progress_of(order)).all()
    assert (task.promised_on, task.note) == (later, "No leaves")
    assert {preparation.number in one.what or one.what for one in entries} == {True, "No leaves"}


def test_what_logistics_carries_out_is_not_done_by_hand(unit, make, draft) -> None:
    order = confirmed(unit, draft, (make.product(), "1"))

    with pytest.raises(BusinessError) as refused:
        ready_by_hand(order, by=unit.user, at=NOW)

    assert refused.value.code == "others_carry_it_out"


def test_an_order_of_services_alone_is_left_to_sales(unit, make, draft) -> None:
    order = confirmed(unit, draft, (make.product(kind=ProductKind.SERVICE), "1"))

    assert session().scalar(request_from(order.id)) is None
    ready_by_hand(order, by=unit.user, at=NOW)


def test_what_is_paid_at_the_door_is_collected(unit, make, draft) -> None:
    stock = make.stock("1")
    order = draft((stock.product, "1"), payment_method="cash_on_delivery")
    order.total = order.due = Decimal(105)
    confirm_order(order, by=unit.user)
    told(unit)

    request, _preparation = taken_over(order)
    assert request.cash_on_delivery == 105


def test_a_cancelled_order_frees_its_goods(unit, make, draft) -> None:
    stock = make.stock("10")
    order = confirmed(unit, draft, (stock.product, "4"))
    request, preparation = taken_over(order)
    finish(unit, preparation)
    cancel_order(order, by=unit.user, reason="Ordered twice")
    told(unit)

    session().refresh(stock)
    assert (request.state, request.cancellation_reason) == (
        RequestState.CANCELLED,
        "Ordered twice",
    )
    assert (preparation.state, stock.reserved) == (PreparationState.CANCELLED, 0)


def test_more_of_an_order_is_prepared_beside_what_is_ready(unit, make, draft) -> None:
    stock = make.stock("10")
    order = confirmed(unit, draft, (stock.product, "4"))
    request, first = taken_over(order)
    finish(unit, first)
    order.lines[0].quantity = Decimal(6)
    follow(unit, order)

    _first, second = session().scalars(preparations_of(request.id)).all()
    before = goods(order)
    finish(unit, second)

    session().refresh(stock)
    assert [line.quantity for line in second.lines] == [2]
    assert (before, goods(order), stock.reserved) == (TaskState.OPEN, TaskState.DONE, 6)


def test_less_of_an_order_frees_what_was_kept(unit, make, draft) -> None:
    kept, dropped = make.stock("10"), make.stock("5")
    order = confirmed(unit, draft, (kept.product, "4"), (dropped.product, "5"))
    request, preparation = taken_over(order)
    finish(unit, preparation)
    order.lines[0].quantity = Decimal(3)
    order.lines.pop()
    follow(unit, order)

    for stock in (kept, dropped):
        session().refresh(stock)
    assert [line.quantity for line in request.lines] == [3, 0]
    assert (kept.reserved, dropped.reserved, goods(order)) == (3, 0, TaskState.DONE)


def test_an_address_that_changes_is_followed_without_preparing_anew(unit, make, draft) -> None:
    stock = make.stock("10")
    order = confirmed(unit, draft, (stock.product, "4"))
    request, preparation = taken_over(order)
    finish(unit, preparation)
    order.address = "Minsheng Rd. 2"
    follow(unit, order)

    assert request.address == "Minsheng Rd. 2"
    assert session().scalars(preparations_of(request.id)).all() == [preparation]


def test_less_of_what_has_left_is_refused(unit, make, draft) -> None:
    stock = make.stock("10")
    order = confirmed(unit, draft, (stock.product, "4"))
    request, preparation = taken_over(order)
    finish(unit, preparation)
    (line,) = request.lines
    issue_reserved({line: Decimal(4)}, by=unit.user, at=NOW, source="SH-1")
    count_shipped({line: Decimal(4)}, by=unit.user)
    order.lines.pop()

    with pytest.raises(ShippedBeyond):
        follow_order(order, by=unit.user, on=today(), at=NOW)


def test_orders_confirmed_while_logistics_was_off_are_picked_up_once(unit, make, draft) -> None:
    stock, service = make.stock("10"), make.product(kind=ProductKind.SERVICE)
    unit.on -= {"logistics"}
    waiting = [confirmed(unit, draft, (stock.product, "4")) for _more in "ab"]
    confirmed(unit, draft, (service, "1"))
    unit.on |= {"logistics"}
    before = [session().scalar(request_from(one.id)) for one in waiting]

    pick_up_open_orders(make.warehouse(), by=unit.user, at=NOW)

    after = [taken_over(one)[0].state for one in waiting]
    assert (before, after) == ([None, None], [RequestState.REQUESTED] * 2)
    with pytest.raises(NothingToPickUp):
        pick_up_open_orders(make.warehouse(), by=unit.user, at=NOW)
