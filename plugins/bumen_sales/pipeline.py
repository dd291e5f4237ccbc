"""What sales reports of what is about to be sold: the funnel, and how far each is followed up."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Date

from bumen import (
    Analysis,
    Argument,
    Card,
    Condition,
    Dimension,
    Figure,
    Glance,
    Link,
    Measure,
    Money,
    Percent,
    Report,
    ReportColumn,
    ToDo,
    current,
    seen,
    session,
    today,
)
from bumen_sales.models import (
    STAGES,
    Lead,
    LeadState,
    OpportunityState,
    counted_leads,
    customers_followed,
    followed_up,
    reached,
    within,
)
from bumen_sales.resources import Leads, Opportunities, Quotations, Visits
from bumen_sales.texts import _

AGES = (7, 30, 90)
"""How many days an opportunity may lie in a stage until it counts as older."""
Row = tuple[Any, ...]


def funnel(*, seen: Any, since: date | None, until: date | None) -> Iterator[Row]:
    """Yield each stage with how many came so far, and how many of those before it did."""
    rows = [*_leads(since, until), *_stages(seen, since, until)]
    before: int | None = None
    for label, count, amount in rows:
        share = Decimal(count) * 100 / before if before else None
        yield label, count, amount, share
        before = count


def follow_up(*, seen: Any) -> Iterator[Row]:
    """Yield each open stage, and how long its opportunities have been there."""
    edges = [today() - timedelta(days=age) for age in AGES]
    found = {row[0]: row[1:] for row in session().execute(followed_up(*seen, edges=edges))}
    nothing: Row = (0, Decimal(0), Decimal(0), *(0 for _age in AGES))
    for stage in STAGES:
        count, amount, weighted, *older = found.get(stage, nothing)
        upto = [count, *older]
        spans = [upto[place] - upto[place + 1] for place in range(len(AGES))]
        listed = Link(count, Opportunities, query={"filter.state": stage.value})
        yield str(stage.label), listed, *spans, upto[-1], amount, weighted


def customers(*, seen: Any) -> Iterator[Row]:
    """Yield each customer with something open, and how far it has been followed up."""
    for one, number, furthest, amount, moved_on, last, coming in session().execute(
        customers_followed(*seen)
    ):
        listed = Link(number, Opportunities, query={"filter.customer": f"{one.id}"})
        days = (today() - moved_on).days
        yield str(one), listed, STAGES[furthest], amount, days, last, coming


def _leads(since: date | None, until: date | None) -> Iterator[Row]:
    """Yield the leads, and those that were found worth it, for whoever may read them."""
    if not current().may("read", Leads.permission()):
        return
    limits = (*seen(Leads), *within(Lead.received_on, since=since, until=until))
    states = dict(session().execute(counted_leads(*limits)).all())
    good = states.get(LeadState.QUALIFIED, 0) + states.get(LeadState.CONVERTED, 0)
    yield str(Leads.title), sum(states.values()), None
    yield str(_("Qualified leads")), good, None


def _stages(seen: Any, since: date | None, until: date | None) -> Iterator[Row]:
    found = {
        stage: (count, amount)
        for stage, count, amount in session().execute(reached(*seen, since=since, until=until))
    }
    way = (*STAGES, OpportunityState.WON)
    for place, stage in enumerate(way):
        further = [found.get(one, (0, Decimal(0))) for one in way[place:]]
        counts, amounts = zip(*further, strict=True)
        yield str(stage.label), sum(counts), sum(amounts, Decimal(0))


FUNNEL = Report(
    name="funnel",
    title=_("Sales funnel"),
    help=_("How many leads and opportunities came to each stage, and how many of those before."),
    resource=Opportunities,
    columns=(
        ReportColumn("stage", str, label=_("Stage"), of=("state",)),
        ReportColumn("count", int, label=_("Number"), of=("state",)),
        ReportColumn("amount", Money, label=_("Expected amount"), of=("expected_amount",)),
        ReportColumn("conversion", Percent, label=_("Of the stage before (%)"), of=("state",)),
    ),
    arguments=(
        Argument("since", Date(), label=_("From"), required=False),
        Argument("until", Date(), label=_("To"), required=False),
    ),
    rows=funnel,
    clauses=("A4.2.1", "A4.2.4"),
)
FOLLOW_UP = Report(
    name="follow_up",
    title=_("Follow-up by stage and age"),
    help=_("How long open opportunities have been in their stage, in days."),
    resource=Opportunities,
    columns=(
        ReportColumn("stage", str, label=_("Stage"), of=("state",)),
        ReportColumn("count", int, label=_("Number"), of=("state",)),
        ReportColumn("week", int, label=_("Up to 7 days"), of=("stage_since",)),
        ReportColumn("month", int, label=_("8 to 30 days"), of=("stage_since",)),
        ReportColumn("quarter", int, label=_("31 to 90 days"), of=("stage_since",)),
        ReportColumn("longer", int, label=_("More than 90 days"), of=("stage_since",)),
        ReportColumn("amount", Money, label=_("Expected amount"), of=("expected_amount",)),
        ReportColumn("weighted", Money, label=_("Weighted amount"), of=("weighted",)),
    ),
    rows=follow_up,
    clauses=("E4.2",),
)
CUSTOMERS = Report(
    name="followed_customers",
    title=_("Follow-up by customer"),
    help=_("How far each customer is followed up; those nobody has moved for longest come first."),
    resource=Opportunities,
    columns=(
        ReportColumn("customer", str, label=_("Customer")),
        ReportColumn("count", int, label=_("Open opportunities"), of=("state",)),
        ReportColumn("stage", OpportunityState, label=_("Furthest stage"), of=("state",)),
        ReportColumn("amount", Money, label=_("Expected amount"), of=("expected_amount",)),
        ReportColumn("days", int, label=_("Days without progress"), of=("stage_since",)),
        ReportColumn("last_visit", datetime, label=_("Last visit"), of=("customer",)),
        ReportColumn("next_visit", datetime, label=_("Next visit"), of=("customer",)),
    ),
    rows=customers,
    clauses=("E4.2",),
)
PIPELINE = Analysis(
    name="pipeline",
    title=_("Pipeline analysis"),
    help=_("What may be sold, by stage, person and the day the customer is expected to decide."),
    resource=Opportunities,
    day="expected_close",
    dimensions=(
        Dimension("state"),
        Dimension("salesperson"),
        Dimension("customer"),
        Dimension("customer.industry"),
        Dimension("region"),
        Dimension("expected_close"),
        Dimension("lines.product"),
    ),
    measures=(
        Measure("expected", "expected_amount", label=_("Expected amount")),
        Measure("weighted", "weighted", label=_("Weighted amount")),
        Measure("opportunities", label=_("Number of opportunities")),
    ),
    rows="state",
)
REPORTS = (FUNNEL, FOLLOW_UP, CUSTOMERS, PIPELINE)

OPEN = Condition(field="state", operator="in", value=tuple(stage.value for stage in STAGES))
FORESEEN = Figure(
    name="pipeline",
    title=_("Weighted pipeline"),
    in_words=_("What open opportunities come to, each by its probability."),
    resource=Opportunities,
    of="weighted",
    only=(OPEN,),
    person="salesperson",
    department="salesperson.department",
)
FIGURES = (FORESEEN,)

CARDS = (
    Card(name="pipeline", shows=FORESEEN),
    Card(
        name="visits",
        title=_("Visits today"),
        shows=ToDo(
            Visits,
            filters={"filter.planned_at.period": "today", "filter.state": ("planned", "prepared")},
            shows=("customer", "planned_at", "goal"),
            order="planned_at",
            done=_("No visit is planned today."),
        ),
    ),
    Card(
        name="visits_late",
        title=_("Visits not written down yet"),
        shows=ToDo(
            Visits,
            filters={
                "filter.planned_at.period": "last_30_days",
                "filter.state": ("planned", "prepared"),
            },
            shows=("customer", "planned_at", "goal"),
            order="planned_at",
            done=_("Every visit of the last 30 days is written down."),
        ),
    ),
    Card(
        name="leads",
        title=_("New leads"),
        shows=ToDo(
            Leads,
            filters={"filter.state": "new"},
            shows=("company", "source", "received_on"),
            order="received_on",
            done=_("No lead waits to be looked at."),
        ),
    ),
    Card(
        name="overdue",
        title=_("Opportunities past their day"),
        shows=ToDo(
            Opportunities,
            filters={
                "filter.expected_close.period": "last_30_days",
                "filter.state": tuple(stage.value for stage in STAGES),
            },
            shows=("customer", "expected_amount", "expected_close"),
            order="expected_close",
            done=_("Every opportunity has time left."),
        ),
    ),
    Card(
        name="running_out",
        title=_("Quotations that run out this week"),
        shows=ToDo(
            Quotations,
            filters={"filter.valid_until.period": "next_7_days", "filter.state": "sent"},
            shows=("customer", "total", "valid_until"),
            order="valid_until",
            done=_("No quotation runs out within a week."),
        ),
    ),
    Card(
        name="funnel",
        title=_("Open opportunities by stage"),
        at_home=False,
        shows=Glance(
            PIPELINE,
            query={"rows": "state", "measures": "expected", "period": "any"},
        ),
    ),
)
