"""What logistics answers to sales, and to itself about orders."""

from datetime import datetime

from bumen import User, hookimpl, session, today
from bumen_logistics.models import DeliveryRequest, RequestState, Warehouse
from bumen_logistics.with_sales.orders import pick_up_order, request_of
from bumen_logistics.with_sales.queries import orders_waiting
from bumen_sales.models import Order
from bumen_sales.services import lock_order


@hookimpl
def sales_is_carried_out(order: Order) -> bool | None:
    """Say that logistics carries out what it has taken over; the rest sales does by hand."""
    request = request_of(order.id)
    return request is not None and request.state is not RequestState.CANCELLED


@hookimpl
def logistics_source_is_worked_on(request: DeliveryRequest) -> None:
    """Lock the order a request was made from."""
    order = session().get(Order, request.source_id)
    if order is not None:
        lock_order(order)


@hookimpl
def logistics_pick_up(warehouse: Warehouse, by: User | None, at: datetime) -> int:
    """Take over every order that was confirmed while logistics was off."""
    taken = 0
    for order in session().scalars(orders_waiting()).all():
        made = pick_up_order(order, by=by, on=today(), at=at, warehouse=warehouse)
        taken += made is not None
    return taken
