"""What carriers have done for their money: in time or not, what went wrong, what they still owe."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, select

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
    Period,
    Report,
    ReportColumn,
    ToDo,
    session,
    today,
)
from bumen_logistics.models import Carrier
from bumen_logistics.models.carrier_record import (
    exceptions_of_carriers,
    score_of_carriers,
    shipped_by_carriers,
)
from bumen_logistics.models.cash import cash_by_age
from bumen_logistics.models.shipment_flow import ExceptionKind
from bumen_logistics.resources import (
    Carriers,
    Cod,
    FreightStatements,
    Shipments,
)
from bumen_logistics.texts import _

YEAR = timedelta(days=365)
_WHOLE, _PLACES = Decimal(100), Decimal("0.0001")
_SINCE = Argument("since", Date(), label=_("From"), required=False)
_UNTIL = Argument("until", Date(), label=_("To"), required=False)
Rows = Iterator[Sequence[Any]]


def scores(*, seen: Iterable[Any], since: date | None, until: date | None) -> Rows:
    """Yield how each carrier has done: the last year unless told otherwise."""
    rows = session().execute(score_of_carriers(*seen, **_days(since, until))).all()
    names = _carriers(row[0] for row in rows)
    for carrier_id, ended, in_time, troubled, returned, freight in rows:
        shares = (_share(one, ended) for one in (in_time, troubled, returned))
        yield names[carrier_id], ended, *shares, freight


def trouble(*, seen: Iterable[Any], since: date | None, until: date | None) -> Rows:
    """Yield what went wrong with whom, and with which part of all their shipments."""
    days, conditions = _days(since, until), list(seen)
    rows = session().execute(exceptions_of_carriers(*conditions, **days)).all()
    shipped = dict(session().execute(shipped_by_carriers(*conditions, **days)).all())
    names = _carriers(row[0] for row in rows)
    for carrier_id, kind, count in rows:
        yield names[carrier_id], kind, count, _share(count, shipped[carrier_id])


def ages(*, seen: Iterable[Any]) -> Rows:
    """Yield what each carrier has still to hand over, by how late it is."""
    rows = session().execute(cash_by_age(today(), *seen)).all()
    names = _carriers(row[0] for row in rows)
    for carrier_id, *rest in rows:
        yield names[carrier_id], *rest


SCORES = Report(
    name="carriers",
    title=_("Carrier score card"),
    help=_("Shipments that have ended, by the day they left: the last year when left empty."),
    resource=Shipments,
    columns=(
        ReportColumn("carrier", str, label=_("Carrier")),
        ReportColumn("shipments", int, label=_("Shipments"), of=("state",)),
        ReportColumn("in_time", Percent, label=_("In time"), of=("expected_on", "arrived_on")),
        ReportColumn("troubled", Percent, label=_("With an exception"), of=("state",)),
        ReportColumn("returned", Percent, label=_("Came back"), of=("state",)),
        ReportColumn("freight", Money, label=_("Freight by the rates"), of=("freight_estimated",)),
    ),
    arguments=(_SINCE, _UNTIL),
    rows=scores,
    clauses=("E2.5", "E3.x"),
)
TROUBLE = Report(
    name="exception_rates",
    title=_("Exceptions by carrier and kind"),
    resource=Shipments,
    columns=(
        ReportColumn("carrier", str, label=_("Carrier")),
        ReportColumn("kind", ExceptionKind, label=_("Kind of exception"), of=("state",)),
        ReportColumn("shipments", int, label=_("Shipments"), of=("state",)),
        ReportColumn("share", Percent, label=_("Of all shipments"), of=("state",)),
    ),
    arguments=(_SINCE, _UNTIL),
    rows=trouble,
    gathered="carrier",
    clauses=("E3.x",),
)
AGES = Report(
    name="cash_by_age",
    title=_("Cash on delivery by carrier and age"),
    help=_("What is still to be handed over, collected or not, by how late it is."),
    resource=Cod,
    columns=(
        ReportColumn("carrier", str, label=_("Carrier")),
        ReportColumn("count", int, label=_("Shipments"), of=("shipment",)),
        ReportColumn("open", Money, label=_("Still to come"), of=("due", "remitted")),
        ReportColumn("in_time", Money, label=_("Not due yet"), of=("due", "due_on")),
        ReportColumn("month", Money, label=_("1 to 30 days late"), of=("due", "due_on")),
        ReportColumn("two_months", Money, label=_("31 to 60 days late"), of=("due", "due_on")),
        ReportColumn("older", Money, label=_("More than 60 days late"), of=("due", "due_on")),
    ),
    rows=ages,
    clauses=("E2.6",),
)
FREIGHT = Analysis(
    name="freight",
    title=_("Freight costs"),
    help=_("Freight by the carriers' rates, by the day goods left."),
    resource=Shipments,
    day="shipped_on",
    dimensions=(
        Dimension("carrier"),
        Dimension("request.customer.region"),
        Dimension("request.customer"),
        Dimension("source_number"),
        Dimension("warehouse"),
        Dimension("shipped_on"),
        Dimension("state"),
    ),
    measures=(
        Measure("freight", "freight_estimated", label=_("Freight")),
        Measure("average", "freight_estimated", label=_("Freight a shipment"), average=True),
        Measure("shipments", label=_("Number of shipments")),
        Measure("cash", "cash_on_delivery", label=_("Cash on delivery")),
    ),
    rows="request.customer.region",
    columns="shipped_on.month",
    period=Period.THIS_YEAR,
    clauses=("E3.7",),
)
REPORTS = (SCORES, TROUBLE, AGES, FREIGHT)

OUTSTANDING = Figure(
    name="cash_outstanding",
    title=_("Cash with carriers"),
    in_words=_("What carriers have collected at the door and not handed over yet."),
    resource=Cod,
    of="outstanding",
    only=(Condition(field="state", operator="eq", value="collected"),),
    less_is_better=True,
)
FIGURES = (OUTSTANDING,)

CARDS = (
    Card(name="cash_outstanding", shows=OUTSTANDING),
    Card(
        name="cash",
        title=_("Cash on delivery to ask for"),
        needs="record_collection",
        shows=ToDo(
            Cod,
            filters={"filter.state": ("due", "collected")},
            shows=("carrier", "due", "due_on"),
            order="due_on",
            done=_("No carrier has money of ours."),
        ),
    ),
    Card(
        name="freight_to_approve",
        title=_("Freight statements to approve"),
        needs="approve",
        shows=ToDo(
            FreightStatements,
            filters={"filter.state": "checked"},
            shows=("carrier", "billed", "difference"),
            order="from_day",
            done=_("No freight statement waits."),
        ),
    ),
    Card(
        name="freight",
        title=_("Freight by month"),
        at_home=False,
        shows=Glance(
            FREIGHT,
            query={"rows": "shipped_on.month", "measures": "freight", "period": "this_year"},
        ),
    ),
)


def _days(since: date | None, until: date | None) -> dict[str, date]:
    last = until or today()
    return {"since": since or last - YEAR, "until": last}


def _share(part: int, of: int) -> Decimal:
    return (_WHOLE * part / of).quantize(_PLACES) if of else Decimal(0)


def _carriers(idents: Iterable[int | None]) -> dict[int | None, Any]:
    """Return how carriers (ids) are called, each with a link to its page."""
    wanted = {one for one in idents if one is not None}
    found = session().scalars(select(Carrier).where(Carrier.id.in_(wanted)))
    links: dict[int | None, Any] = {one.id: Link(one.name, Carriers, ident=one.id) for one in found}
    return {None: _("Our own transport"), **links}
