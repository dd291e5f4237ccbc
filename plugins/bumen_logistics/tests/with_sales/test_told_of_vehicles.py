"""Who is told to find a vehicle for an order: those who look for vehicles, and only they."""

from typing import Any

from sqlalchemy import select

from bumen import CurrentCompany, session
from bumen.host import Host
from bumen.model.accounts import User
from bumen.notices import Notice
from bumen.testing.makers import make_user
from bumen_sales.services import confirm_order

ROLES = ("logistics.clerk", "sales.service_manager")


def test_clerks_are_told_to_find_a_vehicle_and_service_managers_are_not(
    host: Host, company: CurrentCompany, make: Any, draft: Any
) -> None:
    for role in ROLES:
        make_user(host, role, company=company.code, roles=[role])

    with host.unit_of_work(company=company.code, by="admin") as unit:
        order = draft((make.stock("4").product, "4"))
        confirm_order(order, by=unit.user)
        number = order.number

    with host.unit_of_work(company=company.code):
        query = select(User.username, Notice).join(Notice, Notice.user_id == User.id)
        told = [(name, one.words["en"]) for name, one in session().execute(query)]
    assert told == [("logistics.clerk", f"Please find a vehicle for order {number}.")]
