"""Writing into orders, offers and their lines what they cost."""

from bumen_sales.errors import AmountIsTooLarge
from bumen_sales.models import Order, OrderLine, Quotation, QuotationLine
from bumen_sales.services.amounts import LARGEST, Amounts, line_amounts, sum_of


def work_out(order: Order) -> None:
    """Write the amounts of every line and of the whole order; refuses what `add_up` refuses."""
    add_up(order)
    order.due = order.total - order.paid


def add_up(paper: Order | Quotation) -> None:
    """Write the amounts of every line and of the whole.

    `AmountIsTooLarge` marks the line that costs more than can be kept.
    """
    costs = [_cost_of(line) for line in paper.lines]
    for place, (line, cost) in enumerate(zip(paper.lines, costs, strict=True)):
        _refuse_too_large(cost, field=f"lines.{place}.quantity")
        line.untaxed, line.tax, line.total = cost.untaxed, cost.tax, cost.total
    whole = sum_of(costs)
    _refuse_too_large(whole, field="lines")
    paper.untaxed, paper.tax, paper.total = whole.untaxed, whole.tax, whole.total


def _cost_of(line: OrderLine | QuotationLine) -> Amounts:
    return line_amounts(
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.discount,
        tax_rate=line.tax_rate,
    )


def _refuse_too_large(cost: Amounts, *, field: str) -> None:
    if cost.total > LARGEST:
        raise AmountIsTooLarge(field=field)
