"""What logistics answers to sales, and to itself about orders."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from bumen import Text, User, hookimpl, session, today
from bumen_base.models import ProductKind
from bumen_logistics.models import (
    DeliveryRequest,
    RequestState,
    Warehouse,
    available_in,
    first_warehouse,
)
from bumen_logistics.models.shipments import loaded_elsewhere
from bumen_logistics.texts import _
from bumen_logistics.with_sales.errors import LessThanLoaded
from bumen_logistics.with_sales.orders import pick_up_order, request_of
from bumen_logistics.with_sales.queries import orders_waiting
from bumen_sales.models import Order
from bumen_sales.services import lock_order

_NOTHING = Decimal(0)


@hookimpl
def sales_is_carried_out(order: Order) -> bool | None:
    """Say that logistics carries out what it has taken over; the rest sales does by hand."""
    request = request_of(order.id)
    return request is not None and request.state is not RequestState.CANCELLED


@hookimpl
def sales_finds_vehicle(order: Order) -> bool:
    """Say that logistics looks for the vehicles of goods it takes over at once."""
    return session().scalar(first_warehouse()) is not None and any(
        line.product.kind is ProductKind.GOODS for line in order.lines
    )


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


@hookimpl
def sales_may_change_order(order: Order, quantities: Mapping[int, Decimal]) -> None:
    """Keep an order as it is where more is loaded, or has left, than there shall be."""
    request = request_of(order.id)
    if request is None:
        return
    query = loaded_elsewhere(request.id, besides=0)
    loaded = {line: much or _NOTHING for line, much in session().execute(query)}
    for line in request.lines:
        if line.source_line_id is not None and line.id in loaded:
            on_board = line.shipped + loaded[line.id]
            if quantities.get(line.source_line_id, _NOTHING) < on_board:
                raise LessThanLoaded(line, on_board)


@hookimpl
def sales_impact_of_change(
    order: Order, quantities: Mapping[int, Decimal]
) -> Sequence[tuple[Text, Text]] | None:
    """Say of each product of which more is wanted, how much the warehouse can still promise."""
    request = request_of(order.id)
    more = {line: quantities[line.id] - line.quantity for line in order.lines}
    grown = {line: much for line, much in more.items() if much > 0}
    if request is None or request.warehouse_id is None or not grown:
        return None
    products = [line.product_id for line in grown]
    free = dict(session().execute(available_in(request.warehouse_id, products)).all())
    return [
        (
            _("Stock"),
            _(
                "%(more)s more of %(product)s, %(free)s are free.",
                more=_written(much),
                product=line.product,
                free=_written(free.get(line.product_id, _NOTHING)),
            ),
        )
        for line, much in grown.items()
    ]


def _written(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"
