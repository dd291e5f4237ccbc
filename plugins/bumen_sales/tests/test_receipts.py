"""Money comes in: it pays what it is allocated to, never more, and can be taken back."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from sqlalchemy import select

from bumen import (
    BusinessError,
    CurrentCompany,
    IllegalTransition,
    InvalidInput,
    create_record,
    current,
    session,
    today,
)
from bumen.checks import asked
from bumen.host import Host
from bumen_sales.models import (
    Order,
    Receipt,
    ReceiptState,
    TaskKind,
    TaskState,
    task_of,
)
from bumen_sales.receivable_checks import CHECKS
from bumen_sales.resources import Receipts
from bumen_sales.services import confirm_order, receive_collected
from bumen_sales.services.allocating import allocate_receipt, spread_receipt, take_off_receipt
from bumen_sales.services.receipts import post_receipt, reverse_receipt

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""Each order of these tests comes to 105.00."""


@pytest.fixture
def owed(unit, make):
    """A function that makes confirmed orders of one customer, 105.00 each, the oldest first."""

    def made(number: int, **said) -> list[Order]:
        customer = make.customer()
        orders = []
        for ago in range(number, 0, -1):
            day = today() - timedelta(days=ago)
            order = make.order(
                customer_id=customer.id, payment_method="prepaid", ordered_on=day, **said
            )
            confirm_order(order, by=unit.user)
            orders.append(order)
        session().flush()
        return orders

    return made


def received(order: Order, amount: str, **allocated: Decimal | str) -> Receipt:
    """Write down money of an order's customer, allocated to orders by id: `o7="10"`."""
    lines = [{"order_id": int(name[1:]), "amount": much} for name, much in allocated.items()]
    said = {"customer_id": order.customer_id, "amount": amount, "lines": lines}
    made: Receipt = create_record(Receipts, said, by=current().user)
    return made


def money(order: Order) -> tuple[str, str]:
    return f"{order.paid:.2f}", f"{order.due:.2f}"


def test_a_posted_receipt_pays_its_orders_and_the_rest_is_an_advance(unit, owed) -> None:
    first, second = owed(2)
    receipt = received(first, "200", **{f"o{first.id}": "105", f"o{second.id}": "50"})
    assert (money(first), receipt.unallocated) == (("0.00", "105.00"), Decimal(45))

    post_receipt(receipt, by=unit.user, at=AT)

    assert (money(first), money(second)) == (("105.00", "0.00"), ("50.00", "55.00"))
    assert (receipt.state, receipt.unallocated) == (ReceiptState.POSTED, Decimal("45.00"))
    tasks = [session().scalars(task_of(one, TaskKind.PAYMENT)).one() for one in (first, second)]
    assert [one.state for one in tasks] == [TaskState.DONE, TaskState.OPEN]


def test_an_advance_is_allocated_later_and_taken_off_again(unit, owed) -> None:
    first, second = owed(2)
    receipt = received(first, "120")
    post_receipt(receipt, by=unit.user, at=AT)

    allocate_receipt(receipt, by=unit.user, at=AT, order=second, amount=Decimal(100))
    assert (money(second), receipt.unallocated) == (("100.00", "5.00"), Decimal(20))
    said = {"by": unit.user, "on": AT.date(), "at": AT, "order": second}
    take_off_receipt(receipt, reason="Meant for another", **said)

    assert (money(second), receipt.unallocated) == (("0.00", "105.00"), Decimal(120))
    (line,) = receipt.lines
    assert (line.taken_off_on, line.taken_off_because) == (AT.date(), "Meant for another")
    with pytest.raises(BusinessError) as refused:
        take_off_receipt(receipt, reason="Again", **said)
    assert refused.value.code == "nothing_is_allocated"


def test_a_receipt_is_spread_over_the_oldest_orders_first(unit, owed) -> None:
    orders = owed(3)
    receipt = received(orders[0], "250")

    spread_receipt(receipt, by=unit.user, at=AT)
    session().flush()

    shares = [(line.order.id, f"{line.amount}") for line in receipt.lines]
    assert shares == [
        (orders[0].id, "105.00"),
        (orders[1].id, "105.00"),
        (orders[2].id, "40.00"),
    ]
    assert money(orders[0]) == ("0.00", "105.00"), "a draft only proposes"
    with pytest.raises(BusinessError) as refused:
        spread_receipt(receipt, by=unit.user, at=AT)
    assert refused.value.code == "nothing_to_spread"


def test_what_is_left_of_a_posted_receipt_is_spread_at_once(unit, owed) -> None:
    first, second = owed(2)
    receipt = received(first, "150")
    post_receipt(receipt, by=unit.user, at=AT)

    spread_receipt(receipt, by=unit.user, at=AT)

    assert (money(first), money(second)) == (("105.00", "0.00"), ("45.00", "60.00"))
    assert receipt.unallocated == 0


