"""What sales asks the departments."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bumen import Text, hookspec
from bumen_sales.models import Order


@hookspec
def sales_is_carried_out(order: Order) -> bool | None:
    """Say whether you prepare and ship this order, so that nobody does it by hand in sales.

    Asked before somebody says by hand that goods are ready, that a vehicle is found, that goods
    have left or arrived. One True is enough: sales refuses then, and says who does it.
    """


@hookspec
def sales_finds_vehicle(order: Order) -> bool | None:
    """Say whether you look for the vehicle of this order, and tell your own people to.

    Asked when an order is confirmed. One True is enough: sales tells nobody of its own then.
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


@hookspec
def sales_may_change_order(order: Order, quantities: Mapping[int, Decimal]) -> None:
    """Refuse to let an order be changed.

    Asked before an approved change is applied; `quantities` say how much there shall be of each
    line of the order, by its id, 0 where it is dropped. Raise a BusinessError to keep the order as
    it is, as when its goods are loaded; the first refusal counts.
    """


@hookspec
def sales_impact_of_change(
    order: Order, quantities: Mapping[int, Decimal]
) -> Sequence[tuple[Text, Text]] | None:
    """Say what a change of an order would mean for you: a label and a sentence for each matter.

    Asked whenever a change is worked out, and told to whoever decides about it. All answers are
    shown; `quantities` are told as to `sales_may_change_order`.
    """
