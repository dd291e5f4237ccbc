"""Orders leave their draft: confirmed, or cancelled."""

import pytest

from bumen import IllegalTransition, InvalidInput, run_action
from bumen.errors import StaleVersion
from bumen_base.services import archive_customer, block_customer
from bumen_sales.errors import (
    CancellationNeedsReason,
    CustomerIsArchived,
    CustomerIsBlocked,
    OrderIsEmpty,
    OrderIsIncomplete,
    ProductsAreArchived,
)
from bumen_sales.events import OrderCancelled, OrderConfirmed
from bumen_sales.models import OrderState
from bumen_sales.resources import Orders
from bumen_sales.services import cancel_order, confirm_order


def test_a_complete_order_is_confirmed_and_everybody_is_told(unit, make) -> None:
    order = make.order()

    confirm_order(order, by=unit.user)

    assert order.state is OrderState.CONFIRMED
    assert unit._events == [OrderConfirmed(order.id)]


def test_an_empty_order_cannot_be_confirmed(unit, make) -> None:
    order = make.order(lines=[])

    with pytest.raises(OrderIsEmpty) as refused:
        confirm_order(order, by=unit.user)

    assert list(refused.value.fields) == ["lines"]
    assert order.state is OrderState.DRAFT


@pytest.mark.parametrize("field", ["payment_method", "consignee", "phone", "address"])
def test_an_incomplete_order_cannot_be_confirmed(unit, make, field) -> None:
    order = make.order()
    setattr(order, field, None)

    with pytest.raises(OrderIsIncomplete) as refused:
        confirm_order(order, by=unit.user)

    assert list(refused.value.fields) == [field]
    assert order.state is OrderState.DRAFT


def test_everything_that_is_missing_is_named_at_once(unit, make) -> None:
    customer = make.customer(contacts=[], addresses=[])
    order = make.order(customer_id=customer.id, consignee="Lin Mei")

    with pytest.raises(OrderIsIncomplete) as refused:
        confirm_order(order, by=unit.user)

    assert list(refused.value.fields) == ["address", "phone"]
    assert refused.value.message.in_language("en") == (
        f"Order {order.number} cannot be confirmed yet."
        " Please say where the goods are to be delivered."
        " Please give the number to call when the goods arrive."
    )
    assert refused.value.message.in_language("zh_Hant") == (
        f"訂單 {order.number} 還不能確認。請填寫收貨地址。請填寫到貨時的聯絡電話。"
    )


def test_an_order_of_a_blocked_customer_cannot_be_confirmed(unit, make) -> None:
    order = make.order()
    block_customer(order.customer, by=unit.user, reason="Does not pay")

    with pytest.raises(CustomerIsBlocked) as refused:
        confirm_order(order, by=unit.user)

    assert list(refused.value.fields) == ["customer_id"]
    assert order.state is OrderState.DRAFT


def test_an_order_of_an_archived_customer_cannot_be_confirmed(unit, make) -> None:
    order = make.order()
    archive_customer(order.customer, by=unit.user)

    with pytest.raises(CustomerIsArchived) as refused:
        confirm_order(order, by=unit.user)

    assert list(refused.value.fields) == ["customer_id"]


def test_an_order_for_archived_products_cannot_be_confirmed(unit, make) -> None:
    products = [make.product(), make.product(), make.product()]
    order = make.order(lines=[{"product_id": one.id, "quantity": "1"} for one in products])
    products[0].active = products[2].active = False

    with pytest.raises(ProductsAreArchived) as refused:
        confirm_order(order, by=unit.user)

    assert list(refused.value.fields) == ["lines.0.product_id", "lines.2.product_id"]
    assert order.state is OrderState.DRAFT


def test_an_order_is_confirmed_only_once(unit, make) -> None:
    order = make.order()
    confirm_order(order, by=unit.user)

    with pytest.raises(IllegalTransition):
        confirm_order(order, by=unit.user)

    assert unit._events == [OrderConfirmed(order.id)]


def test_who_confirms_what_somebody_else_has_changed_is_told(unit, make) -> None:
    order = make.order()

    with pytest.raises(StaleVersion):
        run_action(Orders, order, "confirm", {}, by=unit.user, version=order.version - 1)

    assert order.state is OrderState.DRAFT


@pytest.mark.parametrize("confirmed_before", [False, True], ids=["draft", "confirmed"])
def test_an_order_is_cancelled_with_the_reason(unit, make, confirmed_before) -> None:
    order = make.order()
    if confirmed_before:
        confirm_order(order, by=unit.user)

    cancel_order(order, by=unit.user, reason=" Ordered twice ")

    assert (order.state, order.cancellation_reason) == (OrderState.CANCELLED, "Ordered twice")
    assert unit._events[-1] == OrderCancelled(order.id)


def test_an_order_is_not_cancelled_without_a_reason(unit, make) -> None:
    order = make.order()

    with pytest.raises(CancellationNeedsReason) as refused:
        cancel_order(order, by=unit.user, reason="  ")

    assert list(refused.value.fields) == ["reason"]
    assert order.state is OrderState.DRAFT


def test_people_are_asked_for_the_reason(unit, make) -> None:
    order = make.order()

    with pytest.raises(InvalidInput) as refused:
        run_action(Orders, order, "cancel", {}, by=unit.user, version=order.version)

    assert list(refused.value.fields) == ["reason"]


@pytest.mark.parametrize("step", ["confirm", "cancel"])
def test_a_cancelled_order_stays_cancelled(unit, make, step) -> None:
    order = make.order()
    cancel_order(order, by=unit.user, reason="Ordered twice")
    said = {"reason": "Once more"} if step == "cancel" else {}

    with pytest.raises(IllegalTransition):
        run_action(Orders, order, step, said, by=unit.user, version=order.version)

    assert order.cancellation_reason == "Ordered twice"
