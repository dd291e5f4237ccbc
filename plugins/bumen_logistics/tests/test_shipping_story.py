"""A delivery without sales, as programs see it: prepared, shipped, come back, arrived."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pypdfium2 import PdfDocument

from bumen import CurrentCompany, session, today
from bumen.host import Host
from bumen_logistics.models import Shipment
from bumen_logistics.outside import TRACKING
from bumen_logistics.tests.programs import Program

SHIPMENTS, REQUESTS = "logistics/shipments", "logistics/delivery_requests"
SECRET = "a-secret-of-the-carrier-alone"
DELIVERY = {"consignee": "林美玲", "phone": "0912 345 678", "address": "高雄市中正路 1 號"}


@pytest.fixture
def program(app: Flask, host: Host, company: CurrentCompany) -> Program:
    """The program of the company's administrator."""
    return Program(app, host)


def requested(program: Program, host: Host, make: Any, quantity: str) -> dict[str, Any]:
    """Request a delivery and have it got ready."""
    with host.unit_of_work(company="TW01", by="admin"):
        stock = make.stock(quantity)
        said = {"product_id": stock.product_id, "quantity": quantity}
        customer = make.customer().id
    request = program.make(REQUESTS, customer_id=customer, lines=[said], **DELIVERY)
    program.act(REQUESTS, request, "request")
    (preparation,) = program.first("logistics/preparations", "request", request["id"])
    program.act("logistics/preparations", preparation, "begin")
    program.act("logistics/preparations", preparation, "ready")
    return request


def planned(program: Program, request: dict[str, Any]) -> dict[str, Any]:
    """Plan a shipment of what is left."""
    program.act(REQUESTS, request, "plan_shipment")
    return program.first(SHIPMENTS, "request", request["id"])[-1]


def called(client: FlaskClient, carrier: int, said: dict[str, Any], *, secret: str = SECRET) -> Any:
    """Call as the carrier's program does."""
    body, moment = json.dumps(said).encode(), str(int(time.time()))
    ident = hashlib.sha256(body).hexdigest()[:20]
    signed = hmac.new(secret.encode(), f"{ident}.{moment}.".encode() + body, hashlib.sha256)
    headers = {
        "webhook-id": ident,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(signed.digest()).decode()}",
        "Content-Type": "application/json",
    }
    address = f"/api/v1/logistics/calls/tracking/{carrier}"
    return client.post(address, data=body, headers=headers)


def customers_read(host: Host, client: FlaskClient, ident: int, *notes: str) -> list[bool]:
    """Return which notes stand on the page of a shipment that anybody with its address sees."""
    with host.unit_of_work(company="TW01", by="admin"):
        address = TRACKING.address_of(session().get_one(Shipment, ident))
    page = client.get(f"/logistics{address.partition('/logistics')[2]}").get_data(as_text=True)
    return [note in page for note in notes]


def the_rest_arrived(program: Program, request: dict[str, Any], carrier: int) -> dict[str, Any]:
    """Ship what did not come back, though all of it is planned; return the shipment."""
    rest = planned(program, request)
    assert rest["lines"][0]["ordered"] == "10.000"
    program.act(SHIPMENTS, rest, "arrange_vehicle", carrier_id=carrier)
    assert program.refused(SHIPMENTS, rest, "count_and_load") == "goods_are_not_prepared"
    four = {"counted": "1: 4", "difference_reason": "The others came back"}
    program.act(SHIPMENTS, rest, "count_and_load", **four)
    program.act(SHIPMENTS, rest, "ship")
    return program.act(SHIPMENTS, rest, "confirm_arrival", signed_by="林美玲")


def test_goods_are_shipped_in_part_come_back_and_arrive(
    host: Host, program: Program, make: Any, client: FlaskClient
) -> None:
    request = requested(program, host, make, "10")
    carrier = program.make("logistics/carriers", name="Swift", secret=SECRET)
    shipment = planned(program, request)

    assert program.refused(SHIPMENTS, shipment, "ship") == "illegal_transition"
    assert program.refused(SHIPMENTS, shipment, "arrange_vehicle") == "own_transport_is_incomplete"
    program.act(SHIPMENTS, shipment, "arrange_vehicle", carrier_id=carrier["id"])
    loaded = {"counted": "1: 6", "difference_reason": "Six fit", "packages": 2}
    program.act(SHIPMENTS, shipment, "count_and_load", **loaded)
    sent = program.act(SHIPMENTS, shipment, "ship")
    assert (sent["state"], sent["lines"][0]["shipped"]) == ("in_transit", "6.000")

    told = {"shipment": sent["number"], "kind": "at_depot", "place": "臺中", "note": "By noon"}
    assert called(client, carrier["id"], told, secret="b" * 30).status_code == 401
    answered = called(client, carrier["id"], told)
    assert (answered.status_code, answered.json["result"]["state"]) == (200, "in_transit")

    program.act(SHIPMENTS, sent, "track", kind="underway", note="He never answers")
    assert customers_read(host, client, sent["id"], "By noon", "He never answers") == [True, False]

    trouble = {"kind": "refused", "cause": "Nobody at home"}
    program.act(SHIPMENTS, shipment, "report_exception", **trouble)
    back = program.act(SHIPMENTS, shipment, "return_goods", reason="Nobody at home")
    assert back["state"] == "returned"

    arrived = the_rest_arrived(program, request, carrier["id"])
    assert (arrived["state"], arrived["arrived_on"]) == ("arrived", arrived["shipped_on"])
    rated = program.read("logistics/carriers", carrier["id"])
    assert rated["rating"] == "50.0000"


@pytest.mark.parametrize(
    ("language", "words"), [("zh-TW", "預計"), ("en", "At a depot")], ids=["Chinese", "English"]
)
def test_a_customer_follows_goods_without_signing_in(
    host: Host, app: Flask, make: Any, shipping: Any, company: Any, language: str, words: str
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        request = shipping.prepared("1", cash_on_delivery="987.65")
        shipment = shipping.shipped(request)
        shipment.expected_on = today()
        address = TRACKING.address_of(shipment).partition("/logistics")[2]
        number, name = shipment.number, request.customer.name

    stranger = app.test_client()
    page = stranger.get(f"/logistics{address}", headers={"Accept-Language": language})
    told = page.get_data(as_text=True)

    assert page.status_code == 200
    assert {number in told, "987" in told, name in told} == {True, False}
    assert stranger.get("/logistics/track/nothing").status_code == 404
    if language == "en":
        assert "Left our warehouse" in told


@pytest.mark.parametrize("language", ["zh_Hant", "zh_Hans"])
def test_papers_say_what_is_loaded_and_signed_for(
    host: Host, program: Program, shipping: Any, language: str
) -> None:
    with host.unit_of_work(company="TW01", by="admin"):
        ident = shipping.shipped(shipping.prepared("3", consignee="林美玲")).id
        number = session().get_one(Shipment, ident).number

    for paper in ("loading_list", "delivery_note"):
        address = f"/api/v1/{SHIPMENTS}/{ident}/printouts/{paper}?language={language}"
        pdf = program.client.get(address)
        assert pdf.status_code == 200, pdf.json
        said = PdfDocument(pdf.data)[0].get_textpage().get_text_bounded()
        assert {number in said, "林美玲" in said} == {True}
