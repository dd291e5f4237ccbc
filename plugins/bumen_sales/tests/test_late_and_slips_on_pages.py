"""What people see of orders that are carried out: late cards, what waits, the slip on paper."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument

from bumen import CurrentCompany, today
from bumen.host import Host
from bumen_sales.services import confirm_order, goods_are_ready, issue_slip

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)


@pytest.fixture
def late(host: Host, company: CurrentCompany, make: Any) -> int:
    """The id of an order that was wanted yesterday and has its slip; another is in time."""
    with host.unit_of_work(company=company.code, by="admin") as unit:
        day = today()
        tea = make.product(name="烏龍茶")
        said = {
            "ordered_on": day - timedelta(days=9),
            "payment_method": "cash_on_delivery",
            "consignee": "林美玲",
            "packing_requirement": "易碎，請輕放。Keep dry.",
            "lines": [{"product_id": tea.id, "quantity": "12"}],
        }
        wanted = (day - timedelta(days=1), day)
        orders = [make.order(**said, requested_on=one) for one in wanted]
        for order in orders:
            confirm_order(order, by=unit.user)
            goods_are_ready(order, by=unit.user, at=NOW)
            issue_slip(order, by=unit.user, on=day)
        ident: int = orders[0].id
    return ident


def test_late_orders_are_marked_on_the_board_and_found_by_the_list(
    reader: FlaskClient, late: int
) -> None:
    board = reader.get("/sales/orders/list/?view=board").text
    narrowed = "filters:!((col:requested_on,opr:period,value:past))"
    found = reader.get(f"/api/v1/sales/orders/?q=({narrowed})").json

    assert board.count(">Late<") == 1
    assert found["ids"] == [late]


def test_a_slip_says_what_leaves_to_whom_and_what_is_collected(
    reader: FlaskClient, late: int
) -> None:
    page = reader.get(f"/sales/orders/show/{late}").text
    answer = reader.get(f"/sales/orders/{late}/printouts/slip", query_string={"language": "en"})

    said = " ".join(PdfDocument(answer.data)[0].get_textpage().get_text_bounded().split())
    for words in ("Sales slip", "-00001", "林美玲", "烏龍茶", "12 box", "To be collected"):
        assert words in said
    assert "Goods ready" in page
