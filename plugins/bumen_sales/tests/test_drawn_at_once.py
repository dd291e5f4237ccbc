"""Two orders draw on one contract at the same moment: together never more than was agreed."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import select

from bumen import BusinessError, CurrentCompany, create_record, current, session
from bumen.host import Host
from bumen_sales.models import Contract, ContractState, Order
from bumen_sales.resources import Contracts
from bumen_sales.services import confirm_order

DAY = date(2026, 3, 2)


@pytest.fixture
def orders(host: Host, company: CurrentCompany, make) -> list[int]:
    """Two orders of 105.00, and a contract of 200.00 that they are drawn against."""
    with host.unit_of_work(company=company.code, by="admin"):
        customer = make.customer()
        said = {"name": "Tea", "customer_id": customer.id, "amount": "200"}
        contract = create_record(Contracts, said | {"begins_on": "2026-01-01"}, by=current().user)
        contract.state = ContractState.SIGNED
        drawn = {"customer_id": customer.id, "contract_id": contract.id, "ordered_on": f"{DAY}"}
        return [make.order(**drawn).id for _ in range(2)]


def test_two_orders_never_draw_more_than_the_contract_has(
    host: Host, company: CurrentCompany, orders: list[int]
) -> None:
    meeting = Barrier(2)

    def confirm(ident: int) -> str:
        try:
            with host.unit_of_work(company=company.code, by="admin"):
                order = session().get_one(Order, ident)
                assert order.contract is not None
                if not host.database.is_sqlite:  # SQLite has one writer: the second one waits
                    meeting.wait(timeout=20)
                confirm_order(order, by=None)
        except BusinessError as refused:
            return refused.code
        return "done"

    with ThreadPoolExecutor(max_workers=2) as people:
        found = sorted(people.map(confirm, orders))

    assert found == ["contract_is_exhausted", "done"]
    with host.unit_of_work(company=company.code):
        contract = session().scalars(select(Contract)).one()
        assert (contract.drawn, contract.state) == (105, ContractState.PERFORMING)
