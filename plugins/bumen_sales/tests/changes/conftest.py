"""Changes are made of a confirmed order in a company that has a sales manager."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, User, change_record, run_action, session
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen_sales.models import OrderChange
from bumen_sales.resources import OrderChanges
from bumen_sales.services import (
    begin_change,
    confirm_order,
    goods_are_ready,
    issue_slip,
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
