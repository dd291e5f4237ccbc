"""How logistics fills a company of the demonstration, one subject after the other."""

from bumen import CurrentCompany, hookimpl
from bumen_logistics.demo import money, preparing, shipping, stock

FILLED = (
    stock.fill,
    preparing.fill,
    shipping.fill,
    money.fill,
)
"""What is filled in, in this order."""


@hookimpl
def bumen_fill_demo(company: CurrentCompany) -> None:
    """Bring in what a company that delivers has at hand."""
    for fill in FILLED:
        fill(company)
