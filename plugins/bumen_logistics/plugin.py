"""What logistics gives and needs."""

from bumen import Plugin, after, within
from bumen_logistics import (
    answers,
    checks,
    dashboard,
    demo,
    hooks,
    numbers,
    reactions,
    reports,
    resources,
    warnings,
)
from bumen_logistics.events import DeliveryCancelled, ShipmentArrived, ShipmentReturned
from bumen_logistics.texts import _

plugin = Plugin(
    name="logistics",
    title=_("Logistics"),
    description=_("Stock, deliveries prepared and on their way, and what carriers are paid."),
    icon="truck-delivery",
    requires=("base",),
    optional=("sales",),
    resources=resources.ALL,
    hooks=hooks,
    answers=(answers, demo),
    subscriptions=(
        *warnings.HEARD,
        within(DeliveryCancelled, reactions.give_up_shipments),
        after(ShipmentArrived, reactions.rate_who_shipped),
        after(ShipmentReturned, reactions.rate_who_shipped),
    ),
    numbers=numbers.ALL,
    jobs=(*warnings.JOBS,),
    schedules=(*warnings.SCHEDULES,),
    reports=reports.ALL,
    figures=dashboard.FIGURES,
    cards=dashboard.CARDS,
    checks=checks.CHECKS,
)
