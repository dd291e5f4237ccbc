"""What sales adds to others: a customer's orders, money, chances and visits."""

from bumen import Related, extends
from bumen_sales.resources import (
    Allocations,
    Contracts,
    Opportunities,
    Orders,
    Quotations,
    Receipts,
    Reminders,
    Statements,
    Visits,
)

ADDED = (
    extends(
        "base.customers",
        related=(
            Related(Orders, by="customer"),
            Related(Receipts, by="customer"),
            Related(Statements, by="customer"),
            Related(Opportunities, by="customer"),
            Related(Visits, by="customer"),
            Related(Quotations, by="customer"),
            Related(Contracts, by="customer"),
        ),
    ),
    extends(
        "sales.orders",
        related=(Related(Allocations, by="order"), Related(Reminders, by="order")),
    ),
    extends("sales.quotations", related=(Related(Quotations, by="replaces"),)),
    extends("sales.leads", related=(Related(Opportunities, by="lead"),)),
)
