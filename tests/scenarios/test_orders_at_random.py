"""Random deeds of all departments on one order: it stands as a plain model says, after each."""

from __future__ import annotations

import os
from functools import partial

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from bumen import CurrentCompany
from bumen.checking import problems_of_data
from bumen.host import Host
from bumen.registry import Candidate
from bumen.testing.makers import make_user
from bumen_logistics.models import CashOnDelivery, Preparation, Shipment
from bumen_sales.models import Order, Receipt
from tests.scenarios.plain_order import PRICE, PlainOrder
from tests.scenarios.random_order import RandomOrder

LONGER = int(os.environ.get("BUMEN_LONG_STORIES", "0"))
"""How many other stories are told; 0 for the usual ones, the same each time."""
few = st.integers(1, 6)
which = st.integers(0, 2)


class Departments(PlainOrder, RuleBasedStateMachine):
    """One order from its draft to its end, in a company where everybody does anything."""

    host: Host
    reached: set[str]

    @initialize(
        method=st.sampled_from(["cash_on_delivery", "on_account", "prepaid"]),
        quantity=few,
        credit=st.sampled_from([0, 10_000]),
        stock=st.integers(4, 12),
        steps=st.sampled_from([4, 4, 4, 0]),
    )
    def write(self, method: str, quantity: int, credit: int, stock: int, steps: int) -> None:
        """Write the draft, have some goods in stock, and mostly let them leave."""
        self.real = RandomOrder(self.host)
        self.real.write(method, quantity, credit=credit)
        self.real.stock(stock)
        self.begin(quantity, stock)
        self.held_first = method == "on_account" and credit == 0
        self.prepaid, self.paid_to_us = method == "prepaid", False
        decide = partial(self.decide, agrees=True)
        for one in (self.confirm, decide, self.prepare_all, self.issue_slip)[:steps]:
            one()

    @rule()
    def confirm(self) -> None:
        """Confirm it; beyond the credit limit it is held."""
        done = self.real.act(Order, self.real.order, "confirm")
        assert done == (self.state == "draft")
        if done:
            self.state = "held" if self.held_first else "confirmed"

    @rule(agrees=st.sampled_from([True, True, False]))
    def decide(self, agrees: bool) -> None:
        """Let the sales manager promise it after all, or give it back."""
        name = "approve" if agrees else "refuse"
        done = self.real.act(Order, self.real.order, name, by="boss", opinion="Seen")
        assert done == (self.state == "held")
        if done:
            self.state = "confirmed" if agrees else "draft"

    @rule(sure=which)
    def cancel(self, sure: int) -> None:
        """Give it up, seldom."""
        if not sure and self.real.act(Order, self.real.order, "cancel", reason="Twice"):
            assert self.state in {"draft", "held", "confirmed"}
            assert not self.shipped
            self.state, self.paid = "cancelled", 0
            self.pays.clear()

    @rule(
        nth=which,
        name=st.sampled_from(["begin", "ready", "ready", "reopen", "report_exception", "resume"]),
    )
    def prepare(self, nth: int, name: str) -> None:
        """Get goods ready, or take that back."""
        more = {
            "reopen": {"reason": "Wet"},
            "report_exception": {"cause": "Rain", "promised_on": self.real.today()},
        }
        self._act_on(Preparation, nth, name, **more.get(name, {}))

    @rule()
    def prepare_all(self) -> None:
        """Get everything ready that can be."""
        for ident in self.real.ids(Preparation):
            self.real.act(Preparation, ident, "begin")
            self.real.act(Preparation, ident, "ready")

    @rule()
    def issue_slip(self) -> None:
        """Let the goods leave: never before what is prepaid is paid."""
        if self.real.act(Order, self.real.order, "issue_slip"):
            assert self.state == "confirmed"
            assert not self.prepaid or self.paid == self.total
            self.state = "released"

    @rule(nth=which, name=st.sampled_from(["arrange_vehicle", "take_slip", "ship_the_rest"]))
    def plan(self, nth: int, name: str) -> None:
        """Find a vehicle, take the slip along, or plan another shipment."""
        more = {"carrier_id": self.real.carrier} if name == "arrange_vehicle" else {}
        self._act_on(Shipment, nth, name, **more)

    @rule(nth=which, much=few)
    def load(self, nth: int, much: int) -> None:
        """Take the slip and load some: so much, or all there is."""
        self._act_on(Shipment, nth, "arrange_vehicle", carrier_id=self.real.carrier)
        self._act_on(Shipment, nth, "take_slip")
        said = {"counted": f"1: {much}", "difference_reason": "Full"}
        ident = self._act_on(Shipment, nth, "count_and_load", **said)
        if ident is not None:
            assert much <= self.quantity - self.shipped
            assert self.paid_to_us or self.real.to_collect_beyond_due() <= 0
            self.loaded[ident] = much

    @rule(nth=which)
    def unload(self, nth: int) -> None:
        """Take goods off the vehicle again."""
        ident = self._act_on(Shipment, nth, "unload", reason="Rain")
        if ident is not None:
            del self.loaded[ident]

    @rule(nth=which)
    def ship(self, nth: int) -> None:
        """Let a vehicle go."""
        ident = self._act_on(Shipment, nth, "ship")
        if ident is not None:
            assert self.state == "released"
            self.left[ident] = self.loaded.pop(ident)
            self.shipped += self.left[ident]
            self.go_on()

    @rule()
    def carry_out(self) -> None:
        """Do everything in turn, from the goods to the money at the door."""
        self.prepare_all()
        self.issue_slip()
        self.load(nth=0, much=max(self.quantity - self.shipped, 1))
        for one in (self.ship, self.arrive, self.collect):
            one(nth=0)
        self.remit()

    @rule(nth=which)
    def trouble(self, nth: int) -> None:
        """Meet with something on the road, and go on."""
        if self._act_on(Shipment, nth, "report_exception", kind="late", what="Snow") is not None:
            self._act_on(Shipment, nth, "resume")

    @rule(nth=which)
    def give_back(self, nth: int) -> None:
        """Bring goods back from the road."""
        ident = self._act_on(Shipment, nth, "return_goods", reason="Refused")
        if ident is not None:
            self.shipped -= self.left.pop(ident)
            self.state = "released"

    @rule(nth=which)
    def arrive(self, nth: int) -> None:
        """Hand goods over."""
        ident = self._act_on(Shipment, nth, "confirm_arrival", signed_by="Lin")
        if ident is not None:
            self.delivered += self.left.pop(ident)
            self.go_on()

    @rule(quantity=few)
    def change(self, quantity: int) -> None:
        """Order more, or less: never less than has left, or is paid."""
        if self.real.change(quantity):
            assert self.state in {"confirmed", "released"}
            assert quantity >= self.shipped
            assert quantity * PRICE >= self.paid
            self.quantity = quantity
            self.go_on()

    @rule(amount=few, allocated=st.integers(0, 6))
    def receive(self, amount: int, allocated: int) -> None:
        """Post money that came in: it pays the order, or stands as an advance."""
        ident = self.real.receive(amount * PRICE, allocated=allocated * PRICE)
        if ident is not None:
            assert allocated <= amount
            self.paid_to_us |= allocated > 0
            self.pay(ident, allocated * PRICE)

    @rule(nth=which, amount=few)
    def allocate(self, nth: int, amount: int) -> None:
        """Pay the order from an advance."""
        said = {"order_id": self.real.order, "amount": f"{amount * PRICE}"}
        ident = self._act_on(Receipt, nth, "allocate", **said)
        if ident is not None:
            self.paid_to_us = True
            self.pay(ident, amount * PRICE)

    @rule(nth=which)
    def take_off(self, nth: int) -> None:
        """Take off what a receipt pays."""
        said = {"order_id": self.real.order, "reason": "Wrong order"}
        self.owe_again(self._act_on(Receipt, nth, "take_off", **said))

    @rule(nth=which)
    def reverse(self, nth: int) -> None:
        """Reverse a receipt."""
        self.owe_again(self._act_on(Receipt, nth, "reverse", reason="It bounced"))

    @rule(nth=which)
    def collect(self, nth: int) -> None:
        """Collect money at the door."""
        self._act_on(CashOnDelivery, nth, "record_collection")

    @rule()
    def remit(self) -> None:
        """Hand over what was collected: it pays the order as far as something is due."""
        known = set(self.real.ids(Receipt))
        amount = self.real.remit()
        if amount is not None:
            due = self.total - self.paid
            new = [one for one in self.real.ids(Receipt) if one not in known]
            for receipt in new:
                self.pay(receipt, self.real.paid_by(receipt))
            assert self.total - self.paid == max(due - int(amount), 0)

    @rule(nth=which)
    def settle(self, nth: int) -> None:
        """Settle a shipment that has arrived."""
        self._act_on(Shipment, nth, "settle")

    @rule()
    def close(self) -> None:
        """Close it by hand: what is delivered and paid is closed already."""
        assert not self.real.act(Order, self.real.order, "close")

    @rule(much=few)
    def restock(self, much: int) -> None:
        """Receive more goods."""
        self.real.stock(much)
        self.stock += much

    @invariant()
    def it_stands_as_the_model_says(self) -> None:
        """State, money, goods and stock are those of the model, and nothing is broken."""
        if hasattr(self, "real"):
            self.reached.add(self.state)
            assert self.real.stands() == self.figures()
            assert self.real.broken() == []

    def _act_on(self, model: type, nth: int, name: str, **said: str | int) -> int | None:
        """Do something with the n-th latest record; returns its id if it was done."""
        found = self.real.ids(model)
        if nth >= len(found):
            return None
        ident = found[-1 - nth]
        return ident if self.real.act(model, ident, name, **said) else None


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
    machine = type("Here", (Departments,), {"host": staffed, "reached": set()})
    chosen = settings(
        max_examples=LONGER or 4,
        stateful_step_count=20,
        deadline=None,
        database=None,
        derandomize=not LONGER,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=chosen)
    assert "released" in machine.reached
    assert list(problems_of_data(staffed)) == []
