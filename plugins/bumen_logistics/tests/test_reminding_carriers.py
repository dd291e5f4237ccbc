"""Carriers are reminded of what they should have handed over, once a week."""

from datetime import timedelta
from typing import Any

from bumen import CurrentCompany, session, today
from bumen.host import Host
from bumen.jobs import JobRun, start
from bumen.testing import work_off
from bumen_logistics.models import CashOnDelivery
from bumen_logistics.money_jobs import REMIND


def test_carriers_are_reminded_of_overdue_money_once_a_week(
    host: Host, company: CurrentCompany, make: Any
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        long_ago = today() - timedelta(days=30)
        carrier = make.carrier(remits_within=7)
        late = [make.cash(carrier, arrived_on=long_ago).id for _turn in "ab"]
        late.append(make.cash(None, arrived_on=long_ago).id)
        make.cash(carrier, arrived_on=today())

    said = []
    for _turn in "ab":
        with host.unit_of_work(company=company.code, by="admin"):
            ident = start(REMIND).id
        work_off(host)
        with host.unit_of_work(company=company.code, by="admin"):
            said.append(session().get_one(JobRun, ident).state.value)

    with host.unit_of_work(company=company.code):
        reminded = [session().get_one(CashOnDelivery, one).reminded_on for one in late]
        assert (said, reminded) == (["done", "done"], [today()] * 3)
