"""What somebody wrongs by plain SQL, `bumen check` names: each rule of orders, broken once."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import NullPool, create_engine, text
from sqlalchemy.exc import IntegrityError

from bumen import CurrentCompany, session
from bumen.host import Host
from bumen.invariants import broken_invariants
from bumen_sales.services import confirm_order, goods_are_ready, issue_slip

ALL_GOODS = "All goods of an order have left once it is shipped, and arrived once it is delivered."
ONE_SLIP = "An order has one current sales slip from its release on, and none besides."
DAY, NOW = date(2026, 7, 1), datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def released(host: Host, company: CurrentCompany, make) -> int:
    """The id of a released order, beside one that is confirmed."""
    with host.unit_of_work(company=company.code, by="admin") as unit:
        orders = [make.order(payment_method="cash_on_delivery") for _ in range(2)]
        for one in orders:
            confirm_order(one, by=unit.user)
        session().flush()
        goods_are_ready(orders[1], by=unit.user, at=NOW)
        issue_slip(orders[1], by=unit.user, on=DAY)
        ident = orders[1].id
    assert broken_invariants(host.database, host.registry) == []
    return ident


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            "UPDATE sales_order SET total = total + 100, due = due + 100 WHERE id = :id",
            "What an order comes to is what its lines come to together.",
        ),
        (
            "UPDATE sales_order SET state = 'shipped' WHERE id = :id",
            "All goods of an order have left once it is shipped, and arrived once it is delivered.",
        ),
        (
            "DELETE FROM sales_order_task WHERE order_id = :id AND kind = 'vehicle'",
            "A firm order has its three tasks.",
        ),
        (
            "UPDATE sales_slip SET current = false WHERE order_id = :id",
            ONE_SLIP,
        ),
    ],
)
def test_an_order_that_was_wronged_is_named(host: Host, released, wrong, sentence) -> None:
    _wrong(host, wrong, released)

    found = broken_invariants(host.database, host.registry)

    assert [(one.check.sentence, one.ids) for one in found] == [(sentence, (released,))]


def test_a_closed_order_that_is_not_delivered_and_paid_is_named_for_both(
    host: Host, released
) -> None:
    _wrong(host, "UPDATE sales_order SET state = 'closed' WHERE id = :id", released)

    found = broken_invariants(host.database, host.registry)

    assert [(one.check.sentence, one.ids) for one in found] == [
        (
            "All goods of an order have left once it is shipped, and arrived once it is delivered.",
            (released,),
        ),
        ("A closed order is paid in full.", (released,)),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE sales_order SET due = due + 1 WHERE id = :id",
        "UPDATE sales_order_line SET shipped = quantity + 1 WHERE order_id = :id",
        "UPDATE sales_order_line SET delivered = shipped + 1 WHERE order_id = :id",
    ],
)
def test_what_one_row_can_say_of_itself_the_database_refuses(host: Host, released, wrong) -> None:
    with pytest.raises(IntegrityError):
        _wrong(host, wrong, released)


def _wrong(host: Host, statement: str, ident: int) -> None:
    with create_engine(host.database.url, poolclass=NullPool).begin() as connection:
        connection.execute(text(statement), {"id": ident})
