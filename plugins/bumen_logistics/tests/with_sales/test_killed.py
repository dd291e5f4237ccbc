"""A server is killed between any two statements of a step: nothing is kept of it, or all of it.

Some of the places stand for all in a usual run; `--every-kill` dies at every one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest
from flask import Flask

from bumen import CurrentCompany
from bumen.host import Host
from bumen.invariants import broken_invariants
from bumen.testing.databases import Databases
from bumen.testing.makers import make_user
from bumen.testing.workbench import Workbench
from bumen_logistics.tests.programs import Program
from bumen_logistics.tests.with_sales.killing import KEEP, Place, attempted, copied, rows

ORDERS, CHANGES = "sales/orders", "sales/order_changes"
SHIPMENTS, PREPARATIONS = "logistics/shipments", "logistics/preparations"
COD, REMITTANCES = "logistics/cod", "logistics/remittances"
DELIVERY = {"consignee": "Lin", "phone": "0912 345 678", "address": "Zhongshan Rd. 1"}
BEFORE = 4
"""In a usual run a server dies at about so many places before what is done is kept, and at one
after."""


@dataclass
class Killed:
    """A killed program is one whose server dies again and again, until it answers at last."""

    program: Program
    host: Host
    databases: Databases
    everywhere: bool

    def act(self, path: str, record: dict[str, Any], name: str, **said: Any) -> dict[str, Any]:
        """Do something with a record, always with the same key, and return the record.

        Before what is done is kept nothing of it may be there after the server has died; from then
        on everything, however often it is asked for. Other servers ask: each has just started.
        """
        version = self.program.read(path, record["id"])["version"]
        about = {"json": {"version": version} | said, "headers": {"Idempotency-Key": name}}
        address = f"/api/v1/{path}/{record['id']}/actions/{name}"

        def request() -> int:
            return int(self.program.client.post(address, **about).status_code)

        nothing = rows(self.host)
        with copied(self.host, self.databases):
            words = attempted(self.host, request).words
            everything = rows(self.host)
        assert nothing != everything
        for place in self.places(words, kept=False):
            assert attempted(self.host, request, dies_at=place).was_killed
            assert rows(self.host) == nothing
        for place in self.places(words, kept=True):
            with copied(self.host, self.databases):
                assert attempted(self.host, request, dies_at=place).was_killed
                self.answered(request, everything)
        self.answered(request, everything)
        return self.program.read(path, record["id"])

    def answered(self, request: Any, everything: dict[str, int]) -> None:
        """Ask until it is answered; all is there then, once, and all that must hold holds."""
        assert not attempted(self.host, request).was_killed
        assert rows(self.host) == everything
        assert broken_invariants(self.host.database, self.host.registry) == []

    def places(self, words: Sequence[str], *, kept: bool) -> list[Place]:
        """Return where to die: before what is done is kept, or after."""
        keeps = words.index(KEEP)
        if self.everywhere:
            numbers = range(len(words) - keeps - 1) if kept else range(keeps + 1)
        elif kept:
            numbers = range(1)
        else:
            writes = [
                place for place in range(keeps) if words[place] in {"INSERT", "UPDATE", "DELETE"}
            ]
            numbers = [*writes[:: max(len(writes) // BEFORE, 1)], keeps]
        return [Place(number, kept) for number in numbers]


@pytest.fixture
def program(app: Flask, host: Host, company: CurrentCompany) -> Program:
    """The program of the company's administrator."""
    return Program(app, host)


@pytest.fixture
def killed(
    program: Program,
    host: Host,
    workbench: Workbench,
    backend: str,
    pytestconfig: pytest.Config,
) -> Killed:
    """The same program, whose server dies."""
    everywhere = bool(pytestconfig.getoption("--every-kill"))
    return Killed(program, host, workbench.databases(backend), everywhere)


@pytest.fixture
def order(host: Host, program: Program, make: Any) -> dict[str, Any]:
    """A draft of an order of four, to be paid at the door."""
    with host.unit_of_work(company="TW01", by="admin"):
        line = {"product_id": make.stock("4").product_id, "quantity": "4", "unit_price": "100"}
        said = {"customer_id": make.customer().id, "lines": [line], **DELIVERY}
    return program.make(ORDERS, payment_method="cash_on_delivery", **said)


@pytest.mark.slow
def test_whatever_a_server_dies_of_an_order_is_carried_out_once(
    host: Host, app: Flask, program: Program, killed: Killed, order: dict[str, Any]
) -> None:
    make_user(host, "boss", company="TW01", roles=["sales.manager"])
    killed.act(ORDERS, order, "confirm")
    shipment = prepared(program, order)
    killed.act(ORDERS, order, "issue_slip")
    boss = replace(killed, program=Program(app, host, "boss"))
    boss.act(CHANGES, changed(program, order), "approve", opinion="Yes")
    for name in ("take_slip", "count_and_load"):
        program.act(SHIPMENTS, shipment, name)
    killed.act(SHIPMENTS, shipment, "ship")
    killed.act(REMITTANCES, collected(program, shipment), "post")

    done = program.read(ORDERS, order["id"])
    (line,) = done["lines"]
    assert (line["quantity"], line["shipped"], line["delivered"]) == ("3.000", "3.000", "3.000")
    assert (done["state"], done["paid"], done["due"]) == ("closed", done["total"], "0.00")
    assert (done["slip_number"][-5:], done["slip_version"]) == ("00001", 2)


def prepared(program: Program, order: dict[str, Any]) -> dict[str, Any]:
    """Have the goods of an order got ready and a vehicle found; returns its shipment."""
    (shipment,) = program.first(SHIPMENTS, "source_number", order["number"])
    carrier = program.make("logistics/carriers", name="Swift")["id"]
    program.act(SHIPMENTS, shipment, "arrange_vehicle", carrier_id=carrier)
    (preparation,) = program.first(PREPARATIONS, "request", shipment["request_id"])
    for name in ("begin", "ready"):
        program.act(PREPARATIONS, preparation, name)
    return shipment


def changed(program: Program, order: dict[str, Any]) -> dict[str, Any]:
    """Ask for three instead of four; returns the change, which is to be approved."""
    program.act(ORDERS, order, "change_order", reason="Fewer guests")
    (change,) = program.first(CHANGES, "order", order["id"])
    program.write(CHANGES, change, lines=[{"line_number": 1, "quantity": "3"}])
    return program.act(CHANGES, change, "submit")


def collected(program: Program, shipment: dict[str, Any]) -> dict[str, Any]:
    """Have the goods arrive and the money collected; returns what the carrier hands over."""
    program.act(SHIPMENTS, shipment, "confirm_arrival", signed_by="Lin")
    (cash,) = program.first(COD, "shipment", shipment["id"])
    program.act(COD, cash, "record_collection")
    return program.make(REMITTANCES, carrier_id=cash["carrier_id"], lines=[])
