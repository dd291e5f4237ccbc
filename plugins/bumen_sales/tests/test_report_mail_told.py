"""What a schedule says it sends is what it sends, in the words in which it was planned."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from bumen import CurrentCompany, run_action
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen.unit_of_work import today
from bumen_sales.resources import Orders

PAGE, API = "/sales/reports/sales", "/api/v1/sales/reports/sales"
DELIVERY = {"payment_method": "prepaid", "consignee": "Lin", "phone": "0912 345 678"}
REFERENCES = {"A1": "confirm", "A12": "confirm", "B": "cancel", "C": ""}


@pytest.fixture
def mia(host: Host, company: CurrentCompany, login: Any, make: Any) -> FlaskClient:
    """The browser of somebody who sees all orders: two confirmed, one cancelled, and a draft."""
    make_user(host, "mia", company="TW01", roles=["sales.manager"])
    with host.unit_of_work(company="TW01", by="admin") as unit:
        for reference, deed in REFERENCES.items():
            said = {"reference": reference, "ordered_on": today(), "requested_on": today()}
            customer = make.customer(name=f"臺灣 {reference}").id
            made = make.order(**DELIVERY, **said, customer_id=customer)
            reason = {"reason": "Ordered twice"} if deed == "cancel" else {}
            if deed:
                run_action(Orders, made, deed, reason, by=unit.user, version=made.version)
    browser: FlaskClient = login("mia", language="en")
    return browser


@pytest.fixture
def counted(host: Host) -> Iterator[Callable[[], int]]:
    """A function that counts the statements sent since it was last asked."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        sent.append(statement)

    def count() -> int:
        found = len(sent)
        sent.clear()
        return found

    event.listen(host.database.engine, "before_cursor_execute", note)
    yield count
    event.remove(host.database.engine, "before_cursor_execute", note)


def told(page: str) -> list[tuple[str, str]]:
    """Return what a page says is sent."""
    found = re.search(r'<dl class="mailed">(.*?)</dl>', page, re.DOTALL)
    assert found is not None
    return re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", found[1])


def planned(mia: FlaskClient, query: str) -> dict[str, Any]:
    """Have a report sent by mail; return what the API tells of it."""
    made = mia.post(f"{API}/mails/", json={"query": query, "rhythm": "daily"})
    assert made.status_code == 201, made.get_json()
    found: dict[str, Any] = made.get_json()["result"][0]
    return found


@pytest.mark.parametrize(
    ("query", "said", "orders"),
    [
        ("filter.state=draft&filter.state=confirmed", "is Draft or Confirmed", 3),
        ("filter.customer=1&filter.customer=3", "is C00001 臺灣 A1 or C00003 臺灣 B", 2),
        ("filter.reference.eq=A1", "is A1", 1),
        ("filter.reference=A1", "contains A1", 2),
        ("filter.reference.eq=A1&filter.reference.eq=B", "is A1 or B", 2),
        ("filter.ordered_on.period=this_month&period=this_year", "this month", 4),
        ("filter.ordered_on.ge=2000-01-01", "2000", 4),
        ("filter.lines.product=1&filter.total.ge=1", "is at least NT$1", 1),
        ("filter.requested_on.empty=0", "is not empty", 4),
        ("filter.customer.industry.empty=1", "is empty", 4),
        ("q=台湾+A12", "台湾 A12", 1),
    ],
)
def test_a_schedule_tells_what_it_sends_and_leads_there(
    mia: FlaskClient, query: str, said: str, orders: int
) -> None:
    whole = f"rows=state&measures=orders&filters=none&{query}"
    plan = planned(mia, whole)
    page = mia.get(f"/schedules/{plan['name']}").text
    wished = told(mia.get(f"{PAGE}/mail?{whole}").text)

    assert told(page)[: len(wished)] == wished
    assert said in str(wished)
    leads = re.search(rf'href="({PAGE}\?[^"]+)"', page)
    assert leads is not None
    assert mia.get(unescape(leads[1])).status_code == 200
    totals = [mia.get(f"{API}?{one}").get_json()["total"] for one in (whole, plan["query"])]
    assert totals[0] == totals[1]
    assert totals[0]["values"] == {"orders": orders}


def test_schedules_are_told_with_as_many_statements_however_many_there_are(
    mia: FlaskClient, counted: Callable[[], int]
) -> None:
    found = []
    for customer, product in ((1, 2), (2, 3), (3, 1)):
        planned(mia, f"rows=state&filter.customer={customer}&filter.lines.product={product}")
        for address in ("/schedules/", "/api/v1/core/schedules/", f"{API}/mails/"):
            mia.get(address)
            counted()
            assert mia.get(address).status_code == 200
            found.append((address, counted()))

    assert len(set(found)) == 3, found


def test_whoever_sends_twice_at_once_is_told_so_above_the_list(mia: FlaskClient) -> None:
    plan = planned(mia, "rows=state")
    begin = f"/schedules/{plan['name']}/start"
    assert mia.post(begin).status_code == 302

    again = mia.post(begin, follow_redirects=True)

    assert again.status_code == 200
    assert again.request.path == "/schedules/"
    assert "A report is being sent to you already. Please wait a moment." in again.text
