"""What sales does when something has happened."""

from bumen import current, session, today
from bumen_base.models import Customer, CustomerState
from bumen_base.services import activate_customer, regrade_customer
from bumen_sales.events import OrderCancelled, OrderConfirmed
from bumen_sales.models import Order

_MAY_BECOME_ACTIVE = {CustomerState.PROSPECT, CustomerState.DORMANT}


def activate_who_ordered(event: OrderConfirmed) -> None:
    """Make an active customer of whoever has bought for the first time, or again after long."""
    customer = _customer_of(event)
    if customer.state in _MAY_BECOME_ACTIVE:
        activate_customer(customer, by=current().user)


def regrade_who_ordered(event: OrderConfirmed | OrderCancelled) -> None:
    """Grade the customer anew: an order counts once it is confirmed, until it is cancelled."""
    regrade_customer(_customer_of(event), by=current().user, on=today())


def _customer_of(event: OrderConfirmed | OrderCancelled) -> Customer:
    return session().get_one(Order, event.order_id).customer
