"""An order that is changed draws more on its contract, or less, and never too much."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, User, change_record, create_record, run_action, session
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen.unit_of_work import UnitOfWork
from bumen_sales.errors import ContractIsExhausted
from bumen_sales.models import Contract, ContractState, Order, OrderChange
from bumen_sales.resources import Contracts, OrderChanges
from bumen_sales.services import begin_change, confirm_order, submit_change

DAY = date(2026, 3, 2)


@pytest.fixture
def boss(host: Host, company: CurrentCompany) -> str:
    """The sales manager, who decides."""
    return make_user(host, "boss", company=company.code, roles=["sales.manager"]).name


@pytest.fixture
def unit(boss: str, unit: UnitOfWork) -> UnitOfWork:
    """A unit of work in a company that has a sales manager."""
    return unit


@pytest.fixture
def drawn(unit: UnitOfWork, make: Any) -> Order:
    """An order of two for 210.00, drawn on a contract of 400.00."""
    customer = make.customer()
    said = {"name": "Tea", "customer_id": customer.id, "amount": "400", "begins_on": "2026-01-01"}
    contract: Contract = create_record(Contracts, said, by=unit.user)
    contract.state = ContractState.SIGNED
    order: Order = make.order(
        customer_id=customer.id,
        contract_id=contract.id,
        lines=[{"product_id": make.product().id, "quantity": "2"}],
        payment_method="cash_on_delivery",
        ordered_on=DAY.isoformat(),
    )
    confirm_order(order, by=None)
    session().flush()
    return order


def changed_to(order: Order, quantity: str, *, by: User) -> None:
    """Change how much is ordered, and have the manager agree."""
    begin_change(order, by=by, on=DAY, reason="More guests")
    session().flush()
    newest = select(OrderChange).order_by(OrderChange.id.desc()).limit(1)
    change = session().scalars(newest).one()
    (line,) = change.lines
    said = {"lines": [{"id": line.id, "quantity": quantity}]}
    change_record(OrderChanges, change, said, by=by, version=change.version)
    submit_change(change, by=by)
    session().flush()
    boss = session().scalars(select(User).where(User.username == "boss")).one()
    agreed = {"opinion": "Yes"}
    run_action(OrderChanges, change, "approve", agreed, by=boss, version=change.version)


@pytest.mark.parametrize(("quantity", "taken"), [("1", 105), ("3", 315)])
def test_a_changed_order_draws_what_it_comes_to(
    unit: UnitOfWork, drawn: Order, quantity: str, taken: int
) -> None:
    changed_to(drawn, quantity, by=unit.user)

    assert drawn.contract is not None
    assert (drawn.total, drawn.contract.drawn) == (taken, taken)


def test_a_changed_order_draws_no_more_than_is_left(unit: UnitOfWork, drawn: Order) -> None:
    with pytest.raises(ContractIsExhausted):
        changed_to(drawn, "4", by=unit.user)
