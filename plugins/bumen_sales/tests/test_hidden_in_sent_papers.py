"""What somebody does not see leaks by no paper that was kept, and by no address it was sent to."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from bumen import BusinessError
from bumen.host import Host
from bumen.printing.printing import set_up
from bumen.printing.sending import Dispatch, mail_paper
from bumen.printing.templates import keep_template
from bumen.testing.makers import make_user
from bumen_sales.models import Order
from bumen_sales.tests.test_denied_fields import hide, viewer
from bumen_sales.tests.test_hidden_on_paper import (
    API,
    CONFIRMATION,
    CUSTOMERS,
    ORDERS,
    order,
)

__all__ = ["order", "viewer"]

ALL = "{{ facts }} {% for one in lines.lines.columns %}{{ one.label }}{% endfor %}"
AT = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def sent(host: Host, order: int) -> int:
    """An order whose confirmation somebody who sees everything has mailed."""
    make_user(host, "mia", company="HK01", roles=["sales.manager"])
    mail(host, order)
    return order


def mail(host: Host, order: int, *, by: str = "mia") -> None:
    with host.unit_of_work(company="HK01", by=by) as unit:
        printed = set_up(CONFIRMATION, [order], on=date(2026, 3, 2)).printed()
        dispatch = Dispatch(to="ming@cust.example", subject="Order", message="")
        record = unit.session.get(Order, order)
        mail_paper(CONFIRMATION, record, printed, dispatch=dispatch, by=unit.user, at=AT)


def entry_of(viewer: FlaskClient, order: int) -> dict[str, Any]:
    found: dict[str, Any] = viewer.get(f"{API}/{order}/history").get_json()["result"][0]
    return found


def test_an_address_is_told_to_those_alone_who_see_where_it_comes_from(
    host: Host, viewer: FlaskClient, sent: int
) -> None:
    pages = (f"/sales/orders/history/{sent}", f"/sales/orders/show/{sent}")
    told = entry_of(viewer, sent)
    assert (told["action"], told["receiver"]) == ("paper.mailed", "ming@cust.example")
    assert "ming@cust.example" in viewer.get(pages[0]).text

    hide(host, CUSTOMERS, "email")

    told = entry_of(viewer, sent)
    assert (told["opinion"].endswith(".pdf"), told["receiver"]) == (True, None)
    everything = [viewer.get(page).text for page in (*pages, f"{API}/{sent}/history")]
    assert "Sent by mail" in everything[0]
    assert not any("cust.example" in one for one in everything)


def test_a_kept_paper_is_withheld_from_whom_something_on_it_is_hidden(
    host: Host, viewer: FlaskClient, sent: int
) -> None:
    kept = viewer.get(f"{API}/{sent}/attachments").get_json()["result"]
    assert viewer.get(kept[0]["content"]).status_code == 200
    assert kept[0]["content"] in viewer.get(f"/sales/orders/show/{sent}").text

    hide(host, ORDERS, "lines.unit_price")

    refused = viewer.get(kept[0]["content"])
    assert (refused.status_code, refused.mimetype) == (403, "application/json")
    assert "Unit price" in refused.get_json()["error"]["message"]
    told = viewer.get(f"{API}/{sent}/attachments").get_json()["result"]
    assert [(one["name"], one["content"]) for one in told] == [(kept[0]["name"], None)]
    page = viewer.get(f"/sales/orders/show/{sent}").text
    assert (kept[0]["name"] in page, kept[0]["content"] in page) == (True, False)
    assert "tells what you may not see: Unit price." in page


def test_a_hidden_reference_is_named_and_not_all_that_lies_behind_it(
    host: Host, viewer: FlaskClient, sent: int
) -> None:
    kept = viewer.get(f"{API}/{sent}/attachments").get_json()["result"][0]["content"]
    hide(host, ORDERS, "contact")

    refused = viewer.get(kept).get_json()["error"]["message"]

    assert refused.endswith("tells what you may not see: Contact.")


@pytest.mark.parametrize(
    ("key", "field", "status"),
    [
        (ORDERS, "contact", 403),
        (ORDERS, "salesperson", 403),
        (CUSTOMERS, "phone", 403),
        (ORDERS, "over_limit", 200),
        (CUSTOMERS, "credit_limit", 200),
    ],
)
def test_what_stands_on_it_counts_and_nothing_else(
    host: Host, viewer: FlaskClient, sent: int, key: str, field: str, status: int
) -> None:
    kept = viewer.get(f"{API}/{sent}/attachments").get_json()["result"][0]["content"]
    try:
        hide(host, key, field)
    except BusinessError:
        pytest.skip("It cannot be hidden.")

    assert viewer.get(kept).status_code == status


def test_a_paper_tells_what_it_needs_and_what_its_template_names(host: Host, order: int) -> None:
    tells = [told_by(host, order, body) for body in (None, "{{ doc.packing }} salesperson", ALL)]

    assert {"lines.unit_price", "salesperson", "of", "total"} - tells[0] == {"of"}
    assert {"over_limit", "cancellation_reason"} & tells[0] == set()
    assert "salesperson" not in tells[1]
    assert {"over_limit", "lines.unit", "salesperson"} <= tells[2]


def told_by(host: Host, order: int, body: str | None) -> frozenset[str]:
    """Return what the confirmation tells by a template; by the department's own for None."""
    with host.unit_of_work(company="HK01") as unit:
        if body is not None:
            keep_template(CONFIRMATION, body=body, note="", after=0)
        told = set_up(CONFIRMATION, [order], on=date(2026, 3, 2)).tells
        unit.rollback()
    return told
