"""What lies where, what moved, how long it has been lying, and what is missing."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from bumen import (
    Analysis,
    Dimension,
    Link,
    Measure,
    Period,
    Quantity,
    Report,
    ReportColumn,
    session,
    today,
)
from bumen_logistics import resources
from bumen_logistics.models import lines_missing
from bumen_logistics.services import ages_of_stock
from bumen_logistics.texts import _

Row = tuple[Any, ...]

STOCK = Analysis(
    name="stock",
    title=_("Stock by product and warehouse"),
    help=_("What is on hand now, how much of it is promised, and how much is still available."),
    resource=resources.Stock,
    dimensions=(
        Dimension("product"),
        Dimension("product.category"),
        Dimension("location.warehouse", label=_("Warehouse")),
        Dimension("location"),
        Dimension("location.kind"),
        Dimension("below_minimum"),
    ),
    measures=(
        Measure("on_hand", "on_hand", label=_("On hand")),
        Measure("reserved", "reserved", label=_("Reserved")),
        Measure("available", "available", label=_("Available")),
    ),
    rows="product",
    columns="location.warehouse",
)

MOVES = Analysis(
    name="moves",
    title=_("Movements of stock"),
    help=_("What came in and what went out, by product, warehouse and cause."),
    resource=resources.StockMoves,
    day="at",
    dimensions=(
        Dimension("product"),
        Dimension("product.category"),
        Dimension("location.warehouse", label=_("Warehouse")),
        Dimension("kind"),
        Dimension("at"),
    ),
    measures=(
        Measure("quantity", "quantity", label=_("Quantity")),
        Measure("moves", label=_("Number of moves")),
    ),
    rows="product",
    columns="kind",
    period=Period.THIS_MONTH,
)

PREPARATIONS = Analysis(
    name="preparations",
    title=_("Preparations by state and warehouse"),
    resource=resources.Preparations,
    day="due_on",
    dimensions=(
        Dimension("warehouse"),
        Dimension("state"),
        Dimension("person"),
        Dimension("due_on"),
    ),
    measures=(Measure("preparations", label=_("Number of preparations")),),
    rows="state",
    columns="warehouse",
    period=Period.THIS_MONTH,
    clauses=("E2.2",),
)


def ageing(*, seen: Any) -> Iterator[Row]:
    """Yield how long what is on hand has been lying, the oldest goods first to have left."""
    for aged in ages_of_stock(seen=seen, on=today()):
        stock = aged.stock
        yield (
            Link(str(stock.product), resources.Stock, ident=stock.id),
            str(stock.location),
            stock.on_hand,
            *aged.parts,
        )


def missing(*, seen: Any) -> Iterator[Row]:
    """Yield what is missing of preparations, and since when."""
    for line in session().scalars(lines_missing(*seen)):
        prepared = line.preparation
        yield (
            Link(prepared.number, resources.Preparations, ident=prepared.id),
            prepared.request.source_number or prepared.request.number,
            str(line.product),
            line.missing,
            line.missing_since.date() if line.missing_since else None,
            prepared.due_on,
            prepared.cause,
        )


AGEING = Report(
    name="stock_ageing",
    title=_("Stock ageing"),
    help=_("How long goods have been lying, counted as if those that came first left first."),
    resource=resources.Stock,
    columns=(
        ReportColumn("product", str, label=_("Product")),
        ReportColumn("location", str, label=_("Location")),
        ReportColumn("on_hand", Quantity, label=_("On hand")),
        ReportColumn("fresh", Quantity, label=_("Up to 30 days"), of=("on_hand",)),
        ReportColumn("months", Quantity, label=_("31 to 90 days"), of=("on_hand",)),
        ReportColumn("half_year", Quantity, label=_("91 to 180 days"), of=("on_hand",)),
        ReportColumn("old", Quantity, label=_("Over 180 days"), of=("on_hand",)),
    ),
    rows=ageing,
    empty=_("Nothing is on hand."),
)

MISSING = Report(
    name="missing_goods",
    title=_("Missing goods"),
    help=_("What keeps preparations from being ready, and since when it has been missing."),
    resource=resources.Preparations,
    columns=(
        ReportColumn("preparation", str, label=_("Preparation"), of=("number",)),
        ReportColumn("document", str, label=_("Order or request"), of=("request",)),
        ReportColumn("product", str, label=_("Product"), of=("number",)),
        ReportColumn("missing", Quantity, label=_("Missing"), of=("number",)),
        ReportColumn("since", date, label=_("Missing since"), of=("number",)),
        ReportColumn("due_on", date, label=_("Due on")),
        ReportColumn("cause", str, label=_("Cause of the delay")),
    ),
    rows=missing,
    clauses=("A4.3.3",),
    empty=_("Nothing is missing."),
)

ALL = (STOCK, MOVES, PREPARATIONS, AGEING, MISSING)
