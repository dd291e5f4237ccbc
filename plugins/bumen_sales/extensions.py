"""What sales adds to others: a customer's orders, money, chances and visits."""

from sqlalchemy import String

from bumen import Action, Argument, Related, dated, extends
from bumen_sales.resources import (
    Allocations,
    Contracts,
    CreditEvaluations,
    Opportunities,
    OrderChanges,
    Orders,
    Quotations,
    Receipts,
    Reminders,
    Statements,
    Visits,
)
from bumen_sales.services import begin_change
from bumen_sales.services.changing import CHANGEABLE
from bumen_sales.texts import _

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
            Related(CreditEvaluations, by="customer"),
        ),
    ),
    extends(
        "sales.orders",
        related=(Related(OrderChanges, by="order"),),
        actions=(
            Action(
                "change_order",
                _("Change order"),
                dated(begin_change),
                states=CHANGEABLE,
                arguments=(Argument("reason", String(500), label=_("Reason")),),
            ),
        ),
    ),
    extends(
        "sales.orders",
        related=(Related(Allocations, by="order"), Related(Reminders, by="order")),
    ),
    extends("sales.quotations", related=(Related(Quotations, by="replaces"),)),
    extends("sales.leads", related=(Related(Opportunities, by="lead"),)),
)
