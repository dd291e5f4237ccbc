"""Orders leave their draft: promised to the customer, held until others agree, or given up."""

from bumen import Text, User, ask, publish, session
from bumen_base.models import Customer, CustomerState
from bumen_sales.errors import (
    CancellationNeedsReason,
    CustomerIsArchived,
    CustomerIsBlocked,
    GoodsHaveLeft,
    OrderIsEmpty,
    OrderIsIncomplete,
    ProductsAreArchived,
)
from bumen_sales.events import OrderCancelled, OrderConfirmed, OrderHeld
from bumen_sales.hooks import sales_may_cancel_order
from bumen_sales.models import FIRM, Order, lines_no_longer_sold
from bumen_sales.services.drawing import draw_on_contract, give_back_to_contract
from bumen_sales.services.excess import (
    foresee_again,
    foresee_excess,
    goes_too_far,
    measure_credit,
)
from bumen_sales.services.fulfilment import begin_tasks, drop_tasks, void_slips
from bumen_sales.services.locking import lock_order
from bumen_sales.texts import _

NEEDED: dict[str, Text] = {
    "payment_method": _("Please choose how the customer will pay."),
    "consignee": _("Please say who takes delivery of the goods."),
    "address": _("Please say where the goods are to be delivered."),
    "phone": _("Please give the number to call when the goods arrive."),
}
"""What a confirmed order must hold beside its lines, and what to say where it is missing."""


def confirm_order(order: Order, *, by: User | None) -> None:
    """Promise the order to the customer: what it says is fixed from now on.

    Refuses an order without lines, an incomplete one, one of a customer that is blocked or
    archived, and one for products that are no longer sold. An order that goes beyond the
    customer's credit or the allowance of whoever confirms is held until others agree. When two
    people confirm at once, one of them does and the other is told. Source: A4.3.1, B9.2.
    """
    _refuse_unless_fit(order)
    if goes_too_far(order, by=by):
        order.move("hold", by=by)
        publish(OrderHeld(order.id))
    else:
        draw_on_contract(order)
        order.move("confirm", by=by)
        begin_tasks(order, by=by)
        publish(OrderConfirmed(order.id))


def approve_order(order: Order, *, by: User | None, opinion: str) -> None:
    """Promise a held order to the customer after all; refuses what `confirm_order` refuses.

    What the customer owes is worked out again: the figure kept is that of the day of the promise.
    """
    _refuse_unless_fit(order)
    measure_credit(order)
    draw_on_contract(order)
    order.move("approve", by=by, opinion=opinion)
    begin_tasks(order, by=by)
    publish(OrderConfirmed(order.id))


def refuse_order(order: Order, *, by: User | None, opinion: str) -> None:
    """Give a held order back: it is a draft again, with the opinion in its history."""
    order.move("refuse", by=by, opinion=opinion)
    foresee_again(order)


def take_back_order(order: Order, *, by: User | None) -> None:
    """Take a held order back before it was decided: it is a draft again."""
    order.move("take_back", by=by)
    foresee_excess(order, by=by)


def cancel_order(order: Order, *, by: User | None, reason: str) -> None:
    """Give up an order of which nothing has left the house; it is kept with the reason.

    What has been confirmed is asked of the departments first; its tasks end, its slip is void.
    """
    if not reason.strip():
        raise CancellationNeedsReason
    if order.state in FIRM:
        lock_order(order)
        if any(line.shipped > 0 for line in order.lines):
            raise GoodsHaveLeft(order)
        ask(sales_may_cancel_order, order=order)
        give_back_to_contract(order)
    order.move("cancel", by=by)
    drop_tasks(order)
    void_slips(order)
    order.cancellation_reason = reason.strip()
    publish(OrderCancelled(order.id))


def _refuse_unless_fit(order: Order) -> None:
    _refuse_unless_complete(order)
    _refuse_unless_welcome(order.customer)
    _refuse_unless_sold(order)


def _refuse_unless_complete(order: Order) -> None:
    if not order.lines:
        raise OrderIsEmpty(order)
    missing = {name: said for name, said in NEEDED.items() if not getattr(order, name)}
    if missing:
        raise OrderIsIncomplete(order, missing=missing)


def _refuse_unless_welcome(customer: Customer) -> None:
    if customer.archived:
        raise CustomerIsArchived(customer)
    if customer.state is CustomerState.BLOCKED:
        raise CustomerIsBlocked(customer)


def _refuse_unless_sold(order: Order) -> None:
    unsold = session().scalars(lines_no_longer_sold(order)).all()
    if unsold:
        raise ProductsAreArchived(unsold)
