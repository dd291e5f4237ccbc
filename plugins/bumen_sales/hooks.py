"""What sales asks the departments."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bumen import hookspec
from bumen_sales.models import Order


@hookspec
def sales_is_carried_out(order: Order) -> bool | None:
    """Say whether you prepare and ship this order, so that nobody does it by hand in sales.

    Asked before somebody says by hand that goods are ready, that a vehicle is found, that goods
    have left or arrived. One True is enough: sales refuses then, and says who does it.
    """


@hookspec
def sales_may_cancel_order(order: Order) -> None:
    """Refuse to let an order be cancelled.

    Asked before an order that was confirmed is cancelled. Raise a BusinessError to keep it, as
    when its goods are loaded; the first refusal counts.
    """


@hookspec
def sales_collected_at_the_door(orders: Sequence[Order]) -> Mapping[int, Decimal] | None:
    """Say what carriers have collected of these orders (ids) and not handed over to us yet.

    Asked before customers are reminded, and for the ageing of what is owed: whoever has paid the
    driver owes nothing more. Amounts of several answers are added up.
    """
