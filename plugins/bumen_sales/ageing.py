"""The report of who has owed for how long, and the figures and cards of money."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement

from bumen import Card, Condition, Figure, Link, Money, Report, ReportColumn, ToDo, today
from bumen_sales.models import FIRM
from bumen_sales.models.ageing import days_between
from bumen_sales.resources import Orders, Receipts, Reminders
from bumen_sales.services.ageing import Owed, age_what_is_owed
from bumen_sales.texts import _

_STATES = sorted(one.value for one in FIRM)
Query = dict[str, str | list[str]]
"""How an address narrows a list."""


def ageing(*, seen: Sequence[ColumnElement[bool]]) -> Iterator[tuple[Any, ...]]:
    """Yield what each customer owes, by how long it is overdue; amounts lead to the orders."""
    on = today()
    for owed in age_what_is_owed(on=on, seen=seen):
        yield _row(owed, on=on)


def _row(owed: Owed, *, on: date) -> tuple[Any, ...]:
    customer = owed.customer
    mine: Query = {
        "filter.customer": f"{customer.id}",
        "filter.due.gt": "0",
        "filter.state": _STATES,
    }
    asked = [_due_between(*days) for days in days_between(on)]
    ages = zip(owed.ages, asked, strict=True)
    return (
        Link(str(customer), Orders, query=mine),
        Link(owed.total, Orders, query=mine),
        *(_led(amount, mine | days) for amount, days in ages),
    )


def _due_between(first: date | None, last: date | None) -> Query:
    """Return how a list is narrowed to orders due between two days."""
    if last is None:
        return {}
    asked: Query = {"filter.due_on.le": last.isoformat()}
    return asked if first is None else asked | {"filter.due_on.ge": first.isoformat()}


def _led(amount: Decimal, query: Query) -> Link | Decimal:
    """Lead from an amount to its orders; what is not due yet has no address of its own."""
    return Link(amount, Orders, query=query) if "filter.due_on.le" in query else amount


_AMOUNTS = ("customer", "due", "due_on", "state")

AGEING = Report(
    name="ageing",
    title=_("Ageing of what is owed"),
    help=_("What customers owe today, by how many days it is overdue."),
    resource=Orders,
    columns=(
        ReportColumn("customer", str, label=_("Customer"), of=("customer",)),
        ReportColumn("total", Money, label=_("Owed"), of=_AMOUNTS),
        ReportColumn("not_due", Money, label=_("Not due yet"), of=_AMOUNTS),
        ReportColumn("to_30", Money, label=_("1–30 days"), of=_AMOUNTS),
        ReportColumn("to_60", Money, label=_("31–60 days"), of=_AMOUNTS),
        ReportColumn("to_90", Money, label=_("61–90 days"), of=_AMOUNTS),
        ReportColumn("older", Money, label=_("Over 90 days"), of=_AMOUNTS),
    ),
    rows=ageing,
    empty=_("Nobody owes anything."),
    clauses=("E2.7",),
)

_FIRM = (Condition(field="state", operator="in", value=_STATES),)
_POSTED = (Condition(field="state", operator="eq", value="posted"),)

OVERDUE = Figure(
    name="overdue",
    title=_("Overdue"),
    in_words=_("What customers should have paid before today."),
    resource=Orders,
    of="due",
    only=_FIRM,
    past="due_on",
    person="salesperson",
    department="salesperson.department",
    less_is_better=True,
)
RECEIVED = Figure(
    name="received",
    title=_("Money received"),
    in_words=_("What customers have paid, by the day it came in."),
    resource=Receipts,
    day="received_on",
    of="amount",
    only=_POSTED,
    person="customer.salesperson",
    department="customer.salesperson.department",
)
ADVANCES = Figure(
    name="advances",
    title=_("Advances"),
    in_words=_("What customers have paid that is allocated to no order yet."),
    resource=Receipts,
    of="unallocated",
    only=_POSTED,
    person="customer.salesperson",
    department="customer.salesperson.department",
)
FIGURES = (OVERDUE, RECEIVED, ADVANCES)

CARDS = (
    Card(name="overdue", shows=OVERDUE),
    Card(name="received", shows=RECEIVED),
    Card(name="advances", at_home=False, shows=ADVANCES),
    Card(
        name="reminders",
        title=_("Reminders to be made"),
        needs="mark_made",
        shows=ToDo(
            Reminders,
            filters={"filter.state": "written"},
            shows=("customer", "channel", "amount"),
            order="written_on",
            done=_("No reminder waits for you."),
        ),
    ),
)
