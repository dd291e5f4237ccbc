"""What has happened to orders."""

from dataclasses import dataclass

from bumen import Event
from bumen_sales.texts import _


@dataclass(frozen=True)
class OrderConfirmed(Event):
    """An order has been promised to its customer."""

    label = _("Order confirmed")

    order_id: int


@dataclass(frozen=True)
class OrderCancelled(Event):
    """An order, confirmed or still a draft, will not be delivered."""

    label = _("Order cancelled")

    order_id: int


@dataclass(frozen=True)
class OrderHeld(Event):
    """An order goes beyond credit or allowance, and waits until others agree."""

    label = _("Order held")

    order_id: int
