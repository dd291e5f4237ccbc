"""An order paid at the door, through the API: the carrier's money closes it."""

from typing import Any

import pytest
from flask import Flask

from bumen import CurrentCompany
from bumen.host import Host
from bumen_logistics.tests.programs import Program

SHIPMENTS, ORDERS, COD = "logistics/shipments", "sales/orders", "logistics/cod"
DELIVERY = {"consignee": "Lin", "phone": "0912 345 678", "address": "Zhongshan Rd. 1"}


@pytest.fixture
def program(app: Flask, host: Host, company: CurrentCompany) -> Program:
    """The program of the company's administrator."""
    return Program(app, host)


def ordered(program: Program, host: Host, make: Any) -> dict[str, Any]:
    """Confirm an order that is paid at the door."""
    with host.unit_of_work(company="TW01", by="admin"):
        line = {"product_id": make.stock("2").product_id, "quantity": "2", "unit_price": "100"}
        said = {"customer_id": make.customer().id, "lines": [line], **DELIVERY}
    order = program.make(ORDERS, payment_method="cash_on_delivery", **said)
    return program.act(ORDERS, order, "confirm")


def bring(
    program: Program, order: dict[str, Any], carrier: int, *, counted: str = "1: 2"
) -> dict[str, Any]:
    """Have the goods of an order prepared, released, and brought by a carrier."""
    (shipment,) = program.first(SHIPMENTS, "source_number", order["number"])
    program.act(SHIPMENTS, shipment, "arrange_vehicle", carrier_id=carrier)
    (preparation,) = program.first("logistics/preparations", "request", shipment["request_id"])
    for name in ("begin", "ready"):
        program.act("logistics/preparations", preparation, name)
    program.act(ORDERS, order, "issue_slip")
    return drive(program, shipment, counted)


def drive(program: Program, shipment: dict[str, Any], counted: str) -> dict[str, Any]:
    """Load so much of a shipment, and bring it to the door."""
    program.act(SHIPMENTS, shipment, "take_slip")
    said = {"counted": counted, "difference_reason": "Full"}
    program.act(SHIPMENTS, shipment, "count_and_load", **said)
    program.act(SHIPMENTS, shipment, "ship")
    return program.act(SHIPMENTS, shipment, "confirm_arrival", signed_by="Lin")


def test_an_order_paid_at_the_door_is_closed_by_what_the_carrier_hands_over_unless_reversed(
    host: Host, program: Program, make: Any
) -> None:
    order = ordered(program, host, make)
    carrier = program.make("logistics/carriers", name="Swift")["id"]
    bring(program, order, carrier)
    (cash,) = program.first(COD, "source_number", order["number"])
    assert (cash["due"], program.read(ORDERS, order["id"])["state"]) == (
        order["total"],
        "delivered",
    )
    program.act(COD, cash, "record_collection")

    remittance = program.make("logistics/remittances", carrier_id=carrier, lines=[])
    program.act("logistics/remittances", remittance, "post")

    closed = program.read(ORDERS, order["id"])
    assert (closed["state"], closed["paid"], closed["due"]) == ("closed", order["total"], "0.00")
    (receipt,) = program.first("sales/receipts", "method", "cash_on_delivery")
    told = (receipt["state"], receipt["amount"], receipt["reference"])
    assert told == ("posted", order["total"], remittance["number"])

    held = program.read("logistics/remittances", remittance["id"])
    program.act("logistics/remittances", held, "reverse", reason="Another order's money")

    again, undone = program.read(ORDERS, order["id"]), program.read("sales/receipts", receipt["id"])
    assert (again["state"], again["paid"], again["due"]) == ("delivered", "0.00", order["total"])
    assert (undone["state"], undone["reversal_reason"]) == ("reversed", "Another order's money")
    (cash,) = program.first(COD, "source_number", order["number"])
    assert (cash["state"], cash["outstanding"]) == ("collected", order["total"])


def pay(program: Program, order: dict[str, Any], amount: str) -> None:
    """Pay a part of an order before its goods are at the door."""
    line = {"order_id": order["id"], "amount": amount}
    said = {"customer_id": order["customer_id"], "amount": amount, "lines": [line]}
    program.act("sales/receipts", program.make("sales/receipts", **said), "post")


def test_what_was_paid_or_handed_over_is_not_collected_again(
    host: Host, program: Program, make: Any
) -> None:
    order = ordered(program, host, make)
    carrier = program.make("logistics/carriers", name="Swift")["id"]
    pay(program, order, "60")
    first = bring(program, order, carrier, counted="1: 1")
    (cash,) = program.first(COD, "source_number", order["number"])
    program.act(COD, cash, "record_collection")
    remittance = program.make("logistics/remittances", carrier_id=carrier, lines=[])
    program.act("logistics/remittances", remittance, "post")
    left = program.read(ORDERS, order["id"])["due"]

    program.act(SHIPMENTS, first, "ship_the_rest")
    second = program.first(SHIPMENTS, "source_number", order["number"])[1]
    program.act(SHIPMENTS, second, "arrange_vehicle", carrier_id=carrier)
    drive(program, second, "1: 1")

    dues = [one["due"] for one in program.first(COD, "source_number", order["number"])]
    assert (dues, left) == (["75.00", "75.00"], "75.00")
