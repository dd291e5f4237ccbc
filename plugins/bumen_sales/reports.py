"""What sales reports: what was sold, by product, customer, region, person and time."""

from bumen import Analysis, Dimension, Measure, Period
from bumen_sales.models import FIRM
from bumen_sales.resources import Orders, OrderTasks
from bumen_sales.texts import _

SALES = Analysis(
    name="sales",
    title=_("Sales analysis"),
    help=_("What customers have firmly ordered, before tax, and how it compares."),
    resource=Orders,
    day="ordered_on",
    dimensions=(
        Dimension("lines.product"),
        Dimension("lines.product.category"),
        Dimension("customer"),
        Dimension("customer.customer_class"),
        Dimension("customer.industry"),
        Dimension("region"),
        Dimension("salesperson"),
        Dimension("salesperson.department"),
        Dimension("ordered_on"),
        Dimension("state"),
    ),
    measures=(
        Measure("revenue", "untaxed", label=_("Revenue"), in_lines="lines.untaxed"),
        Measure("orders", label=_("Number of orders")),
        Measure(
            "average",
            "untaxed",
            label=_("Average order value"),
            in_lines="lines.untaxed",
            average=True,
        ),
        Measure("quantity", "lines.quantity", label=_("Quantity sold")),
    ),
    rows="lines.product.category",
    columns="ordered_on.quarter",
    period=Period.THIS_YEAR,
    filters={"filter.state": tuple(sorted(one.value for one in FIRM))},
    clauses=("D1.8", "E5.4"),
)

ANSWERS = Analysis(
    name="answers",
    title=_("How fast tasks are answered"),
    help=_("Hours from the confirmation of an order to the first answer, and until all is done."),
    resource=OrderTasks,
    day="begun_at",
    dimensions=(
        Dimension("kind"),
        Dimension("state"),
        Dimension("done_by"),
        Dimension("begun_at"),
    ),
    measures=(
        Measure("answer", "hours", label=_("Hours to the answer, on average"), average=True),
        Measure("done", "hours_done", label=_("Hours until done, on average"), average=True),
        Measure("tasks", label=_("Number of tasks")),
    ),
    rows="kind",
    columns="begun_at.month",
    period=Period.THIS_YEAR,
    clauses=("E5.3",),
)
ALL = (SALES, ANSWERS)
