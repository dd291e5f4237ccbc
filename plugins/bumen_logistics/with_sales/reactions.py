"""What logistics does when something has happened to an order, and what it tells sales."""

from datetime import UTC, datetime

from bumen import current, session, today, within
from bumen_logistics.errors import NoWarehouse
from bumen_logistics.events import (
    GoodsNotReady,
    GoodsReady,
    PreparationDelayed,
    PreparationProgressed,
)
from bumen_logistics.models import DeliveryRequest, Preparation
from bumen_logistics.services import usual_warehouse
from bumen_logistics.with_sales.orders import (
    follow_order,
    give_up_order,
    pick_up_order,
    request_of,
)
from bumen_sales.events import OrderCancelled, OrderChanged, OrderConfirmed, SlipIssued
from bumen_sales.models import OPEN, UNDELIVERED, Order, SalesSlip
from bumen_sales.services import (
    goods_are_not_ready,
    goods_are_ready,
    promise_goods,
    report_progress,
)


def take_over(event: OrderConfirmed) -> None:
    """Have the goods of an order prepared; without a warehouse it waits to be picked up."""
    try:
        usual_warehouse()
    except NoWarehouse:
        return
    pick_up_order(_order(event.order_id), by=current().user, on=today(), at=_now())


def follow(event: OrderChanged) -> None:
    """Deliver what the order says now."""
    follow_order(_order(event.order_id), by=current().user, on=today(), at=_now())


def give_up(event: OrderCancelled) -> None:
    """Deliver nothing of a cancelled order."""
    give_up_order(_order(event.order_id), by=current().user, at=_now())


def note_slip(event: SlipIssued) -> None:
    """Keep the number of the slip the goods leave with."""
    request = request_of(event.order_id)
    if request is not None:
        request.slip_number = session().get_one(SalesSlip, event.slip_id).number


def tell_ready(event: GoodsReady) -> None:
    """Finish the workshop's task of the order."""
    order = _order_of(event.request_id)
    if order is not None and order.state in UNDELIVERED:
        goods_are_ready(order, by=current().user, at=_now())


def tell_not_ready(event: GoodsNotReady) -> None:
    """Take up the workshop's task of the order again."""
    order = _order_of(event.request_id)
    if order is not None and order.state in UNDELIVERED:
        goods_are_not_ready(order, by=current().user, at=_now())


def tell_progress(event: PreparationProgressed) -> None:
    """Write on the order how far its goods are. Source: A4.3.3."""
    order = _order_prepared(event.preparation_id)
    if order is not None and order.state in OPEN:
        report_progress(order, event.what, by=current().user, at=_now())


def tell_delay(event: PreparationDelayed) -> None:
    """Promise the goods of the order for another day, with the cause. Source: A4.3.3."""
    order = _order_prepared(event.preparation_id)
    if order is not None and order.state in OPEN:
        report_progress(order, event.cause, by=current().user, at=_now())
        promise_goods(order, event.promised_on, by=current().user, why=event.cause)


HEARD = (
    within(OrderConfirmed, take_over),
    within(OrderChanged, follow),
    within(OrderCancelled, give_up),
    within(SlipIssued, note_slip),
    within(GoodsReady, tell_ready),
    within(GoodsNotReady, tell_not_ready),
    within(PreparationProgressed, tell_progress),
    within(PreparationDelayed, tell_delay),
)


def _now() -> datetime:
    return datetime.now(UTC)


def _order(order_id: int) -> Order:
    return session().get_one(Order, order_id)


def _order_of(request_id: int) -> Order | None:
    """Return the order a request was made from, where sales is on."""
    request = session().get_one(DeliveryRequest, request_id)
    if request.source_id is None or "sales" not in current().on:
        return None
    order: Order | None = session().get(Order, request.source_id)
    return order


def _order_prepared(preparation_id: int) -> Order | None:
    return _order_of(session().get_one(Preparation, preparation_id).request_id)
