"""What an order goes beyond: the credit of its customer, and the allowance of who confirms it."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy import select

from bumen import User, session, shared
from bumen_base.models import Customer, PaymentMethod
from bumen_sales.models import Order, OrderLine, QuotationLine, allowance_of, exposure

Priced = OrderLine | QuotationLine
_HUNDRED = Decimal(100)
_KEPT = Decimal("0.0001")


def goes_too_far(order: Order, *, by: User | None) -> bool:
    """Write down how far an order goes beyond credit and allowance; whether it does at all.

    Nobody is asked for what the house confirms by itself (`by` is None) as far as discounts go.
    Source: B9.2; spec of sales, orders and quotations.
    """
    measure_credit(order)
    order.over_allowance = beyond_allowance(order.lines, by=by)
    return order.over_limit is not None or order.over_allowance is not None


def measure_credit(order: Order) -> None:
    """Write down how far an order goes beyond the credit of its customer, who is locked first."""
    order.over_limit = _over_limit(order)


def foresee_excess(order: Order, *, by: User | None) -> None:
    """Write down how far a draft would go as things stand: nobody is locked, nothing is decided."""
    order.over_limit = order.over_allowance = None
    with session().no_autoflush:
        order.over_limit, order.over_allowance = excess_now(order, by=by).values()


def excess_now(order: Order, *, by: User | None) -> dict[str, Decimal | None]:
    """Return how far an order would go if somebody confirmed it now, by field; writes nothing."""
    on_account = order.payment_method is PaymentMethod.ON_ACCOUNT
    return {
        "over_limit": _beyond(order, order.customer.credit_limit) if on_account else None,
        "over_allowance": beyond_allowance(order.lines, by=by)
        if _largest(order.lines) > 0
        else None,
    }


def foresee_again(order: Order) -> None:
    """Write down how far an order that was refused would go now: a draft says why it was held.

    Its discounts are what they were, and so is the allowance of who sent it; the credit of its
    customer is looked at anew.
    """
    with session().no_autoflush:
        order.over_limit = excess_now(order, by=None)["over_limit"]


def credit_used(customer: Customer) -> Decimal:
    """Return what a customer owes, or will, for confirmed orders on account."""
    used = shared(("exposure", customer.id), lambda: session().scalar(exposure(customer)))
    return used or Decimal(0)


def beyond_allowance(lines: Iterable[Priced], *, by: User | None) -> Decimal | None:
    """Return by how much the largest discount goes beyond what somebody may grant."""
    if by is None:
        return None
    allowed = shared(("allowance", by.id), lambda: session().scalar(allowance_of(by)))
    if allowed is None:
        return None
    over = _largest(lines) - allowed
    return over if over > 0 else None


def given(line: Priced) -> Decimal:
    """Return how many percent a line takes off the list price, by discount, price, or both."""
    listed = line.product.list_price
    if not listed:
        return line.discount
    paid = line.unit_price * (_HUNDRED - line.discount) / listed
    below = (_HUNDRED - paid).quantize(_KEPT, ROUND_HALF_UP)
    return max(line.discount, below)


def _over_limit(order: Order) -> Decimal | None:
    """Return by how much an order on account goes beyond the limit.

    The customer is locked first: of two orders confirmed at once the second sees the first.
    """
    if order.payment_method is not PaymentMethod.ON_ACCOUNT:
        return None
    customer = order.customer
    locked = select(Customer.credit_limit).where(Customer.id == customer.id).with_for_update()
    return _beyond(order, session().scalars(locked).one())


def _beyond(order: Order, limit: Decimal) -> Decimal | None:
    over = credit_used(order.customer) + order.total - limit
    return over if over > 0 else None


def _largest(lines: Iterable[Priced]) -> Decimal:
    return max((given(line) for line in lines), default=Decimal(0))
