"""What follows when orders are confirmed or cancelled, and what sales answers to others."""

from datetime import date
from decimal import Decimal

import pytest

from bumen import CurrentCompany, ask, session
from bumen.host import Host
from bumen_base.errors import CustomerHasDocuments
from bumen_base.hooks import base_documents_of_customers, base_turnover_of_customer
from bumen_base.models import Customer, CustomerState, Grade
from bumen_base.services import delete_customer
from bumen_sales.models import Order
from bumen_sales.services import cancel_order, confirm_order


@pytest.fixture
def at_work(host: Host, company: CurrentCompany):
    """A function that begins a unit of work of `admin`; each is committed at its end."""
    return lambda: host.unit_of_work(company=company.code, by="admin")


def bought(make, customer: Customer, price: int, *, day: str = "2026-03-02") -> Order:
    line = {"product_id": make.product(list_price=price).id, "quantity": "1"}
    return make.order(customer_id=customer.id, ordered_on=day, lines=[line])


@pytest.mark.parametrize("state", [CustomerState.PROSPECT, CustomerState.DORMANT])
def test_who_orders_becomes_an_active_customer(at_work, make, state) -> None:
    with at_work() as unit:
        customer = make.customer(state=state)
        confirm_order(bought(make, customer, 10), by=unit.user)

    with at_work():
        assert session().get_one(Customer, customer.id).state is CustomerState.ACTIVE


def test_who_is_active_already_stays_so(at_work, make, caplog) -> None:
    with at_work() as unit:
        customer = make.customer(state=CustomerState.ACTIVE)
        confirm_order(bought(make, customer, 10), by=unit.user)

    with at_work():
        assert session().get_one(Customer, customer.id).state is CustomerState.ACTIVE
    assert [one.message for one in caplog.records if one.name.startswith("bumen")] == []


def test_a_draft_changes_nothing_about_the_customer(at_work, make) -> None:
    with at_work():
        customer = make.customer()
        bought(make, customer, 2_000_000)

    with at_work():
        found = session().get_one(Customer, customer.id)
        assert (found.state, found.value_grade) == (CustomerState.PROSPECT, None)


def test_the_customer_is_graded_anew_when_an_order_is_confirmed_and_when_it_is_cancelled(
    at_work, make
) -> None:
    with at_work() as unit:
        customer = make.customer()
        order = make.order(
            customer_id=customer.id,
            lines=[{"product_id": make.product(list_price=2_000_000).id, "quantity": "1"}],
        )
        confirm_order(order, by=unit.user)

    with at_work() as unit:
        assert session().get_one(Customer, customer.id).value_grade is Grade.A
        cancel_order(session().get_one(Order, order.id), by=unit.user, reason="Ordered twice")

    with at_work():
        assert session().get_one(Customer, customer.id).value_grade is Grade.D


def test_turnover_is_what_was_confirmed_since_a_day_before_tax(unit, make) -> None:
    customer, other = make.customer(), make.customer()
    orders = [
        bought(make, customer, 1, day="2025-02-28"),
        bought(make, customer, 20, day="2025-03-01"),
        bought(make, customer, 300, day="2026-03-01"),
        bought(make, customer, 4_000, day="2026-03-02"),
        bought(make, other, 50_000),
    ]
    for order in orders:
        confirm_order(order, by=unit.user)
    cancel_order(orders[3], by=unit.user, reason="Ordered twice")
    bought(make, customer, 600_000)

    turnover = ask(base_turnover_of_customer, customer=customer, since=date(2025, 3, 1))

    assert turnover == [Decimal(320)]


def test_who_has_bought_nothing_has_a_turnover_of_nothing(unit, make) -> None:
    answers = ask(base_turnover_of_customer, customer=make.customer(), since=date(2025, 3, 1))

    assert answers == [Decimal(0)]


def test_every_order_is_a_document_of_its_customer(unit, make) -> None:
    customer = make.customer()
    bought(make, customer, 1)
    cancel_order(bought(make, customer, 1), by=unit.user, reason="Ordered twice")
    other = make.customer()
    make.order()

    counts = ask(base_documents_of_customers, customers=[customer, other])
    assert counts == [{customer.id: 2}]


def test_a_customer_with_an_order_cannot_be_deleted(unit, make) -> None:
    customer = make.customer()
    bought(make, customer, 1)

    with pytest.raises(CustomerHasDocuments):
        delete_customer(customer, by=unit.user)


def test_a_customer_without_orders_can_be_deleted(unit, make) -> None:
    customer = make.customer()

    delete_customer(customer, by=unit.user)
