"""Writing into orders and their lines what they cost."""

from bumen_sales.errors import AmountIsTooLarge
from bumen_sales.models import Order, OrderLine
from bumen_sales.services.amounts import LARGEST, Amounts, line_amounts, sum_of


def work_out(order: Order) -> None:
    """Write the amounts of every line and of the whole order.

    `AmountIsTooLarge` marks the line that costs more than can be kept.
    """
    costs = [_cost_of(line) for line in order.lines]
    for place, (line, cost) in enumerate(zip(order.lines, costs, strict=True)):
        _refuse_too_large(cost, field=f"lines.{place}.quantity")
        line.untaxed, line.tax, line.total = cost.untaxed, cost.tax, cost.total
    whole = sum_of(costs)
    _refuse_too_large(whole, field="lines")
    order.untaxed, order.tax, order.total = whole.untaxed, whole.tax, whole.total
    order.due = order.total - order.paid


def _cost_of(line: OrderLine) -> Amounts:
    return line_amounts(
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.discount,
        tax_rate=line.tax_rate,
    )


def _refuse_too_large(cost: Amounts, *, field: str) -> None:
    if cost.total > LARGEST:
        raise AmountIsTooLarge(field=field)
