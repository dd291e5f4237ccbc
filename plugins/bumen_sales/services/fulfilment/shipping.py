"""Goods on the road: what has left, what has arrived, what came back, line by line."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal

from bumen import User, publish, session
from bumen_sales.errors import (
    LineIsNotOfOrder,
    MoreThanOrdered,
    MoreThanShipped,
    NothingToShip,
    OrderIsNotOnItsWay,
)
from bumen_sales.events import OrderDelivered, OrderShipped
from bumen_sales.models import Order, OrderLine, OrderState, TaskKind, task_of
from bumen_sales.services.fulfilment.ending import close_if_settled
from bumen_sales.services.fulfilment.tasks import finish, refuse_unpaid_goods
from bumen_sales.services.locking import lines_now, lock_order

Quantities = Mapping[int, Decimal]
"""How much of which line, by its id."""
_ON_THE_ROAD = frozenset({OrderState.RELEASED, OrderState.SHIPPED})


def ship_lines(order: Order, quantities: Quantities, *, by: User | None, at: datetime) -> None:
    """Write down what has left the house; the order is shipped once all of it has.

    Refuses more of a line than is still to be shipped, any of an order without a sales slip, and
    what is paid beforehand until it is.
    """
    lock_order(order)
    if order.state is not OrderState.RELEASED:
        raise OrderIsNotOnItsWay(order)
    refuse_unpaid_goods(order)
    lines = lines_now(order)
    for line, quantity in _each(order, lines, quantities):
        left = line.quantity - line.shipped
        if quantity > left:
            raise MoreThanOrdered(line, left=left)
        line.shipped += quantity
    vehicle = session().scalars(task_of(order, TaskKind.VEHICLE)).one()
    finish(vehicle, by=by, at=at)
    if all(line.shipped == line.quantity for line in lines.values()):
        order.move("ship", by=by)
        order.shipped_at = at
        publish(OrderShipped(order.id))


def deliver_lines(
    order: Order, quantities: Quantities, *, by: User | None, at: datetime, signed_by: str
) -> None:
    """Write down what has arrived and who signed for it; the order is delivered once all has.

    Refuses more of a line than is on the road. What is delivered and paid is closed by itself.
    """
    lock_order(order)
    lines = _on_the_road(order)
    for line, quantity in _each(order, lines, quantities):
        line.delivered += _up_to_road(line, quantity)
    order.signed_by = signed_by.strip()[:200] or order.signed_by
    if all(line.delivered == line.quantity for line in lines.values()):
        order.move("confirm_arrival", by=by)
        order.delivered_at = at
        publish(OrderDelivered(order.id))
        close_if_settled(order, at=at)


def return_lines(order: Order, quantities: Quantities, *, by: User | None, at: datetime) -> None:
    """Write down what came back before it arrived: it is still to be shipped."""
    lock_order(order)
    lines = _on_the_road(order)
    for line, quantity in _each(order, lines, quantities):
        line.shipped -= _up_to_road(line, quantity)
    if order.state is OrderState.SHIPPED:
        order.move("take_goods_back", by=by)
        order.shipped_at = None


def _on_the_road(order: Order) -> dict[int, OrderLine]:
    if order.state not in _ON_THE_ROAD:
        raise OrderIsNotOnItsWay(order)
    return lines_now(order)


def _each(
    order: Order, lines: Mapping[int, OrderLine], quantities: Quantities
) -> Iterator[tuple[OrderLine, Decimal]]:
    if not quantities:
        raise NothingToShip
    for ident, quantity in quantities.items():
        if ident not in lines:
            raise LineIsNotOfOrder(order)
        if quantity <= 0:
            raise NothingToShip
        yield lines[ident], quantity


def _up_to_road(line: OrderLine, quantity: Decimal) -> Decimal:
    left = line.shipped - line.delivered
    if quantity > left:
        raise MoreThanShipped(line, left=left)
    return quantity
