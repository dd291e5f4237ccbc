"""The report of customers that are new: by region or salesperson, with their first orders."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Enum
from sqlalchemy.orm import selectinload

from bumen import Argument, Choice, Link, Money, Report, ReportColumn, session, today
from bumen_sales.models import FIRM, Order
from bumen_sales.models.newcomers import first_orders
from bumen_sales.resources import Orders
from bumen_sales.texts import _

YEAR = timedelta(days=365)


class NewBy(Choice):
    """By what new customers are put together."""

    REGION = "region", _("Region")
    PERSON = "person", _("Salesperson")


def new_customers(
    *, seen: Sequence[ColumnElement[bool]], by: NewBy, since: date | None, until: date | None
) -> Iterator[tuple[Any, ...]]:
    """Yield who ordered for the first time, with that order; of the last year unless told."""
    last = until or today()
    key = Order.region_id if by is NewBy.REGION else Order.salesperson_id
    found = first_orders(since or last - YEAR, last, *seen, by=key).options(
        selectinload(Order.customer), selectinload(Order.region), selectinload(Order.salesperson)
    )
    firm = sorted(one.value for one in FIRM)
    for order in session().scalars(found):
        all_of_them = {"filter.customer": f"{order.customer_id}", "filter.state": firm}
        yield (
            str(order.region or _("No region")),
            str(order.salesperson or _("Nobody")),
            Link(str(order.customer), Orders, query=all_of_them),
            order.ordered_on,
            Link(order.number, Orders, ident=order.id),
            order.untaxed,
        )


NEW_CUSTOMERS = Report(
    name="new_customers",
    title=_("New customers"),
    help=_("Customers whose first firm order is of these days: the last year when left empty."),
    resource=Orders,
    columns=(
        ReportColumn("region", str, label=_("Region")),
        ReportColumn("salesperson", str, label=_("Salesperson")),
        ReportColumn("customer", str, label=_("Customer")),
        ReportColumn("ordered_on", date, label=_("First order on")),
        ReportColumn("number", str, label=_("First order")),
        ReportColumn("untaxed", Money, label=_("First order, before tax")),
    ),
    arguments=(
        Argument(
            "by",
            Enum(
                NewBy,
                native_enum=False,
                values_callable=lambda codes: [one.value for one in codes],
            ),
            label=_("Put together by"),
        ),
        Argument("since", Date(), label=_("From"), required=False),
        Argument("until", Date(), label=_("To"), required=False),
    ),
    rows=new_customers,
    clauses=("A4.2.1",),
    empty=_("Nobody ordered for the first time on these days."),
)
