"""How much of the target of a year has been reached: by region, person and month."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Enum, Integer, select

from bumen import (
    Argument,
    Choice,
    Link,
    Money,
    Percent,
    Report,
    ReportColumn,
    round_money,
    session,
    today,
)
from bumen import seen as seen_of
from bumen_base.models import Employee, Region
from bumen_sales.models import FIRM, target_in_force
from bumen_sales.models.attained import aimed_at, ordered_in
from bumen_sales.resources import Orders, TargetNodes
from bumen_sales.texts import _

Place = tuple[int | None, ...]
"""Region, then person, then month."""
Amounts = dict[Place, Decimal]
TOO_MUCH = Decimal(100_000)


class AttainedBy(Choice):
    """How far a target is followed down."""

    PERSON = "person", _("Salesperson")
    REGION = "region", _("Region")
    MONTH = "month", _("Month")


_DEPTHS = {AttainedBy.REGION: 1, AttainedBy.PERSON: 2, AttainedBy.MONTH: 3}


def attainment(
    *, seen: list[ColumnElement[bool]], by: AttainedBy, year: int | None
) -> Iterator[tuple[Any, ...]]:
    """Yield what was to be brought, what was firmly ordered, and how much of it that is."""
    whole, depth = year or today().year, _DEPTHS[by]
    aims, ordered = _aims(whole, depth), _ordered(whole, depth, seen)
    regions, people = _names(Region), _names(Employee)
    for place in sorted(aims | ordered, key=lambda one: [part or 0 for part in one]):
        aim, amount = aims.get(place), ordered.get(place, Decimal(0))
        share = round_money(amount * 100 / aim) if aim else None
        yield (
            regions.get(place[0] or 0, _("No region")),
            (people.get(place[1] or 0) or _("Nobody")) if depth > 1 else None,
            place[2] if depth > 2 else None,
            aim,
            Link(amount, Orders, query=_narrowed(whole, place)),
            share if share is None or share < TOO_MUCH else None,
        )


def _aims(year: int, depth: int) -> Amounts:
    target = session().scalar(target_in_force(year))
    if target is None:
        return {}
    rows = session().execute(aimed_at(target.id, *seen_of(TargetNodes)))
    parts = {
        tuple(one for one in (region, person, month) if one is not None): amount
        for region, person, month, amount in rows
    }
    return {place: amount for place, amount in parts.items() if len(place) == depth}


def _ordered(year: int, depth: int, seen: list[ColumnElement[bool]]) -> Amounts:
    found: Amounts = {}
    for region, person, month, amount in session().execute(ordered_in(year, *seen)):
        place = (region, person, int(month))[:depth]
        found[place] = found.get(place, Decimal(0)) + amount
    return found


def _names(model: type[Region] | type[Employee]) -> dict[int, str]:
    return {one.id: str(one) for one in session().scalars(select(model))}


def _narrowed(year: int, place: Place) -> dict[str, str | list[str]]:
    """Return the arguments of the list of the orders that were counted."""
    first, last = (place[2], place[2]) if len(place) > 2 and place[2] else (1, 12)
    days = date(year, first, 1), date(year, last, monthrange(year, last)[1])
    found: dict[str, str | list[str]] = {
        "filter.state": sorted(one.value for one in FIRM),
        "filter.ordered_on.ge": days[0].isoformat(),
        "filter.ordered_on.le": days[1].isoformat(),
    }
    for name, ident in zip(("region", "salesperson"), place, strict=False):
        found[f"filter.{name}" if ident else f"filter.{name}.empty"] = str(ident or 1)
    return found


ATTAINMENT = Report(
    name="attainment",
    title=_("How much of the target is reached"),
    help=_("What regions and people were to bring in a year, and what customers firmly ordered."),
    resource=Orders,
    columns=(
        ReportColumn("region", str, label=_("Region")),
        ReportColumn("salesperson", str, label=_("Salesperson")),
        ReportColumn("month", int, label=_("Month"), of=("ordered_on",)),
        ReportColumn("target", Money, label=_("Target amount"), of=("untaxed",)),
        ReportColumn("ordered", Money, label=_("Firmly ordered"), of=("untaxed",)),
        ReportColumn("attained", Percent, label=_("Of the target (%)"), of=("untaxed",)),
    ),
    arguments=(
        Argument(
            "by",
            Enum(
                AttainedBy,
                native_enum=False,
                values_callable=lambda codes: [one.value for one in codes],
            ),
            label=_("Down to"),
        ),
        Argument("year", Integer(), label=_("Year"), required=False),
    ),
    rows=attainment,
    gathered="region",
    clauses=("A4.1.2",),
    empty=_("Nothing was aimed at and nothing was ordered in this year."),
)
