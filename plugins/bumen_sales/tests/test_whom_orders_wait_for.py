"""The page of an order says who is waited for, and what comes next."""

from datetime import UTC, date, datetime

from bumen import session
from bumen_base.models import PaymentMethod
from bumen_sales.order_slots import tasks_now
from bumen_sales.services import goods_are_ready, issue_slip, promise_goods, vehicle_is_found

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
LATER = date(2026, 12, 1)


def told(order) -> list[tuple[str, str | None, date | None]]:
    """Return what is said of the three tasks."""
    session().expire_all()
    tasks = tasks_now(order)["tasks"]
    return [
        (one.kind.value, one.said and one.said.in_language("en"), one.promised_on) for one in tasks
    ]


def following(order) -> str | None:
    """Return what is said to come next."""
    said = tasks_now(order)["following"]
    return said and said.in_language("en")


def test_each_open_task_says_whom_it_waits_for(unit, confirmed) -> None:
    order = confirmed(PaymentMethod.PREPAID)
    promise_goods(order, LATER, by=unit.user, why="The kiln is cold")
    vehicle_is_found(order, by=unit.user, at=NOW)

    assert told(order) == [
        ("goods", "Waits for the workshop", LATER),
        ("payment", "Waits for finance", None),
        ("vehicle", None, None),
    ]
    assert following(order) is None


def test_an_order_says_what_comes_next_until_its_goods_have_left(unit, confirmed) -> None:
    order = confirmed()
    goods_are_ready(order, by=unit.user, at=NOW)
    session().refresh(order)
    before = following(order)
    issue_slip(order, by=unit.user, on=LATER)
    session().flush()

    assert before == "The service manager issues the sales slip."
    assert following(order) == f"The goods leave with slip {order.slip_number}."


def test_nothing_is_said_of_a_draft(unit, make) -> None:
    assert tasks_now(make.order()) is None
