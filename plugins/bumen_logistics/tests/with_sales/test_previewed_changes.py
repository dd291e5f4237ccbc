"""While others save, nobody is told what a change would come to; it is asked again, no fault."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bumen import session
from bumen.host import Host
from bumen.testing.people import Login
from bumen_sales.models import Order, OrderChange
from bumen_sales.services import begin_change, confirm_order


@pytest.fixture
def change(host: Host, company, make, draft: Callable[..., Order]) -> int:
    """A change of a confirmed order that logistics has taken over."""
    with host.unit_of_work(company=company.code, by="admin") as unit:
        order = draft((make.stock("10").product, "4"))
        confirm_order(order, by=unit.user)
        unit.tell()
        begin_change(order, by=unit.user, on=order.ordered_on, reason="More guests")
        session().flush()
        return session().scalars(select(OrderChange.id)).one()


def test_a_preview_beside_others_who_save_is_asked_again(
    host: Host, change: int, login: Login
) -> None:
    browser, address = login("admin"), f"/sales/order_changes/preview/{change}"
    typed = {"reason": "Still more guests", "lines-0-line_number": "1", "lines-0-quantity": "9"}

    with host.database.wide_session() as wide, wide.begin():
        wide.scalars(select(OrderChange).with_for_update()).all()
        beside = browser.post(address, data=typed).status_code
    after = browser.post(address, data=typed).status_code

    assert (beside, after) == (409, 200)
