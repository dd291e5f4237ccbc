"""What has been promised is changed wholly, once the manager agrees. A4.3.6."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import BusinessError, CurrentCompany, User, run_action, session
from bumen.host import Host
from bumen_base.models import PaymentMethod
from bumen_base.services import grant_credit
from bumen_sales.errors import NothingChanges
from bumen_sales.events import OrderChanged
from bumen_sales.models import (
    ChangeState,
    OrderChange,
    OrderState,
    TaskKind,
    TaskState,
    slips_of,
    task_of,
)
from bumen_sales.resources import OrderChanges
from bumen_sales.services import (
    begin_change,
    confirm_order,
    deliver_lines,
    ship_lines,
    submit_change,
)

DAY, NOW = date(2026, 7, 1), datetime(2026, 7, 1, 9, tzinfo=UTC)


def test_a_change_begun_on_the_order_holds_all_it_is_now(unit, order) -> None:
    begin_change(order, by=unit.user, on=DAY, reason="Fewer guests")
    session().flush()

    change = session().scalars(select(OrderChange)).one()
    assert [(one.line_number, one.product.name, one.quantity) for one in change.lines] == [
        (1, "Tea", Decimal(10)),
        (2, "Cup", Decimal(4)),
    ]
    assert (change.consignee, change.total_before, change.difference) == (
        order.consignee,
        Decimal("1260.00"),
        Decimal(0),
    )
    with pytest.raises(NothingChanges):
        submit_change(change, by=unit.user)


def of_lines(order) -> list[tuple[str, Decimal, Decimal]]:
    """Return what an order sells, how much of it, and for how much."""
    return [(one.product.name, one.quantity, one.untaxed) for one in order.lines]


def test_an_approved_change_is_applied_to_lines_amounts_and_delivery(
    unit, make, order, change, agree
) -> None:
    pot = make.product(name="Pot", list_price=200)
    wanted = change(
        order,
        {"line_number": 1, "quantity": "6", "discount": "10"},
        {"line_number": 2, "quantity": "0"},
        {"product_id": pot.id, "quantity": "1"},
        requested_on="2026-08-01",
        address="Elsewhere 2",
    )
    # 6 × 100 less 10 % = 540, and 200: 740 with 5 % of tax
    assert (wanted.total_after, wanted.difference) == (Decimal("777.00"), Decimal("-483.00"))
    assert order.total == Decimal("1260.00")

    agree(wanted)

    session().refresh(order)
    assert of_lines(order) == [("Tea", 6, Decimal(540)), ("Pot", 1, Decimal(200))]
    assert (order.total, order.due, order.requested_on, order.address) == (
        Decimal("777.00"),
        Decimal("777.00"),
        date(2026, 8, 1),
        "Elsewhere 2",
    )
    assert wanted.state is ChangeState.APPROVED
    assert OrderChanged(order.id) in unit._events


@pytest.mark.parametrize(("quantity", "state"), [("11", TaskState.OPEN), ("9", TaskState.DONE)])
def test_where_goods_grow_they_are_prepared_again_and_the_slip_is_issued_anew(
    released, change, agree, quantity, state
) -> None:
    agree(change(released, {"line_number": 1, "quantity": quantity}))

    slips = session().scalars(slips_of(released)).all()
    assert [(one.version_number, one.current) for one in slips] == [(2, True), (1, False)]
    assert len({one.number for one in slips}) == 1
    assert session().scalars(task_of(released, TaskKind.GOODS)).one().state is state


def test_the_money_for_a_prepaid_order_that_grows_is_waited_for_again(
    unit, make, change, agree
) -> None:
    order = make.order(payment_method="prepaid")
    confirm_order(order, by=unit.user)
    order.paid, order.due = order.total, Decimal(0)
    session().flush()

    agree(change(order, {"line_number": 1, "quantity": "2"}))

    assert order.due == Decimal("105.00")
    assert session().scalars(task_of(order, TaskKind.PAYMENT)).one().state is TaskState.OPEN


def test_a_change_says_how_far_it_goes_beyond_the_credit(unit, make, change) -> None:
    customer = make.customer(payment_method=PaymentMethod.ON_ACCOUNT)
    grant_credit(customer, by=None, credit_limit=Decimal(300))
    first, second = (make.order(customer_id=customer.id) for _ in range(2))
    for one in (first, second):
        confirm_order(one, by=unit.user)
        session().flush()

    within = change(first, {"line_number": 1, "quantity": "1.5"})
    beyond = change(first, {"line_number": 1, "quantity": "3"})

    # 210 is owed already: two boxes more are 210 more, and 300 may be
    assert (within.over_limit, beyond.over_limit) == (None, Decimal("120.00"))


def test_an_order_brought_down_to_what_has_left_is_shipped(unit, released, change, agree) -> None:
    tea, _cup = released.lines
    ship_lines(released, {tea.id: Decimal(7)}, by=unit.user, at=NOW)
    session().flush()
    less = ({"line_number": 1, "quantity": "7"}, {"line_number": 2, "quantity": "0"})

    wanted = change(released, *less)
    agree(wanted)

    assert (released.state, released.shipped_at) == (OrderState.SHIPPED, wanted.applied_at)
    deliver_lines(released, {tea.id: Decimal(7)}, by=unit.user, at=NOW, signed_by="Lin")
    assert released.state is OrderState.DELIVERED


def test_a_change_is_asked_for_agreed_to_by_the_manager_and_seen_on_the_order(
    host: Host, company: CurrentCompany, boss, make, login
) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        order = make.order(payment_method="cash_on_delivery")
        confirm_order(order, by=unit.user)
        ident = order.id
    seller, manager = login("admin"), login(boss)
    orders, changes = "/api/v1/sales/orders", "/api/v1/sales/order_changes"
    version = seller.get(f"{orders}/{ident}").json["result"]["version"]
    said = {"version": version, "reason": "More guests"}
    begun = seller.post(f"{orders}/{ident}/actions/change_order", json=said)
    assert begun.status_code == 200
    (made,) = seller.get(f"{changes}/").json["result"]
    whole = seller.get(f"{changes}/{made['id']}").json["result"]
    line = {"id": whole["lines"][0]["id"], "line_number": 1, "quantity": "3"}
    body = {"version": whole["version"], "lines": [line]}
    revised = seller.put(f"{changes}/{made['id']}", json=body).json["result"]
    assert (revised["total_before"], revised["total_after"]) == ("105.00", "315.00")

    where = f"{changes}/{made['id']}/actions"
    sent = seller.post(f"{where}/submit", json={"version": revised["version"]}).json["result"]
    assert sent["state"] == "submitted"
    early = seller.post(f"{where}/approve", json={"version": sent["version"], "opinion": "Me"})
    assert early.status_code != 200
    done = manager.post(f"{where}/approve", json={"version": sent["version"], "opinion": "Good"})

    assert done.json["result"]["state"] == "approved"
    assert manager.get(f"{orders}/{ident}").json["result"]["total"] == "315.00"


def test_a_refused_change_leaves_the_order_as_it_is(unit, order, change) -> None:
    wanted = change(order, {"line_number": 1, "quantity": "1"})
    submit_change(wanted, by=unit.user)
    session().flush()

    manager = session().scalars(select(User).where(User.username == "boss")).one()
    run_action(
        OrderChanges, wanted, "refuse", {"opinion": "No"}, by=manager, version=wanted.version
    )

    assert (wanted.state, order.total) == (ChangeState.REFUSED, Decimal("1260.00"))
    with pytest.raises(BusinessError):
        wanted.move("submit", by=unit.user)
