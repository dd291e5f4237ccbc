"""Which orders logistics has taken over, and which still wait for it."""

from sqlalchemy import Select, func, select

from bumen_base.models import Product, ProductKind
from bumen_logistics.models import DeliveryRequest
from bumen_sales.models import Order, OrderLine, OrderState

TO_PREPARE = (OrderState.CONFIRMED, OrderState.RELEASED)
"""The states of orders whose goods are still in the house."""


def orders_waiting() -> Select[Order]:
    """Select the orders with goods that have been promised and that logistics has not taken over,
    the oldest first.
    """
    taken = select(DeliveryRequest.id).where(DeliveryRequest.source_id == Order.id)
    goods = (
        select(OrderLine.id)
        .join(Product, Product.id == OrderLine.product_id)
        .where(OrderLine.order_id == Order.id, Product.kind == ProductKind.GOODS)
        .where(OrderLine.shipped < OrderLine.quantity)
    )
    waits = (Order.state.in_(TO_PREPARE), ~taken.exists(), goods.exists())
    return select(Order).where(*waits).order_by(Order.id)


def number_waiting() -> Select[int]:
    """Count the orders that wait for logistics."""
    waiting = orders_waiting().with_only_columns(Order.id).order_by(None).subquery()
    return select(func.count()).select_from(waiting)
