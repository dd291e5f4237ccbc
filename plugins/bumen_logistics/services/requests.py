"""Deliveries: asked for, prepared, shipped, delivered; or cancelled before goods have left."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select

from bumen import Text, User, ask, next_number, publish, session
from bumen_base.models import ProductKind
from bumen_logistics.errors import (
    GoodsHaveLeft,
    NothingIsWanted,
    NothingToPrepare,
    ReasonIsMissing,
    RequestIsEmpty,
    RequestIsIncomplete,
    ShippedBeyond,
)
from bumen_logistics.errors.shipments import RequestIsNotOpen
from bumen_logistics.events import DeliveryCancelled, DeliveryRequested, GoodsNotReady
from bumen_logistics.hooks import logistics_source_is_worked_on
from bumen_logistics.models import (
    DeliveryRequest,
    RequestLine,
    RequestState,
    preparations_of,
)
from bumen_logistics.models.preparations import being_prepared
from bumen_logistics.services.loaded import refuse_if_loaded
from bumen_logistics.services.preparations import cancel_preparation, prepare
from bumen_logistics.services.warehouses import usual_warehouse
from bumen_logistics.texts import _

NUMBERED = "logistics.request"
NEEDED: dict[str, Text] = {
    "consignee": _("Please say who takes delivery of the goods."),
    "address": _("Please say where the goods are to be delivered."),
    "phone": _("Please give the number to call when the goods arrive."),
}
"""What a delivery must hold beside its lines, and what to say where it is missing."""


def draft_request(request: DeliveryRequest, *, by: User | None, on: date) -> None:
    """Begin a delivery request: units come from the products, the warehouse is the usual one."""
    revise_request(request, by=by)
    request.number = next_number(kind=NUMBERED, on=on)


def revise_request(request: DeliveryRequest, *, by: User | None) -> None:
    """Check a draft again after it was changed; refuses lines of nothing."""
    for line in request.lines:
        if line.quantity <= 0:
            raise NothingIsWanted(line)
        line.unit = line.product.unit
    if request.warehouse is None:
        request.warehouse = usual_warehouse()


def request_delivery(request: DeliveryRequest, *, by: User | None, on: date, at: datetime) -> None:
    """Ask the warehouse for the goods: its preparation begins to wait for the workshop.

    What is done with the goods, such as setting up, is ready without anybody preparing it. Refuses
    a request without lines, and one of which something is missing. Source: E2.2.
    """
    lock_request(request)
    if not request.lines:
        raise RequestIsEmpty(request)
    missing = {name: said for name, said in NEEDED.items() if not getattr(request, name)}
    if missing:
        raise RequestIsIncomplete(missing)
    request.move("request", by=by)
    want(request, {line: line.quantity for line in request.lines}, by=by, on=on)
    publish(DeliveryRequested(request.id))


def cancel_request(request: DeliveryRequest, *, by: User | None, at: datetime, reason: str) -> None:
    """Give a delivery up: its preparations are cancelled and its goods are free again.

    Refuses without a reason, and once goods have left.
    """
    if not reason.strip():
        raise ReasonIsMissing
    lock_request(request)
    if any(line.shipped > 0 for line in request.lines):
        raise GoodsHaveLeft(request)
    refuse_if_loaded(request)
    request.move("cancel", by=by)
    request.cancellation_reason = reason.strip()
    for preparation in session().scalars(preparations_of(request.id)).all():
        cancel_preparation(preparation, by=by, at=at, reason=reason)
    publish(DeliveryCancelled(request.id))


def want(
    request: DeliveryRequest,
    quantities: Mapping[RequestLine, Decimal],
    *,
    by: User | None,
    on: date,
) -> None:
    """Have so much more of some lines prepared; services need nobody who prepares them."""
    goods = {}
    for line, quantity in quantities.items():
        if line.product.kind is ProductKind.SERVICE:
            line.prepared += quantity
        else:
            goods[line] = quantity
    if goods:
        prepare(request, goods, by=by, on=on)


def prepare_again(request: DeliveryRequest, *, by: User | None, on: date) -> None:
    """Have the goods that came back prepared anew, or others in their stead. Source: E2.2.

    Refuses a request that is not open, and one all of which is ready or being got ready.
    """
    lock_request(request)
    if request.state is not RequestState.REQUESTED:
        raise RequestIsNotOpen(request)
    lacking = lacking_of(request)
    if not lacking:
        raise NothingToPrepare(request)
    want(request, lacking, by=by, on=on)
    publish(GoodsNotReady(request.id))


def lacks_goods(request: DeliveryRequest) -> bool:
    """Whether some of an open request is neither ready nor being got ready."""
    return request.state is RequestState.REQUESTED and bool(lacking_of(request))


def lock_request(request: DeliveryRequest) -> None:
    """Lock what a request was made from, then the request: the first thing of every step.

    What somebody else has kept meanwhile is read again.
    """
    if request.source_id is not None:
        ask(logistics_source_is_worked_on, request=request)
    for query in (
        select(DeliveryRequest).where(DeliveryRequest.id == request.id).with_for_update(),
        select(RequestLine).where(RequestLine.delivery_request_id == request.id),
    ):
        session().scalars(query.execution_options(populate_existing=True)).all()


def count_shipped(quantities: Mapping[RequestLine, Decimal], *, by: User | None) -> None:
    """Add up what has left of lines of a locked request; refuses more than is wanted."""
    for line, quantity in quantities.items():
        if quantity <= 0 or line.shipped + quantity > line.quantity:
            raise ShippedBeyond(line)
        line.shipped += quantity


def count_returned(quantities: Mapping[RequestLine, Decimal], *, by: User | None) -> None:
    """Take off what has come back of lines of a locked request; it is to be prepared again."""
    for line, quantity in quantities.items():
        if quantity <= 0 or quantity > line.shipped - line.delivered:
            raise ShippedBeyond(line)
        line.shipped -= quantity
        line.prepared = max(line.prepared - quantity, Decimal(0))


def count_delivered(
    request: DeliveryRequest, quantities: Mapping[RequestLine, Decimal], *, by: User | None
) -> None:
    """Add up what has arrived of lines of a locked request, which is fulfilled with the last."""
    for line, quantity in quantities.items():
        if quantity <= 0 or line.delivered + quantity > line.shipped:
            raise ShippedBeyond(line)
        line.delivered += quantity
    fulfil_if_delivered(request)


def fulfil_if_delivered(request: DeliveryRequest) -> None:
    """Fulfil a locked request once all that is wanted has arrived."""
    if all(line.delivered == line.quantity for line in request.lines):
        request.move("fulfil", by=None)


def lacking_of(request: DeliveryRequest) -> dict[RequestLine, Decimal]:
    """Return how much of which lines nobody has got ready, or is about to."""
    with session().no_autoflush:
        ahead = dict(session().execute(being_prepared(request.id)).all())
    lacking = {
        line: line.quantity - line.prepared - ahead.get(line.id, Decimal(0))
        for line in request.lines
    }
    return {line: quantity for line, quantity in lacking.items() if quantity > 0}
