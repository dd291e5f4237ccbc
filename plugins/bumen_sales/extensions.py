"""What sales adds to others: what a customer has ordered, may buy, and who called on them."""

from bumen import Related, extends
from bumen_sales.resources import Opportunities, Orders, Visits

ADDED = (
    extends(
        "base.customers",
        related=(
            Related(Orders, by="customer"),
            Related(Opportunities, by="customer"),
            Related(Visits, by="customer"),
        ),
    ),
    extends("sales.leads", related=(Related(Opportunities, by="lead"),)),
)
