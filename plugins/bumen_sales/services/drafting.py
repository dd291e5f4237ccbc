"""Orders while they are drafts: made, changed, dropped."""

from datetime import date

from bumen import User, next_number
from bumen_sales.errors import ContactOfAnotherCustomer, OrderIsNotDraft, RequestedBeforeOrdered
from bumen_sales.models import Order, OrderState
from bumen_sales.services.drawing import check_contract
from bumen_sales.services.excess import foresee_excess
from bumen_sales.services.filling import fill, fill_from_customer, fill_from_products
from bumen_sales.services.pricing import work_out

NUMBERED = "sales.order"


def draft_order(order: Order, *, by: User | None, on: date) -> None:
    """Begin an order: what was left empty comes from the customer and the products.

    `on` is the present day, the order date unless another was given. Numbers begin anew each year
    of the order date, without gaps. Refuses a requested date before the order date, another
    customer's contact, and amounts too large to keep.
    """
    fill_from_customer(order)
    _bring_in_order(order, by=by, on=on)
    order.number = next_number(kind=NUMBERED, on=order.ordered_on)


def revise_order(order: Order, *, by: User | None, on: date) -> None:
    """Check and work out a draft again after it was changed; the number stays.

    Refuses what `draft_order` refuses, and any change of what is no draft: `OrderIsNotDraft`.
    """
    _refuse_unless_draft(order)
    _bring_in_order(order, by=by, on=on)


def drop_order(order: Order, *, by: User | None) -> None:
    """Let a draft be deleted; whatever came further is cancelled instead: `OrderIsNotDraft`."""
    _refuse_unless_draft(order)


def _bring_in_order(order: Order, *, by: User | None, on: date) -> None:
    fill(order, "ordered_on", on)
    if order.requested_on is not None and order.requested_on < order.ordered_on:
        raise RequestedBeforeOrdered
    if order.contact is not None and order.contact.customer is not order.customer:
        raise ContactOfAnotherCustomer(order)
    check_contract(order)
    fill_from_products(order)
    work_out(order)
    foresee_excess(order, by=by)


def _refuse_unless_draft(order: Order) -> None:
    if order.state is not OrderState.DRAFT:
        raise OrderIsNotDraft(order)
