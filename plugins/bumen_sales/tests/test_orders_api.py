"""Orders through the API, as programs see them."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_jwt_extended import create_access_token

from bumen import CurrentCompany
from bumen.host import Host
from bumen.testing.makers import make_user

ORDERS = "/api/v1/sales/orders/"
WHOLE = {
    "number": "SO-2026-00001",
    "state": "draft",
    "untaxed": "100.00",
    "tax": "5.00",
    "total": "105.00",
    "paid": "0.00",
    "due": "105.00",
    "version": 1,
}
LINE = {
    "position": 0,
    "quantity": "2.000",
    "unit": "box",
    "unit_price": "100.00",
    "discount": "50.0000",
    "tax_rate": "5.0000",
    "untaxed": "100.00",
    "tax": "5.00",
    "total": "105.00",
}


@pytest.fixture
def program(app: Flask, host: Host):
    """A function that returns a person's program, which sends their token: `program("mei")`."""

    def of(name: str) -> FlaskClient:
        client = app.test_client()
        with app.app_context(), host.unit_of_work(by=name) as unit:
            token = create_access_token(identity=str(unit.user.id))
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        return client

    return of


@pytest.fixture
def offer(host: Host, company: CurrentCompany, make) -> dict[str, int]:
    """The ids of a customer and of a product that costs 100.00 before 5 percent of tax."""
    with host.unit_of_work(company=company.code, by="admin"):
        return {"customer_id": make.customer().id, "product_id": make.product().id}


def order_of(offer: dict[str, int], **said) -> dict:
    line = {"product_id": offer["product_id"], "quantity": "2", "discount": "50"}
    return {"customer_id": offer["customer_id"], "lines": [line]} | said


def act(client: FlaskClient, order: dict, name: str, **said):
    return client.post(
        f"{ORDERS}{order['id']}/actions/{name}", json={"version": order["version"]} | said
    )


def test_an_order_is_read_as_it_is_specified(offer, program) -> None:
    client = program("admin")

    made = client.post(ORDERS, json=order_of(offer, ordered_on="2026-03-02"))

    assert made.status_code == 201, made.json
    order = client.get(f"{ORDERS}{made.json['id']}").json["result"]
    assert {name: order[name] for name in WHOLE} == WHOLE
    (line,) = order["lines"]
    assert {name: line[name] for name in LINE} == LINE
    assert line["product"]["id"] == line["product_id"] == offer["product_id"]


def test_an_order_is_confirmed_once_however_often_it_is_asked(offer, program) -> None:
    client = program("admin")
    order = client.post(ORDERS, json=order_of(offer)).json["result"]

    first = act(client, order, "confirm")
    again = act(client, order, "confirm")
    anew = act(client, first.json["result"], "confirm")

    assert (first.status_code, first.json["result"]["state"]) == (200, "confirmed")
    assert (again.status_code, again.json["error"]["code"]) == (409, "stale_version")
    assert (anew.status_code, anew.json["error"]["code"]) == (422, "illegal_transition")


def test_what_is_missing_is_said_in_the_language_of_who_asks(offer, program) -> None:
    client = program("admin")
    order = client.post(ORDERS, json=order_of(offer, lines=[])).json["result"]

    refused = client.post(
        f"{ORDERS}{order['id']}/actions/confirm",
        json={"version": 1},
        headers={"Accept-Language": "zh-CN"},
    )

    assert refused.status_code == 422
    assert refused.json["error"]["code"] == "order_is_empty"
    assert refused.json["error"]["message"] == f"订单 {order['number']} 没有任何订单行。"


def test_a_confirmed_order_is_cancelled_with_its_reason(offer, program) -> None:
    client = program("admin")
    draft = client.post(ORDERS, json=order_of(offer)).json["result"]
    order = act(client, draft, "confirm").json["result"]

    cancelled = act(client, order, "cancel", reason="Ordered twice").json["result"]

    assert (cancelled["state"], cancelled["cancellation_reason"]) == ("cancelled", "Ordered twice")


def test_orders_are_found_by_number_customer_and_state(offer, program) -> None:
    client = program("admin")
    order = client.post(ORDERS, json=order_of(offer, reference="PO-77")).json["result"]
    client.post(ORDERS, json=order_of(offer, reference="PO-78"))
    act(client, order, "confirm")

    found = client.get(f"{ORDERS}?q=(filters:!((col:state,opr:eq,value:confirmed)))").json

    assert (found["count"], found["ids"]) == (1, [order["id"]])


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("sales.viewer", {"read": 200, "write": 403, "confirm": 403, "cancel": 403}),
        ("sales.salesperson", {"read": 200, "write": 200, "confirm": 200, "cancel": 200}),
        ("sales.manager", {"read": 200, "write": 200, "confirm": 200, "cancel": 200}),
        ("base.viewer", {"read": 403, "write": 403, "confirm": 403, "cancel": 403}),
    ],
)
def test_people_may_do_what_their_role_says(
    host: Host, company: CurrentCompany, offer, program, role, statuses
) -> None:
    make_user(host, "mei", company=company.code, roles=[role])
    orders = [program("admin").post(ORDERS, json=order_of(offer)).json["result"] for _ in range(3)]
    mei = program("mei")
    one = f"{ORDERS}{orders[0]['id']}"

    found = {
        "read": mei.get(one).status_code,
        "write": mei.put(one, json={"version": 1, "phone": "02 1234"}).status_code,
        "confirm": act(mei, orders[1], "confirm").status_code,
        "cancel": act(mei, orders[2], "cancel", reason="Ordered twice").status_code,
    }

    assert found == statuses
