"""What sales shows on dashboards: how business goes, and what waits for somebody."""

from functools import partial

from bumen import Card, Condition, Figure, Glance, ToDo
from bumen_sales.models import FIRM, UNDELIVERED, TargetedFigure, TaskKind
from bumen_sales.reports import SALES
from bumen_sales.resources import Orders, OrderTasks
from bumen_sales.services import target_in
from bumen_sales.texts import _

_FIRM = (Condition(field="state", operator="in", value=sorted(one.value for one in FIRM)),)
_UNDELIVERED = tuple(sorted(one.value for one in UNDELIVERED))
_WAITED_FOR = {
    TaskKind.GOODS: _("Waiting for goods"),
    TaskKind.PAYMENT: _("Waiting for payment"),
    TaskKind.VEHICLE: _("Waiting for a vehicle"),
}

TURNOVER = Figure(
    name="turnover",
    title=_("Turnover"),
    in_words=_("What customers have firmly ordered, before tax, by the day of the order."),
    resource=Orders,
    day="ordered_on",
    of="untaxed",
    only=_FIRM,
    person="salesperson",
    department="salesperson.department",
    target=partial(target_in, TargetedFigure.TURNOVER),
)
ORDERS = Figure(
    name="orders",
    title=_("Confirmed orders"),
    in_words=_("How many orders have been confirmed, by the day of the order."),
    resource=Orders,
    day="ordered_on",
    only=_FIRM,
    person="salesperson",
    department="salesperson.department",
    target=partial(target_in, TargetedFigure.ORDERS),
)
OWED = Figure(
    name="due",
    title=_("Still to be paid"),
    in_words=_("What customers owe today of all confirmed orders, whatever their day."),
    resource=Orders,
    of="due",
    only=_FIRM,
    person="salesperson",
    department="salesperson.department",
    less_is_better=True,
)
FIGURES = (TURNOVER, ORDERS, OWED)

CARDS = (
    Card(name="turnover", shows=TURNOVER),
    Card(name="orders", shows=ORDERS),
    Card(name="due", shows=OWED),
    Card(
        name="held",
        title=_("Orders to decide on"),
        needs="approve",
        shows=ToDo(
            Orders,
            filters={"filter.state": "held"},
            shows=("customer", "total", "requested_on"),
            order="requested_on",
            done=_("No order waits for a decision."),
        ),
    ),
    Card(
        name="drafts",
        title=_("Drafts to be confirmed"),
        shows=ToDo(
            Orders,
            filters={"filter.state": "draft"},
            shows=("customer", "total", "requested_on"),
            order="requested_on",
            done=_("No draft waits."),
        ),
    ),
    Card(
        name="late",
        title=_("Late orders"),
        shows=ToDo(
            Orders,
            filters={"filter.state": _UNDELIVERED, "filter.requested_on.period": "past"},
            shows=("customer", "requested_on", "state"),
            order="requested_on",
            done=_("No order is late."),
        ),
    ),
    Card(
        name="slips",
        title=_("Ready for the sales slip"),
        needs="issue_slip",
        shows=ToDo(
            Orders,
            filters={"filter.waits_for": "slip"},
            shows=("customer", "requested_on", "total"),
            order="requested_on",
            done=_("No order waits for its slip."),
        ),
    ),
    *(
        Card(
            name=f"waits_{kind.value}",
            title=title,
            at_home=False,
            shows=ToDo(
                OrderTasks,
                filters={"filter.kind": kind.value, "filter.state": "open"},
                shows=("promised_on", "begun_at"),
                order="begun_at",
                about="order",
                done=_("Nothing waits."),
            ),
        )
        for kind, title in _WAITED_FOR.items()
    ),
    Card(
        name="months",
        title=_("Turnover by month"),
        shows=Glance(
            SALES,
            query={
                "rows": "ordered_on.month",
                "measures": "revenue",
                "period": "this_year",
            },
        ),
    ),
    Card(
        name="customers",
        title=_("Turnover by customer"),
        at_home=False,
        shows=Glance(
            SALES, query={"rows": "customer", "measures": "revenue", "period": "this_quarter"}
        ),
    ),
    Card(
        name="categories",
        title=_("Turnover by product category"),
        at_home=False,
        shows=Glance(
            SALES,
            query={
                "rows": "ordered_on.quarter",
                "columns": "lines.product.category",
                "measures": "revenue",
                "period": "this_year",
            },
        ),
    ),
)