def test_a_reversed_receipt_pays_nothing_and_is_kept(unit, owed) -> None:
    (order,) = owed(1)
    receipt = received(order, "130", **{f"o{order.id}": "105"})
    post_receipt(receipt, by=unit.user, at=AT)

    said = {"by": unit.user, "on": AT.date(), "at": AT}
    reverse_receipt(receipt, reason="The cheque bounced", **said)

    assert money(order) == ("0.00", "105.00")
    assert (receipt.state, receipt.unallocated) == (ReceiptState.REVERSED, 0)
    assert (receipt.reversed_on, receipt.reversal_reason) == (AT.date(), "The cheque bounced")
    assert session().scalars(task_of(order, TaskKind.PAYMENT)).one().state is TaskState.OPEN
    with pytest.raises(IllegalTransition):
        reverse_receipt(receipt, reason="Twice", **said)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"amount": "100", "parts": ["60", "60"]}, "more_than_was_received"),
        ({"amount": "300", "parts": ["105.01"]}, "more_than_is_due"),
        ({"amount": "300", "parts": ["10"], "of": "another"}, "order_of_another_customer"),
        ({"amount": "300", "parts": ["10"], "of": "draft"}, "order_is_not_owed"),
        ({"amount": "300", "parts": ["10", "10"], "twice": True}, "order_is_allocated_twice"),
        ({"amount": "300", "parts": [], "received_on": "tomorrow"}, "received_in_future"),
    ],
)
def test_what_does_not_add_up_is_refused(unit, owed, make, said, code) -> None:
    first, second = owed(2)
    others = {
        "another": lambda: owed(1)[0],
        "draft": lambda: make.order(customer_id=first.customer_id),
    }
    targets = [others[said["of"]]()] if "of" in said else [first, second]
    targets = [first, first] if "twice" in said else targets
    lines = [
        {"order_id": one.id, "amount": part}
        for one, part in zip(targets, said["parts"], strict=False)
    ]
    day = today() + timedelta(days=1) if "received_on" in said else today()
    asked = {"customer_id": first.customer_id, "amount": said["amount"], "lines": lines}

    with pytest.raises(BusinessError) as refused:
        made = create_record(Receipts, asked | {"received_on": day}, by=unit.user)
        post_receipt(made, by=unit.user, at=AT)

    assert refused.value.code == code


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_a_receipt_of_nothing_is_refused(unit, make, amount) -> None:
    with pytest.raises(InvalidInput) as refused:
        create_record(Receipts, {"customer_id": make.customer().id, "amount": amount}, by=None)

    assert list(refused.value.fields) == ["amount"]


def test_an_advance_pays_no_more_than_is_left_or_due(unit, owed) -> None:
    (order,) = owed(1)
    small, large = received(order, "50"), received(order, "500")
    for receipt in (small, large):
        post_receipt(receipt, by=unit.user, at=AT)
    codes = []
    for receipt, amount in ((small, "50.01"), (large, "105.01"), (large, "0")):
        with pytest.raises(BusinessError) as refused:
            allocate_receipt(receipt, by=unit.user, at=AT, order=order, amount=Decimal(amount))
        codes.append(refused.value.code)

    assert codes == ["more_than_was_received", "more_than_is_due", "amount_is_nothing"]
    assert money(order) == ("0.00", "105.00")


def test_two_drafts_for_the_same_order_do_not_pay_it_twice(unit, owed) -> None:
    (order,) = owed(1)
    first, second = (received(order, "105", **{f"o{order.id}": "105"}) for _ in range(2))
    post_receipt(first, by=unit.user, at=AT)

    with pytest.raises(BusinessError) as refused:
        post_receipt(second, by=unit.user, at=AT)

    assert refused.value.code == "more_than_is_due"


def test_what_a_carrier_remits_pays_the_order_and_more_is_an_advance(unit, owed) -> None:
    (order,) = owed(1)

    said = {"received_on": today(), "reference": "RM-7", "by": unit.user, "at": AT}
    receipt = receive_collected(order, Decimal(110), **said)

    assert money(order) == ("105.00", "0.00")
    assert (receipt.state, receipt.unallocated) == (ReceiptState.POSTED, Decimal(5))
    assert (f"{receipt.method}", receipt.reference) == ("cash_on_delivery", "RM-7")


def test_money_that_is_booked_past_receipts_is_found_by_the_checks(unit, owed) -> None:
    first, second = owed(2)
    receipt = received(first, "200", **{f"o{first.id}": "105"})
    post_receipt(receipt, by=unit.user, at=AT)
    session().flush()
    connection = session().connection()
    assert list(asked(connection, CHECKS)) == []

    second.paid, second.due = Decimal(1), Decimal(104)
    receipt.unallocated = Decimal(94)
    session().flush()

    found = {one.check.table: one.ids for one in asked(connection, CHECKS)}
    assert found == {"sales_order": (second.id,), "sales_receipt": (receipt.id,)}


@pytest.fixture
def advance(host: Host, company: CurrentCompany, make) -> tuple[int, list[int]]:
    """The id of a posted receipt of 300.00, and of eight orders it may pay."""
    with host.unit_of_work(company=company.code, by="admin") as unit:
        customer = make.customer()
        orders = [make.order(customer_id=customer.id, payment_method="prepaid") for _ in range(8)]
        for order in orders:
            confirm_order(order, by=unit.user)
        session().flush()
        receipt = received(orders[0], "300")
        post_receipt(receipt, by=unit.user, at=AT)
        return receipt.id, [order.id for order in orders]


def test_one_receipt_is_allocated_by_eight_at_once_and_never_beyond_it(
    host: Host, company: CurrentCompany, advance
) -> None:
    ident, idents = advance
    meeting = Barrier(8)

    def allocate(order_id: int) -> str:
        try:
            with host.unit_of_work(company=company.code, by="admin") as unit:
                receipt = session().get_one(Receipt, ident)
                order = session().get_one(Order, order_id)
                if not host.database.is_sqlite:  # SQLite has one writer: the others wait
                    meeting.wait(timeout=60)
                said = {"order": order, "amount": Decimal(100)}
                allocate_receipt(receipt, by=unit.user, at=AT, **said)
        except BusinessError as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(max_workers=8) as people:
        answers = sorted(people.map(allocate, idents))

    assert answers == ["done"] * 3 + ["more_than_was_received"] * 5
    with host.unit_of_work(company=company.code):
        assert session().get_one(Receipt, ident).unallocated == 0
        paid = [f"{one.paid}" for one in session().scalars(select(Order).order_by(Order.paid))]
        assert paid == ["0.00"] * 5 + ["100.00"] * 3
