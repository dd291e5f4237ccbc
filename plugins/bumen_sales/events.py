"""What has happened to orders."""

from dataclasses import dataclass

from bumen import Event


@dataclass(frozen=True)
class OrderConfirmed(Event):
    """An order has been promised to its customer."""

    order_id: int


@dataclass(frozen=True)
class OrderCancelled(Event):
    """An order, confirmed or still a draft, will not be delivered."""

    order_id: int


@dataclass(frozen=True)
class OrderHeld(Event):
    """An order goes beyond credit or allowance, and waits until others agree."""

    order_id: int
