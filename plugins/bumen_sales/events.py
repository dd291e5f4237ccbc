"""What has happened to orders, and to the money that is paid for them."""

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


@dataclass(frozen=True)
class SlipIssued(Event):
    """The sales slip of an order has been issued, or issued anew: its goods may leave."""

    label = _("Sales slip issued")

    order_id: int
    slip_id: int


@dataclass(frozen=True)
class OrderChanged(Event):
    """An order that had been promised has been changed, and its customer agrees."""

    label = _("Order changed")

    order_id: int


@dataclass(frozen=True)
class OrderShipped(Event):
    """All goods of an order have left the house."""

    label = _("Order shipped")

    order_id: int


@dataclass(frozen=True)
class OrderDelivered(Event):
    """All goods of an order have arrived at its customer."""

    label = _("Order delivered")

    order_id: int


@dataclass(frozen=True)
class OrderClosed(Event):
    """An order is delivered and paid in full: it is only kept from now on."""

    label = _("Order closed")

    order_id: int


@dataclass(frozen=True)
class ReceiptPosted(Event):
    """Money of a customer has come in and is written down."""

    label = _("Receipt posted")

    receipt_id: int


@dataclass(frozen=True)
class ReceiptReversed(Event):
    """Money that was written down as received has not come in after all."""

    label = _("Receipt reversed")

    receipt_id: int


@dataclass(frozen=True)
class MonthlyReportSent(Event):
    """A monthly sales report has left: its numbers stay as they are."""

    label = _("Monthly sales report sent")

    monthly_report_id: int
