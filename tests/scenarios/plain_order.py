"""What an order of one product comes to by plain sums, whoever does what to it."""

PRICE = 100
"""What one of the product costs, without tax."""


class PlainOrder:
    """A plain order is the state and the sums an order must have, told without the product."""

    def begin(self, quantity: int, stock: int) -> None:
        """Write the draft; so much lies in stock."""
        self.state, self.quantity, self.stock = "draft", quantity, stock
        self.paid = self.shipped = self.delivered = 0
        self.loaded: dict[int, int] = {}
        self.left: dict[int, int] = {}
        self.pays: dict[int, int] = {}

    @property
    def total(self) -> int:
        """What it costs."""
        return self.quantity * PRICE

    def figures(self) -> tuple[str, int, int, int, int, int, int]:
        """Return state, total, paid, due, shipped, delivered, and what is on hand in all places."""
        money = (self.total, self.paid, self.total - self.paid)
        return (self.state, *money, self.shipped, self.delivered, self.stock - self.shipped)

    def pay(self, receipt: int, amount: int) -> None:
        """Pay so much of the order with a receipt; fails where nothing can be owed."""
        assert not amount or self.state not in {"draft", "held", "cancelled", "closed"}
        self.pays[receipt] = self.pays.get(receipt, 0) + amount
        self.paid += amount
        assert self.paid <= self.total
        self.go_on()

    def owe_again(self, receipt: int | None) -> None:
        """Owe again what a receipt paid; what was closed is only delivered then."""
        if receipt is not None:
            amount = self.pays.pop(receipt, 0)
            self.paid -= amount
            if amount and self.state == "closed":
                self.state = "delivered"

    def go_on(self) -> None:
        """Follow the order by itself: shipped, delivered, closed once all of it is."""
        if self.state == "released" and self.shipped == self.quantity:
            self.state = "shipped"
        if self.state == "shipped" and self.delivered == self.quantity:
            self.state = "delivered"
        if self.state == "delivered" and self.paid == self.total:
            self.state = "closed"
