"""A confirmed order is carried out: three tasks, and the slip."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import IllegalTransition, session, today
from bumen_base.models import PaymentMethod
from bumen_sales.errors import (
    ProgressIsEmpty,
    PromisedInThePast,
    SlipIsTooEarly,
    TaskIsDone,
)
from bumen_sales.events import SlipIssued
from bumen_sales.models import (
    OrderState,
    ProgressEntry,
    SalesSlip,
    TaskKind,
    TaskState,
    WaitsFor,
    late_orders,
    slips_of,
    task_of,
)
from bumen_sales.services import (
    answer_payment,
    goods_are_not_ready,
    goods_are_ready,
    issue_slip,
    payment_changed,
    promise_goods,
    ready_by_hand,
    reissue_slip,
    report_progress,
)
from bumen_sales.tests.carried import COD, NOW, pay, states


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


def test_late_is_what_was_wanted_before_today_and_has_not_arrived(unit, confirmed) -> None:
    day = today()
    late, _in_time = (confirmed(ordered_on=day, requested_on=day) for _ in range(2))
    _in_time.requested_on = day + timedelta(days=1)
    make_late = day + timedelta(days=1)

    found = session().scalars(late_orders(make_late)).all()

    assert found == [late]
