"""How far the goods of an order of one product are by plain sums: ready, loaded, on the road."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

NONE = Decimal(0)
BEFORE_LOADING = {"draft", "arranged", "slip_taken"}
UNDER_WAY = {"loaded", "in_transit", "exception", "arrived", "settled"}
AHEAD = {"requested", "in_preparation", "exception"}


@dataclass(eq=False)
class PlainPreparation:
    """A plain preparation is how much shall be got ready, and how far that is."""

    quantity: int
    state: str = "requested"


@dataclass(eq=False)
class PlainShipment:
    """A plain shipment is how much goes on a vehicle, what it collects, and where that money is."""

    ordered: int
    state: str = "draft"
    counted: int = 0
    has_slip: bool = False
    cash: Decimal = NONE
    money: str = ""
    collected: Decimal = NONE
    remitted: Decimal = NONE
    is_billed: bool = False

    def step(self, name: str, since: set[str], to: str) -> str | None:
        """Go on where the state allows it; return the refusal where it does not."""
        if self.state not in since:
            return "IllegalTransition"
        self.state = to
        return None

    def settle_by_itself(self) -> None:
        """Follow the money: settled while nothing is missing, taken up again while something is."""
        is_missing = self.money in {"due", "collected"} or not self.is_billed
        if self.state == "arrived" and not is_missing:
            self.state = "settled"
        if self.state == "settled" and is_missing:
            self.state = "arrived"


class PlainDelivery:
    """A plain delivery is what the warehouse does for one order, refusals by name."""

    state: str
    quantity: int
    shipped: int
    delivered: int
    is_prepaid_open: bool
    to_collect: Decimal

    def begin_delivery(self, here: int) -> None:
        """So much lies in stock, and nothing is done yet."""
        self.here, self.back, self.prepared = here, 0, 0
        self.goods_are_ready = self.has_slip = False
        self.preparations: list[PlainPreparation] = []
        self.ready_in_turn: list[PlainPreparation] = []
        self.shipments: list[PlainShipment] = []
        self.arrived: list[PlainShipment] = []

    @property
    def kept(self) -> int:
        """How much of the stock is kept for the order: what is ready, and has not left."""
        return self.prepared - self.shipped

    @property
    def lacking(self) -> int:
        """How much nobody has got ready, or is about to."""
        ahead = sum(one.quantity for one in self.preparations if one.state in AHEAD)
        return self.quantity - self.prepared - ahead

    def take_over(self) -> None:
        """Begin to carry a confirmed order out."""
        self.preparations.append(PlainPreparation(self.quantity))
        self.shipments.append(PlainShipment(self.quantity))

    def prepare(self, one: PlainPreparation, name: str) -> str | None:
        """Go on with a preparation."""
        since, to = {
            "begin": ({"requested"}, "in_preparation"),
            "report_exception": ({"requested", "in_preparation"}, "exception"),
            "resume": ({"exception"}, "in_preparation"),
            "ready": ({"in_preparation", "exception"}, "ready"),
            "reopen": ({"ready"}, "in_preparation"),
        }[name]
        if one.state not in since:
            return "IllegalTransition"
        refusal = {"ready": self._why_not_ready, "reopen": self._why_not_reopened}.get(name)
        if refusal is not None and (why := refusal(one)):
            return why
        one.state = to
        self._count(one, name)
        return None

    def prepare_again(self) -> str | None:
        """Prepare what came back anew."""
        if self.lacking <= 0:
            return "NotPossibleNow"
        self.preparations.append(PlainPreparation(self.lacking))
        self.goods_are_ready = False
        return None

    def load(self, one: PlainShipment, much: int) -> str | None:
        """Put so much on a vehicle."""
        if one.state not in {"arranged", "slip_taken"}:
            return "IllegalTransition"
        if not one.has_slip:
            return "SlipIsNotTaken"
        if self.is_prepaid_open:
            return "GoodsAreNotPaid"
        if much > one.ordered:
            return "CountedMoreThanOrdered"
        if much > self.kept - self._loaded(besides=one):
            return "GoodsAreNotPrepared"
        one.counted, one.state = much, "loaded"
        one.cash = self.share(one)
        return None

    def share(self, one: PlainShipment) -> Decimal:
        """Return what a loaded vehicle collects: its part of what no other one does."""
        others = (two.cash for two in self.shipments if two.state in UNDER_WAY and two is not one)
        rest = max(self.to_collect - sum(others, NONE), NONE)
        left = self.quantity - self.shipped - self._loaded(besides=one)
        part = rest * one.counted / max(left, one.counted)
        return part.quantize(Decimal("0.01"), ROUND_HALF_UP)

    def left_to_plan(self, besides: PlainShipment | None = None) -> int:
        """Return how much no other shipment takes, or took."""
        planned = sum(
            two.counted if two.state == "loaded" else two.ordered
            for two in self.shipments
            if two.state in BEFORE_LOADING | {"loaded"} and two is not besides
        )
        return max(self.quantity - self.shipped - planned, 0)

    def ship_the_rest(self, one: PlainShipment) -> str | None:
        """Plan another shipment of what is left."""
        if one.state not in UNDER_WAY:
            return "IllegalTransition"
        if not (left := self.left_to_plan()) or self.state not in {"confirmed", "released"}:
            return "NotPossibleNow"
        self.shipments.append(PlainShipment(left))
        return None

    def follow(self, quantity: int) -> None:
        """Deliver another quantity: what nobody prepares is dropped first, what is ready last."""
        was_ready, less = self.prepared == self.quantity, self.quantity - quantity
        if less > 0:
            self._want_less(less - min(less, self.lacking))
        elif less < 0:
            self.goods_are_ready = False
            self.preparations.append(PlainPreparation(-less))
        self.quantity = quantity
        if (self.prepared == quantity) is not was_ready:
            self.goods_are_ready = not was_ready
        for one in self.shipments:
            if one.state in BEFORE_LOADING:
                one.ordered = self.left_to_plan(one) or one.ordered
                one.state = one.state if self.left_to_plan(one) else "cancelled"

    def give_up(self) -> None:
        """Carry nothing out any more."""
        for one in self.preparations:
            one.state = "cancelled"
        for two in self.shipments:
            two.state = "cancelled" if two.state in BEFORE_LOADING else two.state
        self.prepared = 0

    def _want_less(self, left: int) -> None:
        for one in sorted(self.preparations, key=lambda one: one.state not in AHEAD):
            taken = min(left, one.quantity) if one.state != "cancelled" else 0
            one.quantity, left = one.quantity - taken, left - taken
            if one.state == "ready":
                self.prepared -= taken
            elif not one.quantity:
                one.state = "cancelled"

    def _why_not_ready(self, one: PlainPreparation) -> str | None:
        return "NotEnoughStock" if one.quantity > self.here - self.kept else None

    def _why_not_reopened(self, one: PlainPreparation) -> str | None:
        later = self.ready_in_turn[self.ready_in_turn.index(one) + 1 :]
        is_here = self.prepared - sum(two.quantity for two in later) >= one.quantity
        return "GoodsHaveLeft" if self.shipped or not is_here else None

    def _count(self, one: PlainPreparation, name: str) -> None:
        if name == "ready":
            self.ready_in_turn.append(one)
            self.prepared += one.quantity
            self.goods_are_ready = self.goods_are_ready or self.prepared == self.quantity
        if name == "reopen":
            self.ready_in_turn.remove(one)
            self.prepared -= one.quantity
            self.goods_are_ready = False

    def _loaded(self, besides: PlainShipment) -> int:
        there = (
            two.counted for two in self.shipments if two.state == "loaded" and two is not besides
        )
        return sum(there)
