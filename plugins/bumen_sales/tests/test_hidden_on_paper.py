"""What somebody does not see is on no paper of theirs, and a paper that needs it is not printed."""

import json
from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from bumen import BusinessError
from bumen.host import Host
from bumen.printing.errors import FieldsAreHidden
from bumen.printing.press import written
from bumen.printing.printing import set_up
from bumen.printing.templates import Declared
from bumen.security.acting import act_as, place_of
from bumen.security.field_rules import drop_field_rule, ruled_fields
from bumen.visibility import FieldRule
from bumen_base.models import Contact
from bumen_sales import papers
from bumen_sales.resources import Orders
from bumen_sales.tests.test_denied_fields import hide, viewer

__all__ = ["viewer"]

API = "/api/v1/sales/orders"
ORDERS, CUSTOMERS = "sales.orders", "base.customers"
CONFIRMATION = Declared(resource=Orders, printout=Orders.printouts[0])


@pytest.fixture
def order(viewer: FlaskClient, host: Host, make: Any) -> int:
    """An order of a customer who can be reached by mail, and so can the contact."""
    with host.unit_of_work(company="HK01"):
        contact = Contact(name="Ming", email="ming@cust.example")
        customer = make.customer(contacts=[contact], email="house@cust.example")
        said = {"customer_id": customer.id, "contact_id": contact.id, "reference": "PO-77"}
        return int(make.order(**said).id)


def html_of(host: Host, order: int) -> str:
    """Return the page that the viewer would print."""
    with host.unit_of_work(company="HK01", by="viewer") as unit:
        assert unit.user is not None
        assert unit.company is not None
        place = place_of(unit.session, user_id=unit.user.id, company_id=unit.company.id)
        assert place is not None
        act_as(unit, place)
        job = json.loads(set_up(CONFIRMATION, [order], on=date(2026, 3, 2)).job.to_json())
    return written(job)[0]


def hides(host: Host, field: str) -> bool:
    """Hide one field of orders, and no other; tell whether it can be hidden at all."""
    with host.unit_of_work(company="HK01") as unit:
        for rule in unit.session.scalars(select(FieldRule)):
            drop_field_rule(rule.id)
    try:
        hide(host, ORDERS, field)
    except BusinessError:
        return False
    return True


def test_whatever_is_hidden_the_paper_is_whole_or_refused(host: Host, order: int) -> None:
    whole, left_out, refused = html_of(host, order), set[str](), set[str]()
    for field in filter(lambda one: hides(host, one), ruled_fields(Orders)):
        try:
            html = html_of(host, order)
        except FieldsAreHidden:
            refused.add(field)
        else:
            left_out.add(field)
            assert len(html) <= len(whole)

    assert {"lines.unit_price", "lines.discount", "requested_on", "address"} <= refused
    assert refused <= set(papers.NEEDS)
    assert {"salesperson", "contact"} <= left_out


def test_whoever_is_refused_a_paper_is_told_why(
    host: Host, viewer: FlaskClient, order: int
) -> None:
    hide(host, ORDERS, "lines.unit_price")

    answered = viewer.get(f"{API}/{order}/printouts/confirmation")
    listed = viewer.get(f"{API}/{order}/printouts").get_json()["result"]

    assert answered.status_code == 403
    assert "Unit price" in answered.get_json()["error"]["message"]
    assert {one["name"]: one["possible"] for one in listed}["confirmation"] is False
    assert viewer.get(f"/sales/orders/{order}/print").status_code == 403
    assert "printouts/confirmation" not in viewer.get(f"/sales/orders/show/{order}").text


def test_a_hidden_address_of_mail_is_proposed_to_nobody(
    host: Host, viewer: FlaskClient, order: int
) -> None:
    def proposed() -> str:
        listed = viewer.get(f"{API}/{order}/printouts").get_json()["result"]
        return str(listed[0]["to"])

    assert proposed() == "ming@cust.example"
    hide(host, ORDERS, "contact")
    assert proposed() == "house@cust.example"
    hide(host, CUSTOMERS, "email")
    assert proposed() == ""
    assert "cust.example" not in viewer.get(f"/sales/orders/{order}/print").text
