"""Goods leave, arrive or come back, and the order comes to its end."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bumen import IllegalTransition, session
from bumen.documents.flow_settings import FlowSetting
from bumen.documents.moving import StepIsOthers
from bumen_base.models import PaymentMethod
from bumen_sales.errors import (
    ArrivedBeforeShipped,
    GoodsAreNotPaid,
    GoodsHaveLeft,
    LineIsNotOfOrder,
    MoreThanOrdered,
    MoreThanShipped,
    NothingToShip,
    OrderIsNotOnItsWay,
    OrderIsNotSettled,
    QuantitiesAreUnclear,
)
from bumen_sales.events import OrderClosed, OrderDelivered, OrderShipped
from bumen_sales.models import (
    OrderState,
    TaskKind,
    TaskState,
    slips_of,
)
from bumen_sales.services import (
    cancel_order,
    close_order,
    confirm_arrival_by_hand,
    credit_used,
    deliver_lines,
    goods_are_ready,
    issue_slip,
    payment_changed,
    return_lines,
    ship_by_hand,
    ship_lines,
)
from bumen_sales.tests.carried import NOW, everything, pay, states


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


def test_goods_of_a_prepaid_order_that_has_grown_wait_for_the_rest_of_the_money(
    unit, confirmed
) -> None:
    order = confirmed(PaymentMethod.PREPAID)
    goods_are_ready(order, by=unit.user, at=NOW)
    pay(order)
    issue_slip(order, by=unit.user, on=NOW.date())
    order.total, order.due = order.paid + 105, Decimal(105)
    session().flush()

    with pytest.raises(GoodsAreNotPaid) as refused:
        ship_lines(order, everything(order), by=unit.user, at=NOW)

    assert refused.value.message.in_language("en") == (
        f"The goods of order {order.number} cannot leave yet: 105.00 are still to be paid"
        " beforehand."
    )
    assert [line.shipped for line in order.lines] == [0, 0]


def test_a_part_is_shipped_only_by_who_may_ship_all(unit, released) -> None:
    session().add(FlowSetting(resource="sales.orders", step="ship", roles=["sales.finance"]))
    order = released()

    with pytest.raises(StepIsOthers):
        ship_by_hand(order, by=unit.user, at=NOW, quantities="1: 1")

    assert order.lines[0].shipped == 0


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


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("six", QuantitiesAreUnclear),
        ("1: many", QuantitiesAreUnclear),
        ("1: NaN", QuantitiesAreUnclear),
        ("1: 1e99", QuantitiesAreUnclear),
        ("1: 0.0001", QuantitiesAreUnclear),
        ("1: 3, 1: 2", QuantitiesAreUnclear),
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
