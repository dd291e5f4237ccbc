"""What sales reports: what was sold, by product, customer, region, person and time."""

from bumen import Analysis, Dimension, Measure, Period
from bumen_sales.models import FIRM
from bumen_sales.resources import Orders
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
    filters={"filter.state": sorted(one.value for one in FIRM)},
    clauses=("D1.8", "E5.4"),
)
