"""What finance and customers may do about an order, each at random: done, or refused as said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from bumen_logistics.models import CashOnDelivery, Remittance
from bumen_sales.models import Order, Receipt
from tests.scenarios.plain_order import FIRM, PlainOrder
from tests.scenarios.random_order import RandomOrder

which = st.sampled_from([0, 0, 0, 1, 2])
money = st.sampled_from([100, 200, 300, 400, 600, 70])
Plain = TypeVar("Plain")


def on_board(*states: str) -> Callable[[Any], Any]:
    """Let a rule be tried where some shipment stands in one of the states."""
    return precondition(lambda self: any(one.state in states for one in self.plain.shipments))


class Finance(RuleBasedStateMachine):
    """Finance is who writes down what comes in for an order, and what carriers hand over."""

    real: RandomOrder
    plain: PlainOrder
    handed_over: list[int]
    """The remittances that count, by their ids."""

    @rule(amount=money, pays=st.sampled_from([0, 100, 200, 70, 300]))
    def receive(self, amount: int, pays: int) -> None:
        """Post money that came in: it pays the order, or stands as an advance."""
        refused = self.plain.receive(Decimal(amount), Decimal(pays))
        assert self.real.receive(Decimal(amount), pays=Decimal(pays)) == refused

    @rule()
    def pay_all(self) -> None:
        """Pay all that is due."""
        if self.plain.due:
            due = self.plain.due
            refused = self.plain.receive(due, due)
            assert self.real.receive(due, pays=due) == refused

    @precondition(lambda self: self.plain.receipts)
    @rule(nth=which, amount=money)
    def allocate(self, nth: int, amount: int) -> None:
        """Pay the order from an advance."""
        if one := latest(self.plain.receipts, nth):
            said = {"order_id": self.real.order, "amount": f"{amount}"}
            self.same(Receipt, nth, "allocate", self.plain.allocate(one, Decimal(amount)), **said)

    @precondition(lambda self: self.plain.receipts)
    @rule(nth=which)
    def take_off(self, nth: int) -> None:
        """Take off what a receipt pays."""
        if one := latest(self.plain.receipts, nth):
            said = {"order_id": self.real.order, "reason": "Wrong order"}
            self.same(Receipt, nth, "take_off", self.plain.take_off(one), **said)

    @precondition(lambda self: self.plain.receipts)
    @rule(nth=which)
    def reverse(self, nth: int) -> None:
        """Reverse a receipt."""
        if one := latest(self.plain.receipts, nth):
            self.same(Receipt, nth, "reverse", self.plain.reverse(one), reason="It bounced")

    @precondition(lambda self: self.plain.arrived)
    @rule(nth=which)
    def collect(self, nth: int) -> None:
        """Collect money at the door."""
        if one := latest(self.plain.arrived, nth):
            refused = None if one.money in {"due", "collected"} else "IllegalTransition"
            refused = refused or (one.collected == one.cash and "CollectedBeyond") or None
            if refused is None:
                one.money, one.collected = "collected", one.cash
            self.same(CashOnDelivery, nth, "record_collection", refused)

    @precondition(lambda self: self.plain.arrived)
    @rule()
    def remit(self) -> None:
        """Hand over what was collected: it pays the order as far as something is due."""
        refused = self.plain.remit()
        assert self.real.remit() == refused
        if refused is None:
            self.handed_over.append(self.real.made)

    @rule()
    @precondition(lambda self: self.plain.remittances)
    def take_money_back(self) -> None:
        """Reverse the latest remittance."""
        self.plain.take_money_back()
        latest_one = self.handed_over.pop()
        assert self.real.act(Remittance, latest_one, "reverse", reason="Another's") is None

    @on_board("arrived", "settled", "returned")
    @rule()
    def pay_freight(self) -> None:
        """Pay the carrier for all that it took; what is paid in full is settled."""
        ended = {"arrived", "settled", "returned"}
        found = [one for one in self.plain.shipments if one.state in ended and not one.is_billed]
        for one in found:
            one.is_billed = True
            one.settle_by_itself()
        assert self.real.pay_freight() == (None if found else "StatementIsEmpty")

    @precondition(lambda self: self.plain.state in FIRM - {"confirmed"})
    @rule(disputed=st.booleans())
    def dispute(self, disputed: bool) -> None:
        """Note that the customer disputes it, or no longer does."""
        plain, refused = self.plain, None
        if plain.state not in FIRM:
            refused = "IllegalTransition"
        elif plain.is_disputed is disputed or (disputed and not plain.due):
            refused = "NotPossibleNow"
        plain.is_disputed = disputed if refused is None else plain.is_disputed
        self.order("dispute" if disputed else "collect_again", refused, reason="Colour")

    @precondition(lambda self: self.plain.receipts)
    @rule()
    def send_statement(self) -> None:
        """Tell the customer what they owe: what was released, less what came in."""
        assert self.real.balance() == self.plain.balance

    @precondition(lambda self: self.plain.state in {"shipped", "delivered", "closed"})
    @rule()
    def close(self) -> None:
        """Close it by hand: what is delivered and paid is closed already."""
        is_unpaid = self.plain.state == "delivered"
        self.order("close", "OrderIsNotSettled" if is_unpaid else "IllegalTransition")

    def order(self, name: str, refused: str | None, **said: str) -> None:
        """Do something with the order: done, or refused, as the model said."""
        assert self.real.act(Order, self.real.order, name, **said) == refused, name

    def same(
        self, model: type, nth: int, name: str, refused: str | None, **said: str | int
    ) -> None:
        """Do something with the n-th latest record: done, or refused, as the model said."""
        ident = self.real.ids(model)[-1 - nth]
        assert self.real.act(model, ident, name, **said) == refused, name


def latest(found: Sequence[Plain], nth: int) -> Plain | None:
    """Return the n-th latest, if there are so many."""
    return found[-1 - nth] if nth < len(found) else None
