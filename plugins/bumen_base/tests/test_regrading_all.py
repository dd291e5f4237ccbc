"""The value grades of all customers are worked out in the background, every month."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select

from bumen import create_record, session, start
from bumen.host import Host
from bumen.testing import work_off
from bumen.unit_of_work import CurrentCompany
from bumen_base.jobs import AT_ONCE, REGRADE
from bumen_base.models import Customer, Grade
from bumen_base.resources import Customers


def bought(customer: Customer, since: date) -> Decimal:
    """Answer that everybody has bought as much."""
    return Decimal("60000.00") if customer.id and since else Decimal(0)


def test_every_customer_is_graded_piece_by_piece(
    host: Host, company: CurrentCompany, neighbour: Callable[..., None]
) -> None:
    count = AT_ONCE + 5
    neighbour(base_turnover_of_customer=bought)
    with host.unit_of_work(company=company.code, by="admin"):
        for number in range(count):
            create_record(Customers, {"name": f"茶行 {number}"}, by=None)

    with host.unit_of_work(company=company.code, by="admin"):
        run = start(REGRADE)
    work_off(host)

    with host.unit_of_work(company=company.code, by="admin"):
        kept = session().get_one(type(run), run.id)
        graded = select(func.count(Customer.id)).where(Customer.value_grade == Grade.C)
        assert session().scalar(graded) == count
    assert kept.result["en"] == f"{count} customers graded, {count} differently."
