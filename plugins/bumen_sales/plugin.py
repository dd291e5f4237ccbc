"""What sales gives and needs."""

from bumen import Plugin, after, within
from bumen_sales import answers, demo, extensions, reactions, resources
from bumen_sales.events import OrderCancelled, OrderConfirmed
from bumen_sales.texts import _

plugin = Plugin(
    name="sales",
    title=_("Sales"),
    requires=("base",),
    resources=(resources.Orders,),
    answers=(answers, demo),
    extensions=extensions.ADDED,
    subscriptions=(
        within(OrderConfirmed, reactions.activate_who_ordered),
        after(OrderConfirmed, reactions.regrade_who_ordered),
        after(OrderCancelled, reactions.regrade_who_ordered),
    ),
)
