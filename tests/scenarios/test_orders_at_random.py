"""Random deeds of all departments on one order: it stands as a plain model says, after each."""

from __future__ import annotations

import os
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bumen import CurrentCompany
from bumen.checking import problems_of_data
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_user
from bumen_logistics.models import DeliveryRequest, Preparation, Shipment
from tests.scenarios.plain_delivery import UNDER_WAY, PlainShipment
from tests.scenarios.plain_order import PlainOrder
from tests.scenarios.random_finance import Finance, latest, on_board, which
from tests.scenarios.random_order import RandomOrder

LONGER = int(os.environ.get("BUMEN_LONG_STORIES", "0"))
"""How many other stories are told; 0 for the usual ones, the same each time."""
few = st.integers(1, 6)


class Departments(Finance):
    """One order from its draft to its end, in a company where everybody does anything."""

    host: Host
    reached: set[str]

    @initialize(
        method=st.sampled_from(["cash_on_delivery", "cash_on_delivery", "on_account", "prepaid"]),
        quantity=few,
        credit=st.sampled_from([0, 10_000]),
        stock=st.integers(4, 12),
        steps=st.sampled_from([8, 7, 6, 4, 0]),
    )
    def write(self, method: str, quantity: int, credit: int, stock: int, steps: int) -> None:
        """Write the draft, have some goods in stock, and mostly let them leave."""
        self.real, self.plain, self.handed_over = RandomOrder(self.host), PlainOrder(), []
        self.real.write(method, quantity, credit=credit)
        self.real.stock(stock)
        self.plain.begin(method, quantity, stock, held=method == "on_account" and credit == 0)
        promised = (self.confirm, self.decide_yes, self.prepare_all, self.issue_slip)
        part = (quantity + 1) // 2
        left = (partial(self.load, nth=0, much=part), partial(self.ship, nth=0))
        for one in (*promised, partial(self.arrange, nth=0), *left, self.pay_all)[:steps]:
            one()

    @precondition(lambda self: self.plain.state in {"draft", "held"})
    @rule()
    def confirm(self) -> None:
        """Confirm it; beyond the credit limit it is held."""
        self.order("confirm", self.plain.confirm())

    @precondition(lambda self: self.plain.state in {"draft", "held"})
    @rule(agrees=st.sampled_from([True, True, False]))
    def decide(self, agrees: bool) -> None:
        """Let the sales manager promise it after all, or give it back."""
        name = "approve" if agrees else "refuse"
        self.order(name, self.plain.decide(agrees=agrees), by="boss", opinion="Seen")

    def decide_yes(self) -> None:
        """Let the sales manager promise it after all."""
        self.order("approve", self.plain.decide(agrees=True), by="boss", opinion="Seen")

    @rule(sure=which)
    def cancel(self, sure: int) -> None:
        """Give it up, seldom."""
        if sure == 2 or self.plain.shipped:
            self.order("cancel", self.plain.cancel(), reason="Twice")

    @rule(
        nth=which,
        name=st.sampled_from(["begin", "ready", "ready", "reopen", "report_exception", "resume"]),
    )
    def prepare(self, nth: int, name: str) -> None:
        """Get goods ready, or take that back."""
        more = {
            "reopen": {"reason": "Wet"},
            "report_exception": {"cause": "Rain", "promised_on": self.real.day(0)},
        }.get(name, {})
        if one := latest(self.plain.preparations, nth):
            self.same(Preparation, nth, name, self.plain.prepare(one, name), **more)

    @precondition(lambda self: self.plain.lacking or self.plain.state == "confirmed")
    @rule()
    def prepare_all(self) -> None:
        """Get everything ready that can be."""
        for nth, one in enumerate(reversed(self.plain.preparations)):
            for name in ("begin", "ready"):
                self.same(Preparation, nth, name, self.plain.prepare(one, name))

    @precondition(lambda self: self.plain.back)
    @rule()
    def prepare_again(self) -> None:
        """Prepare anew what came back, and get it ready."""
        if self.plain.state in {"confirmed", "released", "shipped"}:
            self.same(DeliveryRequest, 0, "prepare_again", self.plain.prepare_again())
            self.prepare_all()

    @precondition(lambda self: self.plain.state in {"confirmed", "released"})
    @rule()
    def issue_slip(self) -> None:
        """Let the goods leave: never before what is prepaid is paid."""
        self.order("issue_slip", self.plain.issue_slip())

    @on_board("draft", "arranged")
    @rule(nth=which)
    def arrange(self, nth: int) -> None:
        """Find a vehicle, and take the slip along."""
        if one := latest(self.plain.shipments, nth):
            arranged = one.step("arrange_vehicle", {"draft"}, "arranged")
            carrier = {"carrier_id": self.real.carrier}
            self.same(Shipment, nth, "arrange_vehicle", arranged, **carrier)
            self.same(Shipment, nth, "take_slip", self.plain.take_slip(one))

    @on_board("arranged", "slip_taken")
    @rule(nth=which, much=few)
    def load(self, nth: int, much: int) -> None:
        """Load so much."""
        if one := latest(self.plain.shipments, nth):
            said = {"counted": f"1: {much}", "difference_reason": "Full"}
            self.same(Shipment, nth, "count_and_load", self.plain.load(one, much), **said)

    @on_board("loaded")
    @rule(nth=which)
    def unload(self, nth: int) -> None:
        """Take goods off the vehicle again."""
        if one := latest(self.plain.shipments, nth):
            unloaded = one.step("unload", {"loaded"}, "arranged")
            self.same(Shipment, nth, "unload", unloaded, reason="Rain")

    @on_board("loaded", "slip_taken")
    @rule(nth=which)
    def ship(self, nth: int) -> None:
        """Let a vehicle go: it collects no more than is due."""
        if one := latest(self.plain.shipments, nth):
            self.same(Shipment, nth, "ship", self.plain.ship(one))

    @on_board(*UNDER_WAY)
    @rule(nth=which)
    def ship_the_rest(self, nth: int) -> None:
        """Plan another shipment of what is left."""
        if one := latest(self.plain.shipments, nth):
            self.same(Shipment, nth, "ship_the_rest", self.plain.ship_the_rest(one))

    @rule(nth=which, sure=which)
    def cancel_shipment(self, nth: int, sure: int) -> None:
        """Give a shipment up, seldom, and plan it anew."""
        if sure == 2 and (one := latest(self.plain.shipments, nth)):
            refused = self.plain.cancel_shipment(one)
            self.same(Shipment, nth, "cancel", refused, reason="No driver")
            if refused is None:
                self.plain.shipments.append(PlainShipment(self.plain.left_to_plan()))
                self.same(DeliveryRequest, 0, "plan_shipment", None)

    @precondition(lambda self: self.plain.state in {"confirmed", "released"})
    @rule(much=few)
    def carry_out(self, much: int) -> None:
        """Do everything in turn, from the goods to the money at the door."""
        self.prepare_all()
        self.issue_slip()
        self.arrange(nth=0)
        self.load(nth=0, much=much)
        for one in (self.ship, self.ship_the_rest, self.arrive, self.collect):
            one(nth=0)

    @on_board("in_transit", "exception")
    @rule(nth=which)
    def trouble(self, nth: int) -> None:
        """Meet with something on the road, and go on."""
        if one := latest(self.plain.shipments, nth):
            said = {"kind": "late", "cause": "Snow"}
            held = one.step("report_exception", {"in_transit"}, "exception")
            self.same(Shipment, nth, "report_exception", held, **said)
            gone_on = one.step("resume", {"exception"}, "in_transit")
            self.same(Shipment, nth, "resume", gone_on, solution="Waited")

    @on_board("in_transit", "exception")
    @rule(nth=which)
    def give_back(self, nth: int) -> None:
        """Bring goods back from the road."""
        if one := latest(self.plain.shipments, nth):
            back = self.plain.give_back(one)
            self.same(Shipment, nth, "return_goods", back, reason="Refused")

    @on_board("in_transit", "exception")
    @rule(nth=which)
    def arrive(self, nth: int) -> None:
        """Hand goods over."""
        if one := latest(self.plain.shipments, nth):
            there = self.plain.arrive(one)
            self.same(Shipment, nth, "confirm_arrival", there, signed_by="Lin")

    @rule(quantity=few)
    def change(self, quantity: int) -> None:
        """Order more, or less: never less than has left, or is paid."""
        refused = self.plain.change(quantity)
        assert self.real.change(quantity) == refused

    @rule(much=few)
    def restock(self, much: int) -> None:
        """Receive more goods."""
        self.real.stock(much)
        self.plain.here += much

    @invariant()
    def it_stands_as_the_model_says(self) -> None:
        """State, money, goods and stock are those of the model, and nothing is broken."""
        if hasattr(self, "real"):
            self.reached.add(self.plain.state)
            assert self.real.figures() == self.plain.figures()
            assert self.real.broken() == []


@pytest.fixture(scope="session")
def bumen_plugins() -> tuple[Candidate, ...]:
    """Sales and logistics, and what both require."""
    return tuple(Candidate(name, f"bumen_{name}") for name in ("base", "logistics", "sales"))


@pytest.fixture
def staffed(host: Host, company: CurrentCompany) -> Host:
    """A company with a sales manager, who decides."""
    make_user(host, "boss", company=company.code, roles=["sales.manager"])
    return host


@pytest.mark.slow
def test_an_order_stands_as_the_model_says_whatever_departments_do(staffed: Host) -> None:
    machine: Any = type("Here", (Departments,), {"host": staffed, "reached": set()})
    chosen = settings(
        max_examples=LONGER or 8,
        stateful_step_count=20 if not LONGER else 30,
        deadline=None,
        database=None,
        derandomize=not LONGER,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)
    assert machine.reached >= {"released", "shipped", "delivered"}
    assert list(problems_of_data(staffed)) == []
