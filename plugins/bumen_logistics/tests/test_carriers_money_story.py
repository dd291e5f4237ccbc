"""A delivery with cash on delivery, without sales, as programs see it: to the last dollar."""

from typing import Any

import pytest
from flask import Flask

from bumen import CurrentCompany
from bumen.host import Host
from bumen_logistics.tests.programs import Program

SHIPMENTS, REQUESTS = "logistics/shipments", "logistics/delivery_requests"
COD, REMITTANCES = "logistics/cod", "logistics/remittances"
STATEMENTS = "logistics/freight_statements"
DELIVERY = {"consignee": "林美玲", "phone": "0912 345 678", "address": "高雄市中正路 1 號"}


@pytest.fixture
def program(app: Flask, host: Host, company: CurrentCompany) -> Program:
    """The program of the company's administrator."""
    return Program(app, host)


def arrived(program: Program, host: Host, make: Any, carrier: int) -> dict[str, Any]:
    """Have goods brought to somebody who pays at the door; return the shipment."""
    with host.unit_of_work(company="TW01", by="admin"):
        stock = make.stock("2")
        lines = [{"product_id": stock.product_id, "quantity": "2"}]
        said = {"customer_id": make.customer().id, "lines": lines, **DELIVERY}
    request = program.make(REQUESTS, cash_on_delivery="1050", **said)
    program.act(REQUESTS, request, "request")
    (preparation,) = program.first("logistics/preparations", "request", request["id"])
    program.act("logistics/preparations", preparation, "begin")
    program.act("logistics/preparations", preparation, "ready")
    program.act(REQUESTS, request, "plan_shipment")
    (shipment,) = program.first(SHIPMENTS, "request", request["id"])
    program.act(SHIPMENTS, shipment, "arrange_vehicle", carrier_id=carrier)
    for name in ("count_and_load", "ship"):
        program.act(SHIPMENTS, shipment, name)
    return program.act(SHIPMENTS, shipment, "confirm_arrival", signed_by="Lin")


def collected(program: Program, shipment: dict[str, Any], carrier: int) -> dict[str, Any]:
    """Have the carrier collect what is due, and no more; return the money."""
    (cash,) = program.first(COD, "shipment", shipment["id"])
    assert (cash["state"], cash["due"], cash["carrier_id"]) == ("due", "1050.00", carrier)
    assert program.refused(SHIPMENTS, shipment, "settle") == "cash_is_outstanding"

    assert program.refused(COD, cash, "record_collection", amount="1051") == "collected_beyond"
    cash = program.act(COD, cash, "record_collection")
    assert (cash["state"], cash["collected"], cash["outstanding"]) == (
        "collected",
        "1050.00",
        "1050.00",
    )
    return cash


def hand_over_in_two(program: Program, cash: dict[str, Any], carrier: int) -> None:
    """Have the carrier hand the money over, the larger part first, with a reason."""
    line = {"cod_id": cash["id"], "amount": "1000"}
    remittance = program.make(REMITTANCES, carrier_id=carrier, lines=[line])
    assert program.refused(REMITTANCES, remittance, "post") == "difference_is_unexplained"
    told = {**line, "id": remittance["lines"][0]["id"], "difference_reason": "Change was missing"}
    program.write(REMITTANCES, remittance, lines=[told])
    program.act(REMITTANCES, remittance, "post")
    assert program.refused(REMITTANCES, remittance, "post") == "illegal_transition"
    rest = program.make(REMITTANCES, carrier_id=carrier, lines=[], reference="TT-2")
    assert rest["total"] == "50.00"
    program.act(REMITTANCES, rest, "post")
    cash = program.read(COD, cash["id"])
    assert (cash["state"], cash["remitted"], cash["outstanding"]) == ("remitted", "1050.00", "0.00")


def pay_freight(program: Program, shipment: dict[str, Any], carrier: int) -> None:
    """Check what the carrier bills for the shipment, and pay it."""
    day = shipment["arrived_on"]
    billed = {"shipment_id": shipment["id"], "billed": "120", "difference_reason": "No rate yet"}
    days = {"from_day": day, "until_day": day}
    statement = program.make(STATEMENTS, carrier_id=carrier, lines=[billed], **days)
    assert (statement["billed"], statement["difference"]) == ("120.00", "120.00")
    for name in ("check", "approve"):
        program.act(STATEMENTS, statement, name)
    paid = program.act(STATEMENTS, statement, "pay", note="Voucher 7")
    assert (paid["state"], paid["payment_note"]) == ("paid", "Voucher 7")


def test_a_carriers_money_is_followed_until_the_shipment_is_settled(
    host: Host, program: Program, make: Any
) -> None:
    carrier = program.make("logistics/carriers", name="Swift", remits_within=7)["id"]
    shipment = arrived(program, host, make, carrier)

    cash = collected(program, shipment, carrier)
    hand_over_in_two(program, cash, carrier)
    assert program.refused(SHIPMENTS, shipment, "settle") == "freight_is_not_paid"
    pay_freight(program, shipment, carrier)

    assert program.read(SHIPMENTS, shipment["id"])["state"] == "settled"
    assert program.refused(SHIPMENTS, shipment, "settle") == "illegal_transition"
    reports = ("carriers", "exception_rates", "cash_by_age", "freight")
    found = [program.client.get(f"/api/v1/logistics/reports/{one}") for one in reports]
    assert [one.status_code for one in found] == [200] * 4
