"""Changes of orders while they are drafts: what was is taken over, what it comes to is weighed."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bumen import User, ask, current, next_number, session
from bumen_base.models import PaymentMethod, Product
from bumen_sales.errors import (
    FurtherLineIsIncomplete,
    LessThanShipped,
    LineIsNamedTwice,
    LineKeepsItsProduct,
    NoSuchLine,
    OrderCannotBeChanged,
    ProductsAreArchived,
    RequestedBeforeOrdered,
)
from bumen_sales.hooks import sales_impact_of_change
from bumen_sales.models import Order, OrderChange, OrderChangeLine, OrderLine, OrderState
from bumen_sales.services.amounts import Amounts, line_amounts, sum_of
from bumen_sales.services.excess import credit_used
from bumen_sales.services.filling import fill

NUMBERED = "sales.order_change"
CHANGEABLE = frozenset({OrderState.CONFIRMED, OrderState.RELEASED})
"""The states in which an order may be changed: promised, and not all of it has left."""
HEAD = ("requested_on", "consignee", "phone", "address")
"""What of an order may be changed beside its lines."""
OF_LINE = ("quantity", "unit_price", "discount")
"""What of a line may be changed."""


def begin_change(order: Order, *, by: User | None, on: date, reason: str) -> None:
    """Begin a change of an order with all that it is now; refuses where it can no longer be."""
    lines = [
        OrderChangeLine(position=place, line_number=place + 1, quantity=line.quantity)
        for place, line in enumerate(order.lines)
    ]
    change = OrderChange(order=order, reason=reason, lines=lines)
    draft_change(change, by=by, on=on)
    session().add(change)


def draft_change(change: OrderChange, *, by: User | None, on: date) -> None:
    """Begin a change: what is left empty stays as it is, and what it comes to is worked out.

    Refuses an order that is not promised or has left, lines the order does not have, other
    products, less than has been shipped, and a requested date before the order date.
    """
    change.asked_on = on
    revise_change(change, by=by)
    change.number = next_number(kind=NUMBERED, on=on)


def revise_change(change: OrderChange, *, by: User | None) -> None:
    """Work a change out anew from the order as it is now; refuses what `draft_change` refuses."""
    with session().no_autoflush:
        if change.order.state not in CHANGEABLE:
            raise OrderCannotBeChanged(change.order)
        _fill_head(change)
        _fill_lines(change)
        weigh_change(change)


def weigh_change(change: OrderChange) -> None:
    """Write down what a change comes to: in money, of credit, and what departments say to it."""
    order = change.order
    for line in change.lines:
        line.total = _cost_of(line, tax_rate=_tax_rate(line, order)).total
    change.total_before, change.total_after = order.total, total_after(change)
    change.difference = change.total_after - change.total_before
    change.over_limit = _over_limit(change)
    change.impact = _impact_of(change)


def quantities_after(change: OrderChange) -> dict[int, Decimal]:
    """Return how much of which line of the order there shall be, by its id; 0 where it is dropped.

    Lines that stay as they are, are told as well; further lines have no id yet.
    """
    named = {one.order_line_id: one.quantity for one in change.lines}
    return {line.id: named.get(line.id, line.quantity) for line in change.order.lines}


def total_after(change: OrderChange) -> Decimal:
    """Return what the order would cost."""
    return sum_of(_costs_after(change)).total


def product_of(line: OrderChangeLine) -> Product:
    """Return the product of a line; refuses a line that has none."""
    if line.product is None:
        raise FurtherLineIsIncomplete(field="lines")
    return line.product


def _fill_head(change: OrderChange) -> None:
    for name in HEAD:
        before = getattr(change.order, name)
        setattr(change, f"{name}_before", before)
        fill(change, name, before)
    if change.requested_on is not None and change.requested_on < change.order.ordered_on:
        raise RequestedBeforeOrdered


def _fill_lines(change: OrderChange) -> None:
    named: set[int] = set()
    for place, line in enumerate(change.lines):
        if line.line_number is None:
            _fill_further(line, place)
            continue
        if line.line_number in named:
            raise LineIsNamedTwice(number=line.line_number, field=f"lines.{place}.line_number")
        named.add(line.line_number)
        _fill_named(line, place, of=change.order)
    unsold = [
        line for line in change.lines if not line.order_line_id and not product_of(line).active
    ]
    if unsold:
        raise ProductsAreArchived(unsold)


def _fill_further(line: OrderChangeLine, place: int) -> None:
    if line.product is None or line.quantity <= 0:
        raise FurtherLineIsIncomplete(field=f"lines.{place}.product_id")
    line.order_line_id = None
    line.quantity_before = line.unit_price_before = line.discount_before = None
    fill(line, "unit_price", line.product.list_price)
    fill(line, "discount", Decimal(0))


def _fill_named(line: OrderChangeLine, place: int, *, of: Order) -> None:
    number = line.line_number or 0
    if number > len(of.lines):
        raise NoSuchLine(of, number=number, field=f"lines.{place}.line_number")
    ordered = of.lines[number - 1]
    if line.product is not None and line.product is not ordered.product:
        raise LineKeepsItsProduct(
            number=number, product=ordered.product, field=f"lines.{place}.product_id"
        )
    line.order_line_id, line.product = ordered.id, ordered.product
    for name in OF_LINE:
        setattr(line, f"{name}_before", getattr(ordered, name))
        fill(line, name, getattr(ordered, name))
    if line.quantity < ordered.shipped:
        raise LessThanShipped(ordered, field=f"lines.{place}.quantity")


def _costs_after(change: OrderChange) -> Iterator[Amounts]:
    named = {one.order_line_id: one for one in change.lines if one.order_line_id}
    for line in change.order.lines:
        yield _cost_of(named.get(line.id, line), tax_rate=line.tax_rate)
    for further in change.lines:
        if not further.order_line_id:
            yield _cost_of(further, tax_rate=_tax_rate(further, change.order))


def _cost_of(line: OrderLine | OrderChangeLine, *, tax_rate: Decimal) -> Amounts:
    return line_amounts(
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.discount,
        tax_rate=tax_rate,
    )


def _tax_rate(line: OrderChangeLine, order: Order) -> Decimal:
    ordered = next((one for one in order.lines if one.id == line.order_line_id), None)
    return ordered.tax_rate if ordered else product_of(line).tax_rate


def _over_limit(change: OrderChange) -> Decimal | None:
    order = change.order
    if order.payment_method is not PaymentMethod.ON_ACCOUNT:
        return None
    over = credit_used(order.customer) + change.difference - order.customer.credit_limit
    return over if over > 0 else None


def _impact_of(change: OrderChange) -> str | None:
    company = current().company
    locale = company.locale if company else "en"
    answers = ask(sales_impact_of_change, order=change.order, quantities=quantities_after(change))
    said = [
        f"{label.in_language(locale)}: {text.in_language(locale)}"
        for answer in answers
        for label, text in answer
    ]
    return "\n".join(said) or None
