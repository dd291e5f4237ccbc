"""By night offers run out, and whoever looks after a contract hears of its end, once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from bumen import CurrentCompany, create_record, current, session, start, today
from bumen.host import Host
from bumen.notices.models import Notice
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen_sales.deadlines import ANNOUNCE, EXPIRE
from bumen_sales.models import Contract, ContractState, Quotation
from bumen_sales.resources import Contracts, Quotations
from bumen_sales.services import send_quotation


def write(make: Any, seller: int) -> None:
    """Write down an offer that has run out, and a contract in force that ends in thirty days."""
    day, whose = today(), {"customer_id": make.customer().id, "salesperson_id": seller}
    begun = (day - timedelta(days=40)).isoformat()
    line = {"product_id": make.product().id, "quantity": "1"}
    quotation = create_record(Quotations, whose | {"quoted_on": begun, "lines": [line]}, by=None)
    send_quotation(quotation, by=None, on=day - timedelta(days=40))
    ends = {"ends_on": (day + timedelta(days=30)).isoformat(), "begins_on": begun}
    said = whose | ends | {"name": "Tea", "amount": "1"}
    create_record(Contracts, said, by=current().user).state = ContractState.SIGNED


def test_offers_run_out_and_ends_are_announced_once(
    host: Host, company: CurrentCompany, make: Any
) -> None:
    mei = make_user(host, "mei", company="TW01", roles=["sales.salesperson"]).id
    with host.unit_of_work(company="TW01", by="admin"):
        write(make, make.employee(user_id=mei).id)

    for _night in range(2):
        with host.unit_of_work(company="TW01", by="admin"):
            start(EXPIRE)
            start(ANNOUNCE)
        work_off(host)

    with host.unit_of_work(company="TW01", by="admin"):
        told = select(func.count(Notice.id)).where(Notice.user_id == mei)
        assert session().scalars(select(Quotation.state)).one() == "expired"
        assert session().scalars(select(Contract.warned_on)).one() == today()
        assert session().scalar(told) == 2
