"""Orders that go beyond credit or allowance are held until others agree."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import select

from bumen import BusinessError, CurrentCompany, current, run_action, session
from bumen.host import Host
from bumen.records import change_record, create_record
from bumen_base.models import PaymentMethod
from bumen_base.services import grant_credit
from bumen_sales.events import OrderConfirmed, OrderHeld
from bumen_sales.models import Order, OrderState
from bumen_sales.resources import DiscountAllowances, Orders
from bumen_sales.services import confirm_order, credit_used, take_back_order
from bumen_sales.services.excess import measure_credit

ON_ACCOUNT = PaymentMethod.ON_ACCOUNT


@pytest.fixture
def on_account(make) -> Callable[..., Order]:
    """A function that makes an order on account of 105.00 for a customer with a credit limit."""

    def made(*, limit: str) -> Order:
        customer = make.customer(payment_method=ON_ACCOUNT)
        grant_credit(customer, by=None, credit_limit=Decimal(limit))
        return make.order(customer_id=customer.id)

    return made


@pytest.mark.parametrize(
    ("limit", "state", "over"),
    [
        ("105.00", OrderState.CONFIRMED, None),
        ("104.99", OrderState.HELD, "0.01"),
        ("0", OrderState.HELD, "105.00"),
    ],
)
def test_an_order_on_account_is_held_beyond_the_credit_limit(
    unit, on_account, limit, state, over
) -> None:
    order = on_account(limit=limit)

    confirm_order(order, by=unit.user)

    assert order.state is state
    assert order.over_limit == (over and Decimal(over))


@pytest.mark.parametrize("method", [PaymentMethod.PREPAID, PaymentMethod.CASH_ON_DELIVERY])
def test_what_is_paid_at_once_needs_no_credit(unit, make, method) -> None:
    order = make.order()
    order.payment_method = method

    confirm_order(order, by=unit.user)

    assert order.state is OrderState.CONFIRMED


def test_what_is_owed_already_counts_and_what_was_cancelled_does_not(unit, make) -> None:
    customer = make.customer(payment_method=ON_ACCOUNT)
    grant_credit(customer, by=None, credit_limit=Decimal("210.00"))
    first, second, third = (make.order(customer_id=customer.id) for _ in range(3))
    confirm_order(first, by=unit.user)
    confirm_order(second, by=unit.user)
    session().flush()
    assert credit_used(customer) == Decimal("210.00")

    run_action(Orders, second, "cancel", {"reason": "x"}, by=unit.user, version=second.version)
    confirm_order(third, by=unit.user)

    assert third.state is OrderState.CONFIRMED


def test_a_held_order_is_told_of_and_not_promised(unit, on_account) -> None:
    order = on_account(limit="0")

    confirm_order(order, by=unit.user)

    assert unit._events == [OrderHeld(order.id)]
    assert OrderConfirmed(order.id) not in unit._events


def test_a_held_order_cannot_be_changed(unit, on_account) -> None:
    order = on_account(limit="0")
    confirm_order(order, by=unit.user)
    session().flush()

    with pytest.raises(BusinessError):
        change_record(Orders, order, {"phone": "1"}, by=unit.user, version=order.version)


def test_an_order_that_is_taken_back_is_a_draft_that_is_worked_out_anew(unit, on_account) -> None:
    order = on_account(limit="0")
    confirm_order(order, by=unit.user)

    take_back_order(order, by=unit.user)

    assert order.state is OrderState.DRAFT
    assert order.over_limit == Decimal("105.00")
    grant_credit(order.customer, by=None, credit_limit=Decimal(1000))
    confirm_order(order, by=unit.user)
    assert order.state is OrderState.CONFIRMED


@pytest.mark.parametrize(
    ("said", "over"),
    [
        ({"discount": "15"}, None),
        ({"discount": "20"}, "5.0000"),
        ({"unit_price": "80"}, "5.0000"),
        ({"unit_price": "90", "discount": "10"}, "4.0000"),
    ],
)
def test_a_discount_beyond_the_allowance_is_held_however_it_is_given(
    unit, make, said, over
) -> None:
    create_record(DiscountAllowances, {"percent": "15"}, by=unit.user)
    line = {"product_id": make.product().id, "quantity": "1", **said}
    order = make.order(lines=[line], payment_method="prepaid")

    confirm_order(order, by=unit.user)

    assert order.over_allowance == (over and Decimal(over))
    assert order.state is (OrderState.HELD if over else OrderState.CONFIRMED)


def test_the_own_allowance_goes_before_that_of_everybody_else(unit, make) -> None:
    me = make.employee(user_id=unit.user.id)
    create_record(DiscountAllowances, {"percent": "5"}, by=unit.user)
    create_record(DiscountAllowances, {"percent": "30", "employee_id": me.id}, by=unit.user)
    line = {"product_id": make.product().id, "quantity": "1", "discount": "30"}
    order = make.order(lines=[line], payment_method="prepaid")

    confirm_order(order, by=unit.user)

    assert order.state is OrderState.CONFIRMED


def test_without_any_allowance_nobody_is_limited(unit, make) -> None:
    line = {"product_id": make.product().id, "quantity": "1", "discount": "100"}
    order = make.order(lines=[line], payment_method="prepaid")

    confirm_order(order, by=unit.user)

    assert order.state is OrderState.CONFIRMED


def test_of_two_allowances_for_everybody_else_the_smaller_counts(unit, make) -> None:
    for percent in ("20", "5"):
        made = create_record(DiscountAllowances, {"percent": percent}, by=unit.user)
    assert len(DiscountAllowances.doubts_about(made)) == 1
    line = {"product_id": make.product().id, "quantity": "1", "discount": "10"}
    order = make.order(lines=[line], payment_method="prepaid")

    confirm_order(order, by=unit.user)

    assert order.over_allowance == Decimal(5)


def test_of_two_orders_confirmed_at_once_the_second_sees_the_first(
    host: Host, company: CurrentCompany, make
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        customer = make.customer(payment_method=ON_ACCOUNT)
        grant_credit(customer, by=None, credit_limit=Decimal("150.00"))
        idents = [make.order(customer_id=customer.id).id for _ in range(2)]
    meeting = Barrier(2)

    def confirm(ident: int) -> None:
        with host.unit_of_work(company=company.code, by="admin"):
            order = session().get_one(Order, ident)
            if not host.database.is_sqlite:  # SQLite has one writer: the second one waits
                meeting.wait(timeout=20)
            run_action(Orders, order, "confirm", {}, by=current().user, version=order.version)

    with ThreadPoolExecutor(max_workers=2) as people:
        list(people.map(confirm, idents))

    with host.unit_of_work(company=company.code, by="admin"):
        states = sorted(session().scalars(select(Order.state)))
    assert states == [OrderState.CONFIRMED, OrderState.HELD]


def test_what_is_owed_is_worked_out_again_when_a_held_order_is_approved(unit, on_account) -> None:
    order = on_account(limit="0")
    confirm_order(order, by=unit.user)
    grant_credit(order.customer, by=None, credit_limit=Decimal("100.00"))
    session().flush()

    measure_credit(order)

    assert order.over_limit == Decimal("5.00")


def test_a_draft_says_beforehand_how_far_it_would_go(unit, on_account) -> None:
    order = on_account(limit="100")

    assert (order.state, order.over_limit) == (OrderState.DRAFT, Decimal("5.00"))
