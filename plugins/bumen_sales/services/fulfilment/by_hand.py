"""What sales does by hand where no department prepares and ships: the same steps, less asked."""

from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from bumen import User, ask, session
from bumen_sales.errors import (
    ArrivedBeforeShipped,
    LineIsNotOfOrder,
    OthersCarryItOut,
    QuantitiesAreUnclear,
    TaskIsDone,
)
from bumen_sales.hooks import sales_is_carried_out
from bumen_sales.models import Order, OrderState, TaskKind, TaskState, task_of
from bumen_sales.services.days import day_of, midnight
from bumen_sales.services.fulfilment.shipping import deliver_lines, ship_lines
from bumen_sales.services.fulfilment.tasks import goods_are_ready, vehicle_is_found

_HALF_A_DAY = timedelta(hours=12)
_FINEST = Decimal("0.001")


def ready_by_hand(order: Order, *, by: User, at: datetime, note: str | None = None) -> None:
    """Say that the goods of an order are ready; refuses where another department says so."""
    _refuse_if_others_do(order)
    _refuse_if_done(order, TaskKind.GOODS)
    goods_are_ready(order, by=by, at=at, note=note)


def find_vehicle_by_hand(order: Order, *, by: User, at: datetime, note: str | None = None) -> None:
    """Say that a vehicle is found; refuses where another department says so."""
    _refuse_if_others_do(order)
    _refuse_if_done(order, TaskKind.VEHICLE)
    vehicle_is_found(order, by=by, at=at, note=note)


def ship_by_hand(
    order: Order,
    *,
    by: User,
    at: datetime,
    carrier: str | None = None,
    tracking_number: str | None = None,
    quantities: str | None = None,
) -> None:
    """Say that goods have left, all that are still here or so much of some lines.

    `quantities` are written "1: 6, 2: 3": of the first line six, of the second three. Refuses who
    may not ship, a part like all of it.
    """
    _refuse_if_others_do(order)
    order.refuse_unless_may("ship", by=by)
    wanted = _read(order, quantities) if quantities else _rest(order)
    ship_lines(order, wanted, by=by, at=at)
    order.carrier = carrier or order.carrier
    order.tracking_number = tracking_number or order.tracking_number


def confirm_arrival_by_hand(
    order: Order, *, by: User, at: datetime, on: date, arrived_on: date, signed_by: str
) -> None:
    """Say that all goods of an order have arrived, on which day, and who signed for them."""
    _refuse_if_others_do(order)
    left_on = day_of(order.shipped_at) if order.shipped_at else arrived_on
    if not left_on <= arrived_on <= on:
        raise ArrivedBeforeShipped
    noon = midnight(arrived_on) + _HALF_A_DAY
    arrived_at = at if arrived_on == on else max(noon, order.shipped_at or noon)
    road = {line.id: line.shipped - line.delivered for line in order.lines}
    wanted = {ident: quantity for ident, quantity in road.items() if quantity > 0}
    deliver_lines(order, wanted, by=by, at=arrived_at, signed_by=signed_by)


def is_waiting_for(order: Order, kind: TaskKind) -> bool:
    """Whether a task of an order is still to be done."""
    task = session().scalars(task_of(order, kind)).one_or_none()
    return task is not None and task.state is TaskState.OPEN


def _rest(order: Order) -> dict[int, Decimal]:
    left = {line.id: line.quantity - line.shipped for line in order.lines}
    return {ident: quantity for ident, quantity in left.items() if quantity > 0}


def _read(order: Order, written: str) -> dict[int, Decimal]:
    """Read how much of which line (id), as people write it: the lines are counted from one.

    Refuses a line that is named twice, and more than three decimal places.
    """
    found: dict[int, Decimal] = {}
    for part in written.replace("，", ",").replace("：", ":").split(","):
        number, quantity = _read_one(part.strip())
        if not 1 <= number <= len(order.lines):
            raise LineIsNotOfOrder(order)
        ident = order.lines[number - 1].id
        if ident in found:
            raise QuantitiesAreUnclear(part.strip())
        found[ident] = quantity
    return found


def _read_one(written: str) -> tuple[int, Decimal]:
    place, _colon, much = (one.strip() for one in written.partition(":"))
    try:
        number, quantity = int(place), Decimal(much)
        is_kept_exactly = quantity == quantity.quantize(_FINEST)
    except (ValueError, InvalidOperation):
        raise QuantitiesAreUnclear(written) from None
    if not is_kept_exactly:
        raise QuantitiesAreUnclear(written)
    return number, quantity


def _refuse_if_others_do(order: Order) -> None:
    if any(ask(sales_is_carried_out, order=order)):
        raise OthersCarryItOut(order)


def _refuse_if_done(order: Order, kind: TaskKind) -> None:
    if order.state is OrderState.CONFIRMED and not is_waiting_for(order, kind):
        raise TaskIsDone(order, kind)
