"""Orders become delivery requests, follow what is changed of them, and are given up with them."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from bumen import Text, User, current, publish, session
from bumen_base.models import PaymentMethod, ProductKind
from bumen_logistics.errors import ShippedBeyond
from bumen_logistics.events import GoodsNotReady, GoodsReady
from bumen_logistics.models import (
    AHEAD,
    DeliveryRequest,
    Preparation,
    PreparationState,
    RequestLine,
    RequestState,
    Warehouse,
    preparations_of,
    remitted_for,
    request_from,
)
from bumen_logistics.services import (
    cancel_preparation,
    cancel_request,
    draft_request,
    fulfil_if_delivered,
    lacking_of,
    lock_request,
    release_some,
    request_delivery,
    usual_warehouse,
    want,
)
from bumen_logistics.texts import _
from bumen_logistics.with_sales.queries import TO_PREPARE
from bumen_sales.models import Order, OrderLine, slips_of
from bumen_sales.services import lock_order

Amounts = dict[RequestLine, Decimal]
"""So much of each line."""
NONE = Decimal(0)
"""Nothing of a product."""
TAKEN = ("consignee", "phone", "address", "packing_requirement")
"""What a delivery takes over from its order word for word."""


def request_of(order_id: int) -> DeliveryRequest | None:
    """Return the delivery request that was made from an order, if one was."""
    found: DeliveryRequest | None = session().scalar(request_from(order_id))
    return found


def pick_up_order(
    order: Order,
    *,
    by: User | None,
    on: date,
    at: datetime,
    warehouse: Warehouse | None = None,
) -> DeliveryRequest | None:
    """Have an order delivered: its goods are requested from a warehouse. None where it is already.

    What was shipped by hand before is not requested again; an order without goods is left to
    sales. Source: E2.2.
    """
    lock_order(order)
    if order.state not in TO_PREPARE or request_of(order.id) is not None:
        return None
    left = {line: line.quantity - line.shipped for line in order.lines}
    if not any(left[line] > 0 and _is_goods(line) for line in order.lines):
        return None
    request = DeliveryRequest(
        source_id=order.id,
        source_number=order.number,
        customer=order.customer,
        wanted_on=order.requested_on,
        warehouse=warehouse or usual_warehouse(),
        cash_on_delivery=to_collect(order),
        lines=[_line(one, quantity) for one, quantity in left.items() if quantity > 0],
    )
    _take_over(request, order)
    draft_request(request, by=by, on=on)
    session().add(request)
    session().flush()
    request_delivery(request, by=by, on=on, at=at)
    return request


def follow_order(order: Order, *, by: User | None, on: date, at: datetime) -> None:
    """Change a delivery as its order was changed: what, how much, to whom, by when.

    More of something is prepared beside the rest; less of it frees what was kept.
    """
    request = request_of(order.id)
    if request is None or request.state is not RequestState.REQUESTED:
        return
    lock_request(request)
    was_ready = _is_ready(request)
    _take_over(request, order)
    request.wanted_on, request.cash_on_delivery = order.requested_on, to_collect(order)
    more, less = _differences(request, order)
    _want_less(request, less, by=by, at=at)
    for line, quantity in more.items():
        line.quantity += quantity
    session().flush()
    _prepare_no_more_of_nothing(request, by=by, at=at)
    want(request, more, by=by, on=on)
    fulfil_if_delivered(request)
    if _is_ready(request) is not was_ready:
        publish((GoodsNotReady if was_ready else GoodsReady)(request.id))


def give_up_order(order: Order, *, by: User | None, at: datetime) -> None:
    """Give the delivery of a cancelled order up; its goods are free again."""
    request = request_of(order.id)
    if request is not None and request.state in {RequestState.DRAFT, RequestState.REQUESTED}:
        cancel_request(request, by=by, at=at, reason=order.cancellation_reason or order.number)


def _line(line: OrderLine, quantity: Decimal) -> RequestLine:
    return RequestLine(
        product=line.product,
        quantity=quantity,
        position=line.position,
        unit=line.unit,
        prepared=NONE,
        shipped=NONE,
        delivered=NONE,
        source_line_id=line.id,
    )


def _is_goods(line: OrderLine) -> bool:
    return line.product.kind is ProductKind.GOODS


def to_collect(order: Order) -> Decimal:
    """Return what carriers collect of an order that is paid at the door, all deliveries together:
    what is due, and what they have handed over already.
    """
    if order.payment_method is not PaymentMethod.CASH_ON_DELIVERY:
        return NONE
    return order.due + (session().scalar(remitted_for(order.id)) or NONE)


def in_our_language(said: Text) -> str:
    """Return a sentence as the company writes it."""
    company = current().company
    return said.in_language(company.locale if company else "en")


def _take_over(request: DeliveryRequest, order: Order) -> None:
    for name in TAKEN:
        setattr(request, name, getattr(order, name))
    slip = session().scalars(slips_of(order).limit(1)).one_or_none()
    request.slip_number = slip.number if slip is not None and slip.current else None


def _differences(request: DeliveryRequest, order: Order) -> tuple[Amounts, Amounts]:
    """Return how much more, and how much less, is wanted of each line; new ones begin at nothing.

    What was shipped by hand before logistics took the order over is not part of the request.
    """
    known = {line.source_line_id: line for line in request.lines}
    more: Amounts = {}
    less: Amounts = {}
    for line in order.lines:
        mine = known.pop(line.id, None)
        if mine is None:
            mine = _line(line, NONE)
            request.lines.append(mine)
        change = line.quantity - (line.shipped - mine.shipped) - mine.quantity
        (more if change > 0 else less)[mine] = abs(change)
    less |= {line: line.quantity for line in known.values()}
    return _some(more), _some(less)


def _some(amounts: Amounts) -> Amounts:
    return {line: much for line, much in amounts.items() if much}


def _want_less(
    request: DeliveryRequest,
    less: Mapping[RequestLine, Decimal],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Take so much off lines: first of what nobody prepares, as it came back, then of what is still
    to be prepared, then of what is kept.

    What has left stays wanted: `ShippedBeyond`.
    """
    for line, quantity in less.items():
        if line.quantity - quantity < line.shipped:
            raise ShippedBeyond(line)
    lacking = lacking_of(request)
    left = {line: max(much - lacking.get(line, NONE), NONE) for line, much in less.items()}
    theirs = session().scalars(preparations_of(request.id)).all()
    for preparation in sorted(theirs, key=lambda one: one.state not in AHEAD):
        freed = _prepare_less(preparation, left)
        if preparation.state is PreparationState.READY:
            release_some(freed, by=by, at=at)
            for line, quantity in freed.items():
                line.prepared -= quantity
    for line, quantity in less.items():
        line.quantity -= quantity


def _prepare_less(
    preparation: Preparation, left: dict[RequestLine, Decimal]
) -> dict[RequestLine, Decimal]:
    """Take off a preparation's lines what is left to take off; return how much that was."""
    taken = {}
    for line in preparation.lines:
        wanted = line.request_line
        quantity = min(left.get(wanted, NONE), line.quantity)
        if quantity > 0:
            line.ready = min(line.ready, line.quantity - quantity)
            line.quantity -= quantity
            line.missing = max(min(line.missing, line.quantity - line.ready), NONE)
            left[wanted] -= quantity
            taken[wanted] = quantity
    return taken


def _prepare_no_more_of_nothing(request: DeliveryRequest, *, by: User | None, at: datetime) -> None:
    """Give up what is still to be prepared where nothing is left of it to prepare."""
    reason = in_our_language(_("The order was changed."))
    for preparation in session().scalars(preparations_of(request.id)).all():
        is_ahead = preparation.state in AHEAD
        if is_ahead and not any(line.quantity for line in preparation.lines):
            cancel_preparation(preparation, by=by, at=at, reason=reason)


def _is_ready(request: DeliveryRequest) -> bool:
    return all(line.prepared == line.quantity for line in request.lines)
