"""A confirmed order is carried out: three tasks, the slip, the road, the end."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import IllegalTransition, session, today
from bumen_base.models import PaymentMethod
from bumen_base.services import grant_credit
from bumen_sales.errors import (
    ArrivedBeforeShipped,
    GoodsHaveLeft,
    LineIsNotOfOrder,
    MoreThanOrdered,
    MoreThanShipped,
    NothingToShip,
    OrderIsNotOnItsWay,
    OrderIsNotSettled,
    ProgressIsEmpty,
    PromisedInThePast,
    QuantitiesAreUnclear,
    SlipIsTooEarly,
    TaskIsDone,
)
from bumen_sales.events import OrderClosed, OrderDelivered, OrderShipped, SlipIssued
from bumen_sales.models import (
    Order,
    OrderState,
    ProgressEntry,
    SalesSlip,
    TaskKind,
    TaskState,
    WaitsFor,
    late_orders,
    slips_of,
    task_of,
    tasks_of,
)
from bumen_sales.services import (
    answer_payment,
    cancel_order,
    close_order,
    confirm_arrival_by_hand,
    confirm_order,
    credit_used,
    deliver_lines,
    goods_are_not_ready,
    goods_are_ready,
    issue_slip,
    payment_changed,
    promise_goods,
    ready_by_hand,
    reissue_slip,
    report_progress,
    return_lines,
    ship_by_hand,
    ship_lines,
)

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
COD = PaymentMethod.CASH_ON_DELIVERY


@pytest.fixture
def confirmed(unit, make):
    """A function that makes a confirmed order of two lines: 6 and 3, paid as it is told."""

    def made(method: PaymentMethod = COD, **said) -> Order:
        lines = [{"product_id": make.product().id, "quantity": much} for much in ("6", "3")]
        order = make.order(lines=lines, payment_method=method.value, **said)
        if method is PaymentMethod.ON_ACCOUNT:
            grant_credit(order.customer, by=None, credit_limit=Decimal(100_000))
        confirm_order(order, by=unit.user)
        session().flush()
        return order

    return made


@pytest.fixture
def released(unit, confirmed):
    """A function that makes an order with its sales slip."""

    def made(method: PaymentMethod = COD, **said) -> Order:
        order = confirmed(method, **said)
        goods_are_ready(order, by=unit.user, at=NOW)
        issue_slip(order, by=unit.user, on=NOW.date())
        return order

    return made


def pay(order: Order) -> None:
    order.paid, order.due = order.total, Decimal(0)
    session().flush()
    payment_changed(order, by=None, at=NOW)


def states(order: Order) -> dict[TaskKind, TaskState]:
    return {task.kind: task.state for task in session().scalars(tasks_of(order))}


def everything(order: Order) -> dict[int, Decimal]:
    return {line.id: line.quantity for line in order.lines}


@pytest.mark.parametrize(
    ("method", "payment", "waits_for"),
    [
        (PaymentMethod.PREPAID, TaskState.OPEN, WaitsFor.BOTH),
        (PaymentMethod.ON_ACCOUNT, TaskState.DONE, WaitsFor.GOODS),
        (COD, TaskState.DONE, WaitsFor.GOODS),
    ],
)
def test_three_tasks_begin_when_an_order_is_confirmed(
    confirmed, method, payment, waits_for
) -> None:
    order = confirmed(method)

    assert states(order) == {
        TaskKind.GOODS: TaskState.OPEN,
        TaskKind.PAYMENT: payment,
        TaskKind.VEHICLE: TaskState.OPEN,
    }
    assert order.waits_for is waits_for


def test_a_slip_is_refused_with_all_that_is_missing(unit, confirmed) -> None:
    order = confirmed(PaymentMethod.PREPAID)

    with pytest.raises(SlipIsTooEarly) as refused:
        issue_slip(order, by=unit.user, on=NOW.date())

    assert refused.value.message.in_language("en") == (
        f"The sales slip of order {order.number} cannot be issued yet. The goods are not ready."
        " 945.00 are still to be paid beforehand."
    )
    assert order.state is OrderState.CONFIRMED


def test_a_slip_is_refused_until_goods_are_ready_and_says_when_they_will_be(
    unit, confirmed
) -> None:
    order = confirmed()
    promise_goods(order, order.ordered_on, by=unit.user, why="Out of boxes")

    with pytest.raises(SlipIsTooEarly) as refused:
        issue_slip(order, by=unit.user, on=NOW.date())

    assert f"promised for {order.ordered_on}" in refused.value.message.in_language("en")


def test_a_prepaid_order_waits_for_its_money_and_waits_again_when_it_is_gone(
    unit, confirmed
) -> None:
    order = confirmed(PaymentMethod.PREPAID)
    goods_are_ready(order, by=unit.user, at=NOW)
    assert order.waits_for is WaitsFor.PAYMENT

    pay(order)
    assert (states(order)[TaskKind.PAYMENT], order.waits_for) == (TaskState.DONE, WaitsFor.SLIP)

    order.paid, order.due = Decimal(0), order.total
    session().flush()
    payment_changed(order, by=None, at=NOW)

    assert order.waits_for is WaitsFor.PAYMENT
    with pytest.raises(SlipIsTooEarly):
        issue_slip(order, by=unit.user, on=NOW.date())


def test_a_slip_has_a_number_of_its_own_and_says_how_it_is_paid(unit, released) -> None:
    order = released()

    slip = session().scalars(slips_of(order)).one()
    assert (slip.number, slip.version_number) == ("SL-2026-00001", 1)
    assert (slip.payment_method, slip.current) == (COD, True)
    assert (order.state, order.slip_number) == (OrderState.RELEASED, slip.number)
    assert unit._events[-1] == SlipIssued(order.id, slip.id)


def test_a_slip_is_issued_once(unit, released) -> None:
    order = released()

    with pytest.raises(IllegalTransition):
        issue_slip(order, by=unit.user, on=NOW.date())

    assert len(session().scalars(select(SalesSlip)).all()) == 1


def test_a_slip_that_is_issued_anew_keeps_its_number(unit, released) -> None:
    order = released()

    reissue_slip(order, by=unit.user, on=NOW.date())

    found = session().scalars(slips_of(order)).all()
    assert [(one.number, one.version_number, one.current) for one in found] == [
        ("SL-2026-00001", 2, True),
        ("SL-2026-00001", 1, False),
    ]
    assert order.slip_version == 2


def test_an_order_is_shipped_once_all_of_it_has_left(unit, released) -> None:
    order = released()
    first, second = order.lines

    ship_lines(order, {first.id: Decimal(2)}, by=unit.user, at=NOW)
    assert (order.state, states(order)[TaskKind.VEHICLE]) == (OrderState.RELEASED, TaskState.DONE)

    ship_lines(order, {first.id: Decimal(4), second.id: Decimal(3)}, by=unit.user, at=NOW)
    assert (order.state, order.shipped_at) == (OrderState.SHIPPED, NOW)
    assert unit._events[-1] == OrderShipped(order.id)


def test_no_more_is_shipped_delivered_or_taken_back_than_there_is(unit, released) -> None:
    order = released()
    line = order.lines[0]
    for step, error in ((ship_lines, MoreThanOrdered), (return_lines, MoreThanShipped)):
        with pytest.raises(error) as refused:
            step(order, {line.id: Decimal("6.001")}, by=unit.user, at=NOW)
        assert list(refused.value.fields) == ["quantities"]
    with pytest.raises(MoreThanShipped):
        deliver_lines(order, {line.id: Decimal(1)}, by=unit.user, at=NOW, signed_by="Lin")
    assert (line.shipped, line.delivered) == (0, 0)


@pytest.mark.parametrize("quantity", ["0", "-1"])
def test_nothing_or_less_is_not_shipped(unit, released, quantity) -> None:
    order = released()

    with pytest.raises(NothingToShip):
        ship_lines(order, {order.lines[0].id: Decimal(quantity)}, by=unit.user, at=NOW)
    with pytest.raises(NothingToShip):
        ship_lines(order, {}, by=unit.user, at=NOW)


def test_lines_of_another_order_are_not_shipped(unit, released) -> None:
    order, other = released(), released()

    with pytest.raises(LineIsNotOfOrder):
        ship_lines(order, everything(other), by=unit.user, at=NOW)


def test_what_came_back_is_still_to_be_shipped(unit, released) -> None:
    order = released()
    ship_lines(order, everything(order), by=unit.user, at=NOW)

    return_lines(order, {order.lines[0].id: Decimal(5)}, by=unit.user, at=NOW)

    assert (order.state, order.lines[0].shipped) == (OrderState.RELEASED, 1)
    ship_lines(order, {order.lines[0].id: Decimal(5)}, by=unit.user, at=NOW)
    assert order.state is OrderState.SHIPPED


def test_an_order_is_delivered_once_all_of_it_arrived_and_closed_once_it_is_paid(
    unit, released
) -> None:
    order = released(PaymentMethod.ON_ACCOUNT)
    ship_lines(order, everything(order), by=unit.user, at=NOW)
    first, second = order.lines

    deliver_lines(order, {first.id: Decimal(6)}, by=unit.user, at=NOW, signed_by="Lin")
    assert order.state is OrderState.SHIPPED
    deliver_lines(order, {second.id: Decimal(3)}, by=unit.user, at=NOW, signed_by="Chen")
    assert (order.state, order.signed_by) == (OrderState.DELIVERED, "Chen")
    assert unit._events[-1] == OrderDelivered(order.id)
    assert credit_used(order.customer) == order.total
    with pytest.raises(OrderIsNotSettled):
        close_order(order, by=unit.user, at=NOW)

    pay(order)
    assert (order.state, order.closed_at) == (OrderState.CLOSED, NOW)
    assert unit._events[-1] == OrderClosed(order.id)
    assert credit_used(order.customer) == 0


def test_what_is_paid_beforehand_is_closed_when_it_arrives(unit, confirmed) -> None:
    order = confirmed(PaymentMethod.PREPAID)
    goods_are_ready(order, by=unit.user, at=NOW)
    pay(order)
    issue_slip(order, by=unit.user, on=NOW.date())
    ship_lines(order, everything(order), by=unit.user, at=NOW)

    deliver_lines(order, everything(order), by=unit.user, at=NOW, signed_by="Lin")

    assert order.state is OrderState.CLOSED


def test_a_closed_order_is_taken_up_again_when_its_money_is_gone(unit, released) -> None:
    order = released()
    ship_lines(order, everything(order), by=unit.user, at=NOW)
    deliver_lines(order, everything(order), by=unit.user, at=NOW, signed_by="Lin")
    pay(order)

    order.paid, order.due = Decimal(0), order.total
    session().flush()
    payment_changed(order, by=None, at=NOW)

    assert (order.state, order.closed_at) == (OrderState.DELIVERED, None)


def test_an_order_that_is_not_delivered_is_not_closed(unit, released) -> None:
    order = released()
    pay(order)

    with pytest.raises(IllegalTransition):
        close_order(order, by=unit.user, at=NOW)


def test_a_cancelled_order_ends_its_tasks_and_voids_its_slip(unit, released) -> None:
    order = released()

    cancel_order(order, by=unit.user, reason="Moved away")

    assert set(states(order).values()) == {TaskState.DONE, TaskState.DROPPED}
    assert [one.current for one in session().scalars(slips_of(order))] == [False]
    with pytest.raises(OrderIsNotOnItsWay):
        goods_are_ready(order, by=unit.user, at=NOW)


def test_an_order_is_not_cancelled_once_goods_have_left(unit, released) -> None:
    order = released()
    ship_lines(order, {order.lines[0].id: Decimal(1)}, by=unit.user, at=NOW)

    with pytest.raises(GoodsHaveLeft):
        cancel_order(order, by=unit.user, reason="Moved away")


def test_progress_is_written_down_and_may_bring_a_new_day(unit, confirmed) -> None:
    order = confirmed()
    day = today() + timedelta(days=3)

    report_progress(order, " Half is packed ", by=unit.user, at=NOW, promised_on=day)

    entry = session().scalars(select(ProgressEntry)).one()
    assert (entry.what, entry.by, entry.at) == ("Half is packed", unit.user, NOW)
    assert session().scalars(task_of(order, TaskKind.GOODS)).one().promised_on == day
    with pytest.raises(ProgressIsEmpty):
        report_progress(order, "  ", by=unit.user, at=NOW)
    with pytest.raises(PromisedInThePast):
        promise_goods(order, order.ordered_on - timedelta(days=1), by=unit.user, why="x")


def test_of_answers_about_the_money_the_first_counts(unit, confirmed) -> None:
    order = confirmed(PaymentMethod.PREPAID)
    task = session().scalars(task_of(order, TaskKind.PAYMENT)).one()
    begun = task.begun_at

    answer_payment(order, by=unit.user, at=begun + timedelta(hours=1, minutes=30), note="Not yet")
    answer_payment(order, by=unit.user, at=begun + timedelta(hours=9), note="On Monday")

    assert (task.hours, task.note, task.state) == (Decimal("1.500"), "On Monday", TaskState.OPEN)


def test_goods_that_are_needed_elsewhere_are_waited_for_again(unit, confirmed) -> None:
    order = confirmed()
    goods_are_ready(order, by=unit.user, at=NOW)
    goods_are_not_ready(order, by=unit.user, at=NOW)

    assert (states(order)[TaskKind.GOODS], order.waits_for) == (TaskState.OPEN, WaitsFor.GOODS)


def test_a_task_is_reported_by_hand_only_once(unit, confirmed) -> None:
    order = confirmed()
    ready_by_hand(order, by=unit.user, at=NOW)

    with pytest.raises(TaskIsDone):
        ready_by_hand(order, by=unit.user, at=NOW)


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("six", QuantitiesAreUnclear),
        ("1: many", QuantitiesAreUnclear),
        ("1: NaN", QuantitiesAreUnclear),
        ("9: 1", LineIsNotOfOrder),
        ("0: 1", LineIsNotOfOrder),
        ("1: 7", MoreThanOrdered),
    ],
)
def test_quantities_that_cannot_be_read_are_refused(unit, released, written, error) -> None:
    order = released()

    with pytest.raises(error) as refused:
        ship_by_hand(order, by=unit.user, at=NOW, quantities=written)

    assert list(refused.value.fields) == ["quantities"]


def test_quantities_are_read_as_they_are_written_in_either_script(unit, released) -> None:
    order = released()

    ship_by_hand(order, by=unit.user, at=NOW, carrier="Hsin", quantities="1：6，2: 1.5")

    assert [line.shipped for line in order.lines] == [Decimal(6), Decimal("1.5")]
    assert order.carrier == "Hsin"


@pytest.mark.parametrize("days", [-1, 1], ids=["before it left", "still to come"])
def test_goods_do_not_arrive_before_they_left_nor_tomorrow(unit, released, days) -> None:
    order = released()
    ship_by_hand(order, by=unit.user, at=NOW)

    with pytest.raises(ArrivedBeforeShipped):
        confirm_arrival_by_hand(
            order,
            by=unit.user,
            at=NOW,
            on=NOW.date(),
            arrived_on=NOW.date() + timedelta(days=days),
            signed_by="Lin",
        )


def test_late_is_what_was_wanted_before_today_and_has_not_arrived(unit, confirmed) -> None:
    day = today()
    late, _in_time = (confirmed(ordered_on=day, requested_on=day) for _ in range(2))
    _in_time.requested_on = day + timedelta(days=1)
    make_late = day + timedelta(days=1)

    found = session().scalars(late_orders(make_late)).all()

    assert found == [late]
