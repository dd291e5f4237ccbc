"""What sales does when something has happened."""

from bumen import NoticeKind, current, session, settle, today
from bumen_base.models import Customer, CustomerState
from bumen_base.services import activate_customer, regrade_customer
from bumen_sales.events import OrderCancelled, OrderConfirmed, OrderDelivered, OrderShipped
from bumen_sales.models import Order
from bumen_sales.services import tell_customer_it_arrived, tell_customer_it_left

_MAY_BECOME_ACTIVE = {CustomerState.PROSPECT, CustomerState.DORMANT}


def activate_who_ordered(event: OrderConfirmed) -> None:
    """Make an active customer of whoever has bought for the first time, or again after long."""
    customer = _customer_of(event)
    if customer.state in _MAY_BECOME_ACTIVE:
        activate_customer(customer, by=current().user)


def regrade_who_ordered(event: OrderConfirmed | OrderCancelled) -> None:
    """Grade the customer anew: an order counts once it is confirmed, until it is cancelled."""
    regrade_customer(_customer_of(event), by=current().user, on=today())


def tell_it_left(event: OrderShipped) -> None:
    """Tell the customer that the goods are on their way."""
    order = session().get_one(Order, event.order_id)
    if order.shipped_at is not None:
        tell_customer_it_left(order, by=current().user, at=order.shipped_at)


def tell_it_arrived(event: OrderDelivered) -> None:
    """Tell the customer that the goods have arrived; nobody of ours need look any more."""
    order = session().get_one(Order, event.order_id)
    if order.delivered_at is not None:
        settle(order, kind=NoticeKind.LATE, at=order.delivered_at)
        tell_customer_it_arrived(order, by=current().user, at=order.delivered_at)


def forget_it_is_late(event: OrderCancelled) -> None:
    """Put away that an order is late: nobody waits for it any more."""
    order = session().get_one(Order, event.order_id)
    settle(order, kind=NoticeKind.LATE, at=order.changed_at)


def _customer_of(event: OrderConfirmed | OrderCancelled) -> Customer:
    return session().get_one(Order, event.order_id).customer
