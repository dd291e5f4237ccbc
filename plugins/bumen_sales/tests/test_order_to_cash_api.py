"""An order through the API, from the draft to its end, however it is paid; and who may what."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token
from sqlalchemy import select

from bumen import CurrentCompany, session
from bumen.host import Host
from bumen.notices import Notice
from bumen.testing.makers import make_user
from bumen_base.services import grant_credit
from bumen_sales.models import Order
from bumen_sales.services import payment_changed

ORDERS = "/api/v1/sales/orders/"


@pytest.fixture
def program(app: Flask, host: Host, company: CurrentCompany):
    """A function that returns the program of somebody with these roles."""

    def of(name: str, *roles: str) -> FlaskClient:
        if roles:
            make_user(host, name, company=company.code, roles=list(roles))
        client = app.test_client()
        with app.app_context(), host.unit_of_work(by=name) as unit:
            token = create_access_token(identity=str(unit.user.id))
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    return of


@pytest.fixture
def draft(host: Host, company: CurrentCompany, make) -> dict[str, Any]:
    """What programs write into an order of two boxes."""
    with host.unit_of_work(company=company.code, by="admin"):
        customer = make.customer()
        grant_credit(customer, by=None, credit_limit=Decimal(1000))
        line = {"product_id": make.product().id, "quantity": "2"}
        return {"customer_id": customer.id, "lines": [line]}


def pay(host: Host, company: CurrentCompany, ident: int) -> None:
    """Write down that the order is paid, as a receipt does."""
    with host.unit_of_work(company=company.code, by="admin") as unit:
        order = session().get_one(Order, ident)
        order.paid, order.due = order.total, Decimal(0)
        session().flush()
        payment_changed(order, by=unit.user, at=order.created_at)


def act(client: FlaskClient, ident: int, name: str, **said: Any) -> tuple[int, str]:
    """Do something with an order as it is now; returns the status, and the state or the refusal."""
    version = client.get(f"{ORDERS}{ident}").json["result"]["version"]
    found = client.post(f"{ORDERS}{ident}/actions/{name}", json={"version": version} | said)
    if found.status_code == 200:
        return 200, found.json["result"]["state"]
    return found.status_code, found.json["error"]["code"]


def goods_leave(client: FlaskClient, ident: int) -> None:
    """Ship an order by hand in two parts; nothing else may be done with it meanwhile."""
    arrival = {"arrived_on": "2026-01-01", "signed_by": "Lin"}
    assert act(client, ident, "vehicle_found") == (200, "confirmed")
    assert act(client, ident, "issue_slip") == (200, "released")
    assert act(client, ident, "ship", quantities="1: 1") == (200, "released")
    assert act(client, ident, "confirm_arrival", **arrival) == (422, "illegal_transition")
    assert act(client, ident, "ship", carrier="Hsin", tracking_number="904") == (200, "shipped")
    assert act(client, ident, "cancel", reason="x") == (422, "illegal_transition")


@pytest.mark.parametrize("method", ["prepaid", "on_account", "cash_on_delivery"])
def test_an_order_goes_from_draft_to_its_end_however_it_is_paid(
    host: Host, company: CurrentCompany, draft, program, method
) -> None:
    client, is_prepaid = program("admin"), method == "prepaid"
    made = client.post(ORDERS, json=draft | {"payment_method": method}).json
    ident, day = made["id"], made["result"]["ordered_on"]
    assert act(client, ident, "confirm") == (200, "confirmed")
    assert act(client, ident, "issue_slip") == (422, "slip_is_too_early")
    assert act(client, ident, "ship") == (422, "illegal_transition")
    assert act(client, ident, "goods_ready", note="Two boxes") == (200, "confirmed")
    assert act(client, ident, "goods_ready") == (422, "task_is_done")
    if is_prepaid:
        assert act(client, ident, "issue_slip") == (422, "slip_is_too_early")
        pay(host, company, ident)
    goods_leave(client, ident)

    arrived = act(client, ident, "confirm_arrival", arrived_on=day, signed_by="Lin")

    assert arrived == (200, "closed" if is_prepaid else "delivered")
    if not is_prepaid:
        assert act(client, ident, "close") == (422, "order_is_not_settled")
        pay(host, company, ident)
    check_the_end(client, ident, slip=f"SL-{day[:4]}-00001")


def check_the_end(client: FlaskClient, ident: int, *, slip: str) -> None:
    """Check what an order says once it is closed."""
    order = client.get(f"{ORDERS}{ident}").json["result"]
    told = [order[name] for name in ("state", "slip_number", "carrier", "signed_by")]
    (line,) = order["lines"]
    tasks = client.get("/api/v1/sales/order_tasks/").json["result"]
    assert told == ["closed", slip, "Hsin", "Lin"]
    assert (line["shipped"], line["delivered"]) == ("2.000", "2.000")
    assert [task["state"] for task in tasks] == ["done", "done", "done"]


def test_a_slip_is_printed_and_a_copy_begins_with_nothing_shipped(
    draft, program, host, company
) -> None:
    client = program("admin")
    ident = client.post(ORDERS, json=draft | {"payment_method": "cash_on_delivery"}).json["id"]
    for step in ("confirm", "goods_ready", "issue_slip", "ship"):
        assert act(client, ident, step)[0] == 200

    copy = client.post(f"{ORDERS}{ident}/copy", json={}).json["result"]

    assert (copy["state"], copy["slip_number"], copy["carrier"]) == ("draft", None, None)
    assert copy["lines"][0]["shipped"] == "0.000"
    assert client.get(f"{ORDERS}{ident}/printouts/slip").data[:5] == b"%PDF-"


def test_who_is_put_in_charge_is_told(draft, program, host, company, make) -> None:
    make_user(host, "bo", company=company.code, roles=["sales.manager"])
    with host.unit_of_work(company=company.code, by="bo") as unit:
        employee = make.employee(user_id=unit.user.id).id
    client = program("admin")
    made = client.post(ORDERS, json=draft).json
    ident, number = made["id"], made["result"]["number"]

    assert act(client, ident, "assign", in_charge_id=employee) == (200, "draft")

    assert client.get(f"{ORDERS}{ident}").json["result"]["in_charge"]["id"] == employee
    with host.unit_of_work(company=company.code, by="bo"):
        told = session().scalars(select(Notice)).one()
    assert told.words["en"] == f"You are in charge of order {number}."


def test_who_is_in_charge_sees_an_order_that_belongs_to_somebody_else(
    draft, program, host, company, make
) -> None:
    employees = {}
    for name in ("bo", "mei"):
        make_user(host, name, company=company.code, roles=["sales.salesperson"])
        with host.unit_of_work(company=company.code, by=name) as unit:
            employees[name] = make.employee(user_id=unit.user.id).id
    admin, bo = program("admin"), program("bo")
    ident = admin.post(ORDERS, json={**draft, "salesperson_id": employees["mei"]}).json["id"]
    assert bo.get(f"{ORDERS}{ident}").status_code == 404

    assert act(admin, ident, "assign", in_charge_id=employees["bo"]) == (200, "draft")

    assert bo.get(f"{ORDERS}{ident}").status_code == 200
    assert program("mei").get(f"{ORDERS}{ident}").status_code == 200


def test_each_department_does_its_own(draft, program, host, company) -> None:
    admin = program("admin")
    sells, prepares = program("sells", "sales.salesperson"), program("works", "sales.workshop")
    counts, serves = program("counts", "sales.finance"), program("serves", "sales.service_manager")
    leads = program("leads", "sales.manager")
    ident = admin.post(ORDERS, json=draft | {"payment_method": "prepaid"}).json["id"]

    assert act(prepares, ident, "confirm") == (403, "forbidden")
    assert act(sells, ident, "confirm") == (200, "confirmed")
    assert act(sells, ident, "answer_payment", note="x") == (403, "forbidden")
    assert act(counts, ident, "answer_payment", note="Not yet") == (200, "confirmed")
    assert act(counts, ident, "goods_ready") == (403, "forbidden")
    assert act(prepares, ident, "goods_ready") == (200, "confirmed")
    pay(host, company, ident)
    assert act(sells, ident, "issue_slip") == (403, "forbidden")
    assert act(serves, ident, "issue_slip") == (200, "released")
    assert act(sells, ident, "cancel", reason="x") == (403, "step_is_others")
    assert act(leads, ident, "cancel", reason="Moved away") == (200, "cancelled")


def test_the_tasks_of_a_held_order_begin_once_it_is_approved(draft, program) -> None:
    sells, leads = program("sells", "sales.salesperson"), program("leads", "sales.manager")
    lines = [draft["lines"][0] | {"quantity": "20"}]
    said = draft | {"payment_method": "on_account", "lines": lines}
    ident = program("admin").post(ORDERS, json=said).json["id"]
    assert act(sells, ident, "confirm") == (200, "held")
    before = leads.get("/api/v1/sales/order_tasks/").json["count"]

    assert act(leads, ident, "approve", opinion="They always pay") == (200, "confirmed")

    after = leads.get("/api/v1/sales/order_tasks/").json["count"]
    assert (before, after) == (0, 3)
