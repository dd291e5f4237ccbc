"""What logistics gives and needs."""

from bumen import Plugin, after, within
from bumen_logistics import (
    answers,
    carrier_reports,
    checks,
    dashboard,
    demo,
    hooks,
    jobs,
    money_checks,
    money_jobs,
    numbers,
    outside,
    reactions,
    reports,
    resources,
    slots,
    warnings,
)
from bumen_logistics.events import (
    DeliveryCancelled,
    ShipmentArrived,
    ShipmentReturned,
    ShipmentShipped,
)
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
        within(ShipmentArrived, reactions.expect_the_money),
        after(ShipmentShipped, reactions.tell_customer_it_left),
        after(ShipmentArrived, reactions.tell_customer_it_arrived),
        after(ShipmentArrived, reactions.rate_who_shipped),
        after(ShipmentReturned, reactions.rate_who_shipped),
    ),
    numbers=numbers.ALL,
    jobs=(*warnings.JOBS, *money_jobs.JOBS, *jobs.JOBS),
    schedules=(*warnings.SCHEDULES, *money_jobs.SCHEDULES, *jobs.SCHEDULES),
    reports=(*reports.ALL, *carrier_reports.REPORTS),
    figures=(*dashboard.FIGURES, *carrier_reports.FIGURES),
    cards=(*dashboard.CARDS, *carrier_reports.CARDS),
    slots=slots.OF_SHIPMENTS,
    checks=(*checks.CHECKS, *money_checks.CHECKS),
    public=outside.PUBLIC,
    calls=outside.CALLS,
)
