"""Orders leave under their slip, in part if need be, and hear how far their goods are."""

from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from bumen import CurrentCompany, session
from bumen.host import Host
from bumen_logistics.tests.programs import Program
from bumen_sales.models import Order

SHIPMENTS, ORDERS = "logistics/shipments", "sales/orders"


@pytest.fixture
def program(app: Flask, host: Host, company: CurrentCompany) -> Program:
    """The program of the company's administrator."""
    return Program(app, host)


def ordered(
    program: Program, host: Host, make: Any, draft: Any, quantity: str, **said: Any
) -> dict[str, Any]:
    """Confirm an order of goods that are in stock; costs nothing, so that nothing is due."""
    with host.unit_of_work(company="TW01", by="admin"):
        ident = draft((make.stock(quantity).product, quantity), **said).id
    return program.act(ORDERS, {"id": ident}, "confirm")


def prepared(program: Program, shipment: dict[str, Any]) -> None:
    """Get the goods of a shipment ready."""
    asked = shipment["request_id"]
    (preparation,) = program.first("logistics/preparations", "request", asked)
    program.act("logistics/preparations", preparation, "begin")
    program.act("logistics/preparations", preparation, "ready")


def ship_all(program: Program, shipment: dict[str, Any], carrier: int) -> None:
    """Ship what is planned, under the slip that is there."""
    program.act(SHIPMENTS, shipment, "arrange_vehicle", carrier_id=carrier)
    for name in ("take_slip", "count_and_load", "ship"):
        program.act(SHIPMENTS, shipment, name)


def test_an_order_leaves_in_two_shipments_and_is_delivered_with_the_second(
    host: Host, program: Program, make: Any, draft: Any
) -> None:
    order = ordered(program, host, make, draft, "10")
    (first,) = program.first(SHIPMENTS, "source_number", order["number"])
    carrier = program.make("logistics/carriers", name="Swift")["id"]
    program.act(SHIPMENTS, first, "arrange_vehicle", carrier_id=carrier)
    assert program.refused(SHIPMENTS, first, "take_slip") == "slip_is_not_issued"
    assert program.refused(SHIPMENTS, first, "count_and_load") == "slip_is_not_taken"

    prepared(program, first)
    program.act(ORDERS, order, "issue_slip")
    taken = program.act(SHIPMENTS, first, "take_slip")
    assert (taken["state"], taken["slip_number"][:3]) == ("slip_taken", "SL-")
    program.act(SHIPMENTS, first, "count_and_load", counted="1: 6", difference_reason="Six fit")
    assert program.refused(ORDERS, order, "cancel", reason="Not wanted") == "goods_are_loaded"
    program.act(SHIPMENTS, first, "ship")
    half = program.read(ORDERS, order["id"])
    assert (half["state"], half["lines"][0]["shipped"]) == ("released", "6.000")

    program.act(SHIPMENTS, first, "ship_the_rest")
    second = program.first(SHIPMENTS, "source_number", order["number"])[-1]
    ship_all(program, second, carrier)
    assert program.read(ORDERS, order["id"])["state"] == "shipped"

    for shipment in (first, second):
        assert program.refused(SHIPMENTS, shipment, "ship_the_rest") == "not_possible_now"
        program.act(SHIPMENTS, shipment, "confirm_arrival", signed_by="Lin")
    done = program.read(ORDERS, order["id"])
    assert done["lines"][0]["delivered"] == "10.000"
    assert done["state"] in {"delivered", "closed"}


def test_goods_of_an_order_that_is_no_longer_paid_are_not_loaded(
    host: Host, program: Program, make: Any, draft: Any
) -> None:
    order = ordered(program, host, make, draft, "2", payment_method="prepaid")
    (shipment,) = program.first(SHIPMENTS, "source_number", order["number"])
    carrier = program.make("logistics/carriers", name="Swift")["id"]
    program.act(SHIPMENTS, shipment, "arrange_vehicle", carrier_id=carrier)
    prepared(program, shipment)
    program.act(ORDERS, order, "issue_slip")
    program.act(SHIPMENTS, shipment, "take_slip")
    with host.unit_of_work(company="TW01", by="admin"):
        grown = session().get_one(Order, order["id"])
        grown.total = grown.due = Decimal(105)

    assert program.refused(SHIPMENTS, shipment, "count_and_load") == "goods_are_not_paid"


def test_goods_that_come_back_are_still_to_be_shipped_for_the_order(
    host: Host, program: Program, make: Any, draft: Any
) -> None:
    order = ordered(program, host, make, draft, "2")
    (shipment,) = program.first(SHIPMENTS, "source_number", order["number"])
    carrier = program.make("logistics/carriers", name="Swift")["id"]
    program.act(SHIPMENTS, shipment, "arrange_vehicle", carrier_id=carrier)
    prepared(program, shipment)
    program.act(ORDERS, order, "issue_slip")
    for name in ("take_slip", "count_and_load", "ship"):
        program.act(SHIPMENTS, shipment, name)

    program.act(SHIPMENTS, shipment, "return_goods", reason="Refused at the door")

    back = program.read(ORDERS, order["id"])
    assert (back["state"], back["lines"][0]["shipped"]) == ("released", "0.000")


def test_a_cancelled_order_takes_its_shipments_with_it(
    host: Host, program: Program, make: Any, draft: Any
) -> None:
    order = ordered(program, host, make, draft, "2")

    program.act(ORDERS, order, "cancel", reason="Ordered twice")

    (shipment,) = program.first(SHIPMENTS, "source_number", order["number"])
    assert (shipment["state"], shipment["end_reason"]) == ("cancelled", "Ordered twice")
