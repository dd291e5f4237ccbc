"""What sales asks the departments."""

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
