"""Changes of orders are submitted, and become true once they are approved: wholly or not at all."""

from datetime import date, datetime

from sqlalchemy import select

from bumen import User, ask, publish, session
from bumen_base.models import Customer, PaymentMethod
from bumen_sales.errors import (
    ChangeDropsEverything,
    LessThanShipped,
    MoreIsPaid,
    NothingChanges,
    OrderCannotBeChanged,
    OrderHasChangedSince,
)
from bumen_sales.events import OrderChanged, OrderDelivered, OrderShipped
from bumen_sales.hooks import sales_may_change_order
from bumen_sales.models import Order, OrderChange, OrderChangeLine, OrderLine, OrderState
from bumen_sales.services.changing import (
    CHANGEABLE,
    HEAD,
    OF_LINE,
    product_of,
    quantities_after,
    weigh_change,
)
from bumen_sales.services.drawing import change_drawn
from bumen_sales.services.fulfilment import (
    goods_are_not_ready,
    payment_changed,
    reissue_slip,
)
from bumen_sales.services.locking import lines_now, lock_order
from bumen_sales.services.pricing import work_out


def submit_change(change: OrderChange, *, by: User | None) -> None:
    """Put a change before whoever decides.

    Refuses one that changes nothing, one of an order that is no longer what the change began from,
    and what could not be applied now: below what has left or is paid. Source: A4.3.6.
    """
    _lock(change)
    _refuse_unless_fit(change)
    if not _changes_anything(change):
        raise NothingChanges(change.order)
    change.move("submit", by=by)


def approve_change(
    change: OrderChange, *, by: User | None, at: datetime, on: date, opinion: str
) -> None:
    """Apply a change to its order: its lines and amounts, where it goes, and when.

    Refuses what `submit_change` refuses, what another department does, as where goods are loaded,
    and more than is left of a contract. Where goods grow they are prepared again; a slip that was
    issued is issued anew; what is to be paid is asked anew. Of two at once, the second sees the
    first.
    """
    order = change.order
    _lock(change)
    _refuse_unless_fit(change)
    ask(sales_may_change_order, order=order, quantities=quantities_after(change))
    change_drawn(order, by_amount=change.difference)
    grows = any(_grows(line) for line in change.lines)
    change.move("approve", by=by, opinion=opinion)
    _apply(change)
    change.applied_at = at
    session().flush()
    if grows:
        goods_are_not_ready(order, by=by, at=at)
    if order.state is OrderState.RELEASED:
        reissue_slip(order, by=by, on=on)
    _settle_the_road(order, at=at)
    payment_changed(order, by=by, at=at)
    publish(OrderChanged(order.id))


def _lock(change: OrderChange) -> None:
    """Hold the order, its lines and, where it is on account, the credit of its customer."""
    order = change.order
    lock_order(order)
    lines_now(order)
    if order.payment_method is PaymentMethod.ON_ACCOUNT:
        held = select(Customer).where(Customer.id == order.customer_id).with_for_update()
        session().scalars(held.execution_options(populate_existing=True)).one()


def _refuse_unless_fit(change: OrderChange) -> None:
    order = change.order
    if order.state not in CHANGEABLE:
        raise OrderCannotBeChanged(order)
    ordered = {line.id: line for line in order.lines}
    if not _is_what_it_was(change, ordered):
        raise OrderHasChangedSince(order)
    for place, line in enumerate(change.lines):
        if line.order_line_id and line.quantity < ordered[line.order_line_id].shipped:
            raise LessThanShipped(ordered[line.order_line_id], field=f"lines.{place}.quantity")
    left = any(quantity > 0 for quantity in quantities_after(change).values())
    if not left and all(line.order_line_id for line in change.lines):
        raise ChangeDropsEverything(order)
    weigh_change(change)
    if change.total_after < order.paid:
        raise MoreIsPaid(order, total=change.total_after)


def _is_what_it_was(change: OrderChange, ordered: dict[int, OrderLine]) -> bool:
    """Whether the order is still what the change began from."""
    order = change.order
    heads = all(getattr(order, name) == getattr(change, f"{name}_before") for name in HEAD)
    lines = all(_line_is_what_it_was(line, ordered) for line in change.lines)
    return heads and lines and order.total == change.total_before


def _line_is_what_it_was(line: OrderChangeLine, ordered: dict[int, OrderLine]) -> bool:
    if line.order_line_id is None:
        return True
    was = ordered.get(line.order_line_id)
    return was is not None and all(
        getattr(was, name) == getattr(line, f"{name}_before") for name in OF_LINE
    )


def _changes_anything(change: OrderChange) -> bool:
    heads = any(getattr(change, one) != getattr(change, f"{one}_before") for one in HEAD)
    return heads or any(
        getattr(line, one) != getattr(line, f"{one}_before")
        for line in change.lines
        for one in OF_LINE
    )


def _grows(line: OrderChangeLine) -> bool:
    return line.quantity_before is None or line.quantity > line.quantity_before


def _apply(change: OrderChange) -> None:
    order = change.order
    for name in HEAD:
        setattr(order, name, getattr(change, name))
    ordered = {line.id: line for line in order.lines}
    for said in change.lines:
        if said.order_line_id is None:
            order.lines.append(_further_line(said, position=_last(order) + 1))
        elif said.quantity == 0:
            order.lines.remove(ordered[said.order_line_id])
        else:
            for name in OF_LINE:
                setattr(ordered[said.order_line_id], name, getattr(said, name))
    work_out(order)
    order.over_limit = change.over_limit


def _further_line(said: OrderChangeLine, *, position: int) -> OrderLine:
    return OrderLine(
        position=position,
        product=said.product,
        unit=product_of(said).unit,
        quantity=said.quantity,
        unit_price=said.unit_price,
        discount=said.discount,
        tax_rate=product_of(said).tax_rate,
    )


def _last(order: Order) -> int:
    return max((line.position for line in order.lines), default=-1)


def _settle_the_road(order: Order, *, at: datetime) -> None:
    """Follow an order of which everything that is left has gone, or has arrived."""
    if order.state is not OrderState.RELEASED:
        return
    if any(line.shipped < line.quantity for line in order.lines):
        return
    order.move("ship", by=None)
    order.shipped_at = at
    publish(OrderShipped(order.id))
    if all(line.delivered == line.quantity for line in order.lines):
        order.move("confirm_arrival", by=None)
        order.delivered_at = at
        publish(OrderDelivered(order.id))
