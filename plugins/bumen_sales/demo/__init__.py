"""How sales fills a company of the demonstration, one subject after the other."""

from bumen import CurrentCompany, hookimpl
from bumen_sales.demo import fulfilment, money, orders, pipeline, planning, trust

FILLED = (
    orders.fill,
    fulfilment.fill,
    pipeline.fill,
    money.fill,
    trust.fill,
    planning.fill,
)
"""What is filled in, in this order."""


@hookimpl
def bumen_fill_demo(company: CurrentCompany) -> None:
    """Bring in what a company that sells has at hand after two years."""
    for fill in FILLED:
        fill(company)
