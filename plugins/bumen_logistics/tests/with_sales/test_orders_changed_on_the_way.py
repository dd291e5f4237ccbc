"""An order is changed while some of it is loaded, has arrived, came back: the delivery follows."""

from typing import Any

import pytest
from flask import Flask

from bumen import CurrentCompany
from bumen.host import Host
from bumen.testing.makers import make_user
from bumen_logistics.tests.programs import Program

SHIPMENTS, ORDERS, CHANGES = "logistics/shipments", "sales/orders", "sales/order_changes"
REQUESTS, PREPARATIONS = "logistics/delivery_requests", "logistics/preparations"
DELIVERY = {"consignee": "Lin", "phone": "0912 345 678", "address": "Zhongshan Rd. 1"}


@pytest.fixture
def program(app: Flask, host: Host, company: CurrentCompany) -> Program:
    """The program of the company's administrator."""
    return Program(app, host)


@pytest.fixture
def boss(app: Flask, host: Host, company: CurrentCompany) -> Program:
    """The program of a sales manager, who decides about changes."""
    make_user(host, "boss", company=company.code, roles=["sales.manager"])
    return Program(app, host, "boss")


def loaded(
    program: Program, host: Host, make: Any, counted: str, *, paid: str = ""
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return an order of four, paid at the door, and its shipment with so many on a vehicle."""
    with host.unit_of_work(company="TW01", by="admin"):
        line = {"product_id": make.stock("9").product_id, "quantity": "4", "unit_price": "100"}
        said = {"customer_id": make.customer().id, "lines": [line], **DELIVERY}
    order = program.make(ORDERS, payment_method="cash_on_delivery", **said)
    order = program.act(ORDERS, order, "confirm")
    if paid:
        named = {"order_id": order["id"], "amount": paid}
        said = {"customer_id": order["customer_id"], "amount": paid, "lines": [named]}
        program.act("sales/receipts", program.make("sales/receipts", **said), "post")
    (shipment,) = program.first(SHIPMENTS, "source_number", order["number"])
    (preparation,) = program.first(PREPARATIONS, "request", shipment["request_id"])
    for name in ("begin", "ready"):
        program.act(PREPARATIONS, preparation, name)
    program.act(ORDERS, order, "issue_slip")
    program.act(SHIPMENTS, shipment, "arrange_vehicle", carrier_id=carrier_of(program))
    program.act(SHIPMENTS, shipment, "take_slip")
    said = {"counted": f"1: {counted}", "difference_reason": "Full"}
    return order, program.act(SHIPMENTS, shipment, "count_and_load", **said)


def carrier_of(program: Program) -> int:
    """Return a new carrier."""
    ident: int = program.make("logistics/carriers", name="Swift")["id"]
    return ident


def change(program: Program, boss: Program, order: dict[str, Any], quantity: str) -> dict[str, Any]:
    """Have so much ordered instead; return the order."""
    program.act(ORDERS, order, "change_order", reason="Fewer guests")
    asked = program.first(CHANGES, "order", order["id"])[-1]
    program.write(CHANGES, asked, lines=[{"line_number": 1, "quantity": quantity}])
    program.act(CHANGES, asked, "submit")
    boss.act(CHANGES, asked, "approve", opinion="Yes")
    return program.read(ORDERS, order["id"])


def test_a_delivery_is_fulfilled_once_no_more_is_ordered_than_has_arrived(
    host: Host, program: Program, boss: Program, make: Any
) -> None:
    order, shipment = loaded(program, host, make, "2")
    program.act(SHIPMENTS, shipment, "ship")
    program.act(SHIPMENTS, shipment, "confirm_arrival", signed_by="Lin")

    shrunk = change(program, boss, order, "2")

    request = program.read(REQUESTS, shipment["request_id"])
    assert (shrunk["state"], request["state"]) == ("delivered", "fulfilled")


def test_less_of_what_came_back_leaves_what_is_still_to_be_prepared(
    host: Host, program: Program, boss: Program, make: Any
) -> None:
    order, shipment = loaded(program, host, make, "4")
    program.act(SHIPMENTS, shipment, "ship")
    program.act(SHIPMENTS, shipment, "return_goods", reason="Refused")

    change(program, boss, order, "3")

    request = program.read(REQUESTS, shipment["request_id"])
    (line,) = request["lines"]
    assert (line["quantity"], line["prepared"]) == ("3.000", "0.000")
    program.act(REQUESTS, request, "prepare_again")
    again = program.first(PREPARATIONS, "request", shipment["request_id"])[-1]
    assert [one["quantity"] for one in again["lines"]] == ["3.000"]


def test_what_was_wanted_more_and_is_not_after_all_is_no_longer_prepared(
    host: Host, program: Program, boss: Program, make: Any
) -> None:
    order, shipment = loaded(program, host, make, "4")
    change(program, boss, order, "6")
    more = program.first(PREPARATIONS, "request", shipment["request_id"])[-1]
    change(program, boss, order, "4")

    assert program.read(PREPARATIONS, more["id"])["state"] == "cancelled"


def test_a_vehicle_that_leaves_collects_what_is_due_then_though_less_than_when_it_was_loaded(
    host: Host, program: Program, boss: Program, make: Any
) -> None:
    order, shipment = loaded(program, host, make, "3", paid="120")
    assert shipment["cash_on_delivery"] == "225.00"

    shrunk = change(program, boss, order, "3")
    left = program.act(SHIPMENTS, shipment, "ship")

    assert (left["cash_on_delivery"], shrunk["due"]) == ("195.00", "195.00")
