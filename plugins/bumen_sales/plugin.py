"""What sales gives and needs."""

from bumen import Numbering, Plugin, after, within
from bumen_sales import (
    ageing,
    answers,
    attainment,
    checks,
    contract_slots,
    dashboard,
    deadlines,
    demo,
    extensions,
    first_steps,
    hooks,
    jobs,
    late_reports,
    models,
    monthly_jobs,
    newcomers,
    order_slots,
    pipeline,
    planning,
    reactions,
    receivable_checks,
    receivable_jobs,
    receivables,
    reports,
    resources,
    slots,
)
from bumen_sales.events import (
    MonthlyReportSent,
    OrderCancelled,
    OrderConfirmed,
    OrderDelivered,
    OrderShipped,
)
from bumen_sales.numbering import NUMBERED_PIPELINE
from bumen_sales.services import changing, credit
from bumen_sales.services.drafting import NUMBERED
from bumen_sales.services.fulfilment import slips
from bumen_sales.texts import _

plugin = Plugin(
    name="sales",
    title=_("Sales"),
    description=_("Orders from draft to delivered and paid, with all that is done for them."),
    icon="shopping-cart",
    requires=("base",),
    resources=resources.ALL,
    hooks=hooks,
    answers=(answers, receivables, demo),
    extensions=extensions.ADDED,
    subscriptions=(
        within(OrderConfirmed, reactions.activate_who_ordered),
        after(OrderConfirmed, reactions.regrade_who_ordered),
        after(OrderCancelled, reactions.regrade_who_ordered),
        after(OrderCancelled, reactions.forget_it_is_late),
        after(OrderShipped, reactions.tell_it_left),
        after(OrderDelivered, reactions.tell_it_arrived),
        *receivables.SUBSCRIPTIONS,
        after(MonthlyReportSent, monthly_jobs.have_it_mailed),
    ),
    numbers=(
        *NUMBERED_PIPELINE,
        Numbering(
            NUMBERED, _("Orders"), pattern="SO-{YYYY}-{00000}", gapless=True, model=models.Order
        ),
        Numbering(
            slips.NUMBERED,
            _("Sales slips"),
            pattern="SL-{YYYY}-{00000}",
            gapless=True,
            model=models.SalesSlip,
        ),
        Numbering(
            changing.NUMBERED,
            _("Order changes"),
            pattern="OC-{YYYY}-{00000}",
            model=models.OrderChange,
        ),
        Numbering(
            credit.NUMBERED,
            _("Credit evaluations"),
            pattern="CE-{YYYY}-{00000}",
            model=models.CreditEvaluation,
        ),
        *planning.NUMBERS,
        *receivables.NUMBERS,
    ),
    reports=(
        *reports.ALL,
        attainment.ATTAINMENT,
        newcomers.NEW_CUSTOMERS,
        late_reports.LATE_REPORTS,
        ageing.AGEING,
        *pipeline.REPORTS,
    ),
    figures=(*dashboard.FIGURES, *ageing.FIGURES, *pipeline.FIGURES),
    cards=(*dashboard.CARDS, *ageing.CARDS, *pipeline.CARDS),
    checks=(*checks.CHECKS, *receivable_checks.CHECKS),
    slots=(*slots.SHOWN, *contract_slots.SHOWN, *order_slots.SHOWN),
    first_steps=first_steps.STEPS,
    jobs=(*jobs.JOBS, *monthly_jobs.JOBS, *receivable_jobs.JOBS, *deadlines.JOBS),
    schedules=(
        *jobs.SCHEDULES,
        *monthly_jobs.SCHEDULES,
        *receivable_jobs.SCHEDULES,
        *deadlines.SCHEDULES,
    ),
)
