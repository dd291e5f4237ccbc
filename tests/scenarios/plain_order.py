"""What an order of one product comes to by plain sums, whoever does what to it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.scenarios.plain_delivery import (
    BEFORE_LOADING,
    NONE,
    PlainDelivery,
    PlainShipment,
)

PRICE = 100
"""What one of the product costs, without tax."""
FIRM = {"confirmed", "released", "shipped", "delivered", "closed"}


@dataclass(eq=False)
class PlainReceipt:
    """A plain receipt is money that came in, and how much of it pays the order."""

    amount: Decimal
    pays: Decimal = NONE
    state: str = "posted"

    @property
    def left(self) -> Decimal:
        """What of it pays nothing yet; nothing of what was taken back."""
        return self.amount - self.pays if self.state == "posted" else NONE


class PlainOrder(PlainDelivery):
    """A plain order is the state and the sums an order must have, told without the product.

    Each deed returns the name of its refusal, or is done and returns nothing.
    """

    def begin(self, method: str, quantity: int, here: int, *, held: bool) -> None:
        """Write the draft of an order that may have to be held; so much lies in stock."""
        self.method, self.quantity, self.held_first = method, quantity, held
        self.state, self.is_disputed, self.shipped, self.delivered = "draft", False, 0, 0
        self.receipts: list[PlainReceipt] = []
        self.remittances: list[list[tuple[PlainShipment, Decimal, PlainReceipt]]] = []
        self.begin_delivery(here)

    @property
    def total(self) -> Decimal:
        """What it costs."""
        return Decimal(self.quantity * PRICE)

    @property
    def paid(self) -> Decimal:
        """What receipts pay of it."""
        return sum((one.pays for one in self.receipts), NONE)

    @property
    def due(self) -> Decimal:
        """What is still to be paid."""
        return self.total - self.paid

    @property
    def is_prepaid_open(self) -> bool:  # type: ignore[override]
        """Whether money is missing without which nothing leaves."""
        return self.method == "prepaid" and self.due > 0

    @property
    def to_collect(self) -> Decimal:  # type: ignore[override]
        """What all vehicles together collect: what is due, and what they have handed over."""
        handed_over = sum((one.remitted for one in self.arrived), NONE)
        return self.due + handed_over if self.method == "cash_on_delivery" else NONE

    @property
    def balance(self) -> Decimal:
        """What the customer owes by their statement: what was released, less what came in."""
        charged = self.total if self.state in FIRM - {"confirmed"} else NONE
        return charged - sum((one.amount for one in self.receipts if one.state == "posted"), NONE)

    def figures(self) -> dict[str, Any]:
        """Return all that the product must agree with."""
        return {
            "order": (self.state, self.total, self.paid, self.due, self.shipped, self.delivered),
            "stock": (self.here + self.back, self.kept),
            "preparations": [(one.state, one.quantity) for one in self.preparations],
            "shipments": [(one.state, one.ordered) for one in self.shipments],
            "cash": [(one.money, one.cash, one.collected, one.remitted) for one in self.arrived],
            "receipts": [(one.state, one.amount, one.left) for one in self.receipts],
        }

    def confirm(self) -> str | None:
        """Promise it, or hold it."""
        if self.state != "draft":
            return "IllegalTransition"
        self.state = "held" if self.held_first else "confirmed"
        if self.state == "confirmed":
            self.take_over()
        return None

    def decide(self, *, agrees: bool) -> str | None:
        """Promise after all what was held, or give it back."""
        if self.state != "held":
            return "IllegalTransition"
        self.state = "confirmed" if agrees else "draft"
        if agrees:
            self.take_over()
        return None

    def cancel(self) -> str | None:
        """Give it up."""
        if self.state not in {"draft", "held", "confirmed", "released"}:
            return "IllegalTransition"
        if self.shipped:
            return "GoodsHaveLeft"
        if any(one.state == "loaded" for one in self.shipments):
            return "GoodsAreLoaded"
        self.state, self.has_slip = "cancelled", False
        self.give_up()
        for one in self.receipts:
            one.pays = NONE
        return None

    def issue_slip(self) -> str | None:
        """Let the goods leave."""
        if self.state != "confirmed":
            return "IllegalTransition"
        if not self.goods_are_ready or self.is_prepaid_open:
            return "SlipIsTooEarly"
        self.state, self.has_slip = "released", True
        return None

    def take_slip(self, one: PlainShipment) -> str | None:
        """Take the slip along."""
        if one.state != "arranged":
            return "IllegalTransition"
        if not self.has_slip:
            return "SlipIsNotIssued"
        if self.is_prepaid_open:
            return "GoodsAreNotPaid"
        one.state, one.has_slip = "slip_taken", True
        return None

    def ship(self, one: PlainShipment) -> str | None:
        """Let a vehicle go; what it collects is worked out once more."""
        if one.state != "loaded":
            return "IllegalTransition"
        if one.counted > self.kept:
            return "NotEnoughStock"
        if self.is_prepaid_open:
            return "GoodsAreNotPaid"
        one.cash, one.state = self.share(one), "in_transit"
        self.shipped, self.here = self.shipped + one.counted, self.here - one.counted
        self.go_on()
        return None

    def arrive(self, one: PlainShipment) -> str | None:
        """Hand goods over."""
        if one.state != "in_transit":
            return "IllegalTransition"
        one.state, self.delivered = "arrived", self.delivered + one.counted
        if one.cash:
            one.money = "due"
            self.arrived.append(one)
        self.go_on()
        return None

    def give_back(self, one: PlainShipment) -> str | None:
        """Bring goods back from the road."""
        if one.state not in {"in_transit", "exception"}:
            return "IllegalTransition"
        one.state, self.state = "returned", "released"
        self.shipped, self.back = self.shipped - one.counted, self.back + one.counted
        self.prepared -= one.counted
        return None

    def change(self, quantity: int) -> str | None:
        """Order more, or less."""
        loaded = [one.counted for one in self.shipments if one.state == "loaded"]
        why_not = {
            "OrderCannotBeChanged": self.state not in {"confirmed", "released"},
            "LessThanShipped": quantity < self.shipped,
            "MoreIsPaid": quantity * PRICE < self.paid,
            "NothingChanges": quantity == self.quantity,
            "LessThanLoaded": loaded and quantity < self.shipped + sum(loaded),
        }
        for refusal, is_met in why_not.items():
            if is_met:
                return refusal
        self.follow(quantity)
        self.go_on()
        return None

    def receive(self, amount: Decimal, pays: Decimal) -> str | None:
        """Post money that came in."""
        refusal = self._why_not_paid(pays) if pays else None
        if pays > amount and refusal != "MoreThanIsDue":
            refusal = "MoreThanWasReceived"
        if refusal is None:
            self.receipts.append(PlainReceipt(amount, pays))
            self.go_on()
        return refusal

    def allocate(self, one: PlainReceipt, amount: Decimal) -> str | None:
        """Pay from an advance."""
        if one.state != "posted":
            return "IllegalTransition"
        if one.pays == one.amount:
            return "NotPossibleNow"
        refusal = self._why_not_paid(amount)
        if refusal is None and amount > one.amount - one.pays:
            refusal = "MoreThanWasReceived"
        if refusal is None:
            one.pays += amount
            self.go_on()
        return refusal

    def take_off(self, one: PlainReceipt) -> str | None:
        """Owe again what a receipt pays."""
        if one.state != "posted":
            return "IllegalTransition"
        if not one.pays:
            return "NothingIsAllocated"
        one.pays = NONE
        self.go_on()
        return None

    def reverse(self, one: PlainReceipt) -> str | None:
        """Take a receipt back."""
        if one.state != "posted":
            return "IllegalTransition"
        one.state, one.pays = "reversed", NONE
        self.go_on()
        return None

    def remit(self) -> str | None:
        """Hand over what was collected: it pays the order as far as something is due."""
        handed = [one for one in self.arrived if one.money == "collected"]
        handed = [one for one in handed if one.collected > one.remitted]
        if not handed:
            return "RemittanceIsEmpty"
        self.remittances.append([])
        for one in handed:
            amount = one.collected - one.remitted
            receipt = PlainReceipt(amount, min(amount, self.due))
            self.receipts.append(receipt)
            self.remittances[-1].append((one, amount, receipt))
            one.remitted += amount
            one.money = "remitted" if one.remitted == one.cash else one.money
            self.go_on()
        for one in handed:
            one.settle_by_itself()
        return None

    def take_money_back(self) -> None:
        """Reverse the latest remittance."""
        for one, amount, receipt in self.remittances.pop():
            one.remitted -= amount
            one.money = "collected"
            self.reverse(receipt)
            one.settle_by_itself()

    def cancel_shipment(self, one: PlainShipment) -> str | None:
        """Give a shipment up before it is loaded."""
        return one.step("cancel", BEFORE_LOADING, "cancelled")

    def go_on(self) -> None:
        """Follow the order by itself: shipped, delivered, closed once all of it is, or no more."""
        if self.state == "released" and self.shipped == self.quantity:
            self.state = "shipped"
        if self.state == "shipped" and self.delivered == self.quantity:
            self.state = "delivered"
        if self.state == "delivered" and not self.due:
            self.state = "closed"
        if self.state == "closed" and self.due:
            self.state = "delivered"

    def _why_not_paid(self, amount: Decimal) -> str | None:
        if self.state not in FIRM:
            return "OrderIsNotOwed"
        return "MoreThanIsDue" if amount > self.due else None
