"""What sales gives and needs."""

from bumen import Plugin, after, within
from bumen_sales import answers, demo, extensions, first_steps, reactions, resources, slots
from bumen_sales.events import OrderCancelled, OrderConfirmed
from bumen_sales.texts import _

plugin = Plugin(
    name="sales",
    title=_("Sales"),
    description=_("Orders from draft to confirmed or cancelled, with their lines and amounts."),
    icon="shopping-cart",
    requires=("base",),
    resources=(resources.Orders,),
    answers=(answers, demo),
    extensions=extensions.ADDED,
    subscriptions=(
        within(OrderConfirmed, reactions.activate_who_ordered),
        after(OrderConfirmed, reactions.regrade_who_ordered),
        after(OrderCancelled, reactions.regrade_who_ordered),
    ),
    slots=slots.SHOWN,
    first_steps=first_steps.STEPS,
)
