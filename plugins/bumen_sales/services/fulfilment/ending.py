"""The end of an order: delivered in full, paid in full, and only kept from then on."""

from datetime import datetime

from bumen import User, publish
from bumen_sales.errors import OrderIsNotSettled
from bumen_sales.events import OrderClosed
from bumen_sales.models import FIRM, Order, OrderState
from bumen_sales.services.fulfilment.tasks import settle_payment
from bumen_sales.services.locking import lock_order


def close_order(order: Order, *, by: User | None, at: datetime) -> None:
    """Close an order that is delivered: it is only read from now on. Source: A4.3.7.

    `OrderIsNotSettled` while something is still to be paid.
    """
    lock_order(order)
    if order.state is OrderState.DELIVERED and order.due > 0:
        raise OrderIsNotSettled(order)
    _close(order, by=by, at=at)


def close_if_settled(order: Order, *, at: datetime) -> None:
    """Close by itself what is delivered in full and paid in full; leave alone what is not."""
    if order.state is OrderState.DELIVERED and order.due == 0:
        _close(order, by=None, at=at)


def payment_changed(order: Order, *, by: User | None, at: datetime) -> None:
    """Follow what is paid of an order now: its payment task, and its end.

    A closed order of which money turns out not to have come is taken up again.
    """
    lock_order(order)
    if order.state not in FIRM:
        return
    settle_payment(order, by=by, at=at)
    close_if_settled(order, at=at)
    if order.state is OrderState.CLOSED and order.due > 0:
        order.move("take_up_again", by=None)
        order.closed_at = None


def _close(order: Order, *, by: User | None, at: datetime) -> None:
    order.move("close", by=by)
    order.closed_at = at
    publish(OrderClosed(order.id))
