"""What has been promised is changed wholly or not at all, and only as far as it can. A4.3.6."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import BusinessError, CurrentCompany, User, change_record, run_action, session
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen_base.models import PaymentMethod
from bumen_base.services import grant_credit
from bumen_sales.errors import (
    ChangeDropsEverything,
    FurtherLineIsIncomplete,
    LessThanShipped,
    LineIsNamedTwice,
    LineKeepsItsProduct,
    MoreIsPaid,
    NoSuchLine,
    NothingChanges,
    OrderCannotBeChanged,
    OrderHasChangedSince,
    ProductsAreArchived,
    RequestedBeforeOrdered,
)
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
    goods_are_ready,
    issue_slip,
    ship_lines,
    submit_change,
)

DAY, NOW = date(2026, 7, 1), datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def boss(host: Host, company: CurrentCompany) -> str:
    """The sales manager, who decides."""
    make_user(host, "boss", company=company.code, roles=["sales.manager"])
    return "boss"


@pytest.fixture
def unit(boss, unit):
    """A unit of work in a company that has a sales manager."""
    return unit


@pytest.fixture
def order(unit, make):
    """A confirmed order, cash on delivery, of 10 tea at 100.00 and 4 cups at 50.00: 1,260.00."""
    tea, cup = make.product(name="Tea"), make.product(name="Cup", list_price=50)
    lines = [
        {"product_id": tea.id, "quantity": "10"},
        {"product_id": cup.id, "quantity": "4", "discount": "0"},
    ]
    made = make.order(lines=lines, payment_method="cash_on_delivery", ordered_on="2026-06-01")
    confirm_order(made, by=unit.user)
    session().flush()
    return made


@pytest.fixture
def released(unit, order):
    """The order with its goods ready and its slip issued."""
    goods_are_ready(order, by=unit.user, at=NOW)
    issue_slip(order, by=unit.user, on=DAY)
    session().flush()
    return order


@pytest.fixture
def change(unit):
    """A function that makes a change of an order the way people do."""

    def made(order, *lines, **said) -> OrderChange:
        begin_change(order, by=unit.user, on=DAY, reason="Fewer guests")
        session().flush()
        begun = session().scalars(select(OrderChange).order_by(OrderChange.id.desc())).first()
        said = said | ({"lines": list(lines)} if lines else {})
        found: OrderChange = change_record(
            OrderChanges, begun, said, by=unit.user, version=begun.version
        )
        return found

    return made


@pytest.fixture
def agree(unit):
    """A function that submits a change and agrees to it."""

    def agreed(change: OrderChange) -> None:
        manager = session().scalars(select(User).where(User.username == "boss")).one()
        submit_change(change, by=unit.user)
        session().flush()
        said = {"opinion": "Yes"}
        run_action(OrderChanges, change, "approve", said, by=manager, version=change.version)

    return agreed


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
    assert [(one.product.name, one.quantity, one.untaxed) for one in order.lines] == [
        ("Tea", Decimal(6), Decimal("540.00")),
        ("Pot", Decimal(1), Decimal("200.00")),
    ]
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


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ({"line_number": 3, "quantity": "1"}, NoSuchLine),
        ({"quantity": "1"}, FurtherLineIsIncomplete),
        ({"line_number": 1, "quantity": "2.999"}, LessThanShipped),
    ],
)
def test_what_does_not_fit_the_order_is_refused(unit, released, change, line, refusal) -> None:
    ship_lines(released, {released.lines[0].id: Decimal(3)}, by=unit.user, at=NOW)
    session().flush()

    with pytest.raises(refusal):
        change(released, line)


@pytest.mark.parametrize(
    ("second", "refusal"),
    [
        ({"line_number": 1, "quantity": "2"}, LineIsNamedTwice),
        ({"line_number": 2, "quantity": "1", "product": 0}, LineKeepsItsProduct),
        ({"quantity": "0", "product": 0}, FurtherLineIsIncomplete),
    ],
)
def test_a_line_is_named_once_and_keeps_its_product(order, change, second, refusal) -> None:
    said = dict(second)
    if "product" in said:
        said["product_id"] = order.lines[said.pop("product")].product_id

    with pytest.raises(refusal):
        change(order, {"line_number": 1, "quantity": "1"}, said)


def test_a_product_that_is_no_longer_sold_is_not_added_but_its_line_may_shrink(
    make, order, change
) -> None:
    old = order.lines[0].product
    old.active = False
    session().flush()

    assert change(order, {"line_number": 1, "quantity": "5"}).total_after == Decimal("735.00")
    with pytest.raises(ProductsAreArchived):
        change(order, {"product_id": old.id, "quantity": "1"})


def test_a_day_before_the_order_date_is_refused(order, change) -> None:
    with pytest.raises(RequestedBeforeOrdered):
        change(order, requested_on="2026-05-31")


def test_a_change_that_drops_everything_is_refused(unit, order, change) -> None:
    every = [{"line_number": number, "quantity": "0"} for number in (1, 2)]

    with pytest.raises(ChangeDropsEverything):
        submit_change(change(order, *every), by=unit.user)


def test_an_order_is_not_brought_below_what_is_paid(unit, order, change) -> None:
    order.paid, order.due = Decimal("1000.00"), Decimal("260.00")
    session().flush()
    exactly = change(
        order, {"line_number": 1, "quantity": "8"}, {"line_number": 2, "quantity": "4"}
    )
    assert exactly.total_after == Decimal("1050.00")
    submit_change(exactly, by=unit.user)

    with pytest.raises(MoreIsPaid):
        submit_change(change(order, {"line_number": 1, "quantity": "7"}), by=unit.user)


def test_a_change_of_an_order_that_was_changed_since_is_refused(order, change, agree) -> None:
    first = change(order, {"line_number": 1, "quantity": "9"})
    second = change(order, {"line_number": 1, "quantity": "8"})
    agree(first)

    with pytest.raises(OrderHasChangedSince):
        agree(second)
    assert order.lines[0].quantity == Decimal(9)


def test_a_draft_and_an_order_that_has_left_cannot_be_changed(
    unit, make, released, change, agree
) -> None:
    waiting = change(released, {"line_number": 1, "quantity": "11"})
    with pytest.raises(OrderCannotBeChanged):
        change(make.order(), {"line_number": 1, "quantity": "2"})
    rest = {line.id: line.quantity for line in released.lines}
    ship_lines(released, rest, by=unit.user, at=NOW)
    session().flush()

    with pytest.raises(OrderCannotBeChanged):
        agree(waiting)


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
