"""The demonstration of sales."""

import pytest
from sqlalchemy import select

from bumen import session, today
from bumen.demo import fill
from bumen.host import Host
from bumen_base.models import Customer, CustomerState, Grade
from bumen_sales.models import (
    Contract,
    ContractState,
    Opportunity,
    OpportunityState,
    Order,
    OrderState,
)


@pytest.mark.slow
def test_both_companies_of_the_demonstration_have_two_years_of_orders(host: Host) -> None:
    fill(host, password="correct horse battery staple")

    for company in ("TW01", "CN01"):
        with host.unit_of_work(company=company):
            orders = session().scalars(select(Order).order_by(Order.ordered_on)).all()
            customers = session().scalars(select(Customer)).all()
            assert {order.state for order in orders} == set(OrderState)
            assert (orders[-1].ordered_on - orders[0].ordered_on).days > 690
            ago = {(today() - order.ordered_on).days // 91 for order in orders}
            assert ago >= set(range(8)), "every quarter can be compared with last year's"
            assert [order.number for order in orders if order.total == 0] == []
            assert {Grade.A, Grade.B, Grade.C} <= {one.value_grade for one in customers}
            assert CustomerState.ACTIVE in {one.state for one in customers}
            chances = set(session().scalars(select(Opportunity.state)))
            assert chances == set(OpportunityState), "a card stands in each column of the board"
            assert session().scalars(select(Contract.state)).all() == [ContractState.IN_REVIEW]
