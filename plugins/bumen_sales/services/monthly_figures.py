"""What a month came to: by product, customer, region and person, against what else is known."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from bumen import Days, Whose, round_money, session
from bumen_base.models import Customer, Employee, Product, Region
from bumen_sales.models.monthly_reports import (
    FigureOf,
    MonthlyFigure,
    MonthlyReport,
    aims_of_month,
    money_in,
    money_owed,
    sold_by,
)
from bumen_sales.models.orders import Order, OrderLine
from bumen_sales.models.target_trees import target_in_force
from bumen_sales.models.targets import TargetedFigure
from bumen_sales.services.targets import target_in
from bumen_sales.texts import _

MOST = 100
"""So many of each kind stand in a report; what the others come to stands in one line."""
LARGEST_SHARE = Decimal(100_000)
_NOTHING = Decimal(0)
_PARTS: tuple[tuple[FigureOf, Any, Any], ...] = (
    (FigureOf.PRODUCT, OrderLine.product_id, Product),
    (FigureOf.CUSTOMER, Order.customer_id, Customer),
    (FigureOf.REGION, Order.region_id, Region),
    (FigureOf.PERSON, Order.salesperson_id, Employee),
)
Aims = Mapping[int | None, Decimal]


@dataclass
class Sold:
    """What something came to: in the month so far, and in the same days before."""

    quantity: Decimal = _NOTHING
    amount: Decimal = _NOTHING
    last_month: Decimal = _NOTHING
    last_year: Decimal = _NOTHING
    target: Decimal | None = field(default=None, kw_only=True)

    def add(self, other: "Sold") -> None:
        """Count something else in; what the others aim at is not told."""
        self.quantity += other.quantity
        self.amount += other.amount
        self.last_month += other.last_month
        self.last_year += other.last_year


def days_of_month(year: int, month: int, *, until: date | None = None) -> Days:
    """Return the days of a month, up to a day of it."""
    last = date(year, month, monthrange(year, month)[1])
    return Days(date(year, month, 1), last if until is None else min(last, until))


def spans_of(days: Days) -> tuple[Days, Days, Days]:
    """Return the days of a month so far, of the month before and of the same month a year ago.

    A month that is over is held against whole months.
    """
    year, month = days.first.year, days.first.month
    before = (year - 1, 12) if month == 1 else (year, month - 1)
    is_whole = days.last == days_of_month(year, month).last
    last = None if is_whole else days.last.day
    return days, _as_far(before, last), _as_far((year - 1, month), last)


def reckon(report: MonthlyReport, *, on: date) -> None:
    """Work a report out as things stand on a day: its lines, and what they come to."""
    days = days_of_month(report.year, report.month, until=on)
    report.until = days.last
    aims = _aims(report)
    lines: list[MonthlyFigure] = []
    for part, key, model in _PARTS:
        rows = _sold(key, spans_of(days), aims.get(part, {}))
        if part is FigureOf.PRODUCT:
            _add_up(report, rows.values())
        lines += _lines(part, rows, model)
    for place, line in enumerate(lines):
        line.position = place
    report.lines = lines
    _write_money(report, days)


def _as_far(month: tuple[int, int], last_day: int | None) -> Days:
    whole = days_of_month(*month)
    if last_day is None:
        return whole
    return Days(whole.first, whole.last.replace(day=min(last_day, whole.last.day)))


def _sold(key: Any, spans: tuple[Days, Days, Days], aims: Aims) -> dict[int | None, Sold]:
    found: dict[int | None, Sold] = {one: Sold() for one in aims}
    for ident, quantity, amount, _q, last_month, _p, last_year in session().execute(
        sold_by(key, *spans)
    ):
        values = (quantity, amount, last_month, last_year)
        found[ident] = Sold(*(value or _NOTHING for value in values))
    for ident, aim in aims.items():
        found[ident].target = aim
    return found


def _aims(report: MonthlyReport) -> dict[FigureOf, dict[int | None, Decimal]]:
    """Return what regions and people are to bring in the month, as the target in force says."""
    with session().no_autoflush:
        target = session().scalar(target_in_force(report.year))
        aims = aims_of_month(target.id if target is not None else 0, report.month)
        rows = session().execute(aims).all()
    found: dict[FigureOf, dict[int | None, Decimal]] = {FigureOf.REGION: {}, FigureOf.PERSON: {}}
    for region, person, amount in rows:
        for part, ident in ((FigureOf.REGION, region), (FigureOf.PERSON, person)):
            found[part][ident] = found[part].get(ident, _NOTHING) + amount
    return found


def _lines(part: FigureOf, rows: Mapping[int | None, Sold], model: Any) -> Iterator[MonthlyFigure]:
    """Yield the lines of one kind, the largest first, and one for all that are too many."""
    wanted = [one for one in rows if one is not None]
    names = {
        one.id: str(one) for one in session().scalars(select(model).where(model.id.in_(wanted)))
    }
    ordered = sorted(rows.items(), key=lambda one: (-one[1].amount, names.get(one[0] or 0, "")))
    for ident, sold in ordered[:MOST]:
        yield _line(part, names.get(ident or 0) or str(_("Not said")), sold)
    others = Sold()
    for _ident, sold in ordered[MOST:]:
        others.add(sold)
    if ordered[MOST:]:
        yield _line(part, str(_("Others")), others)


def _line(part: FigureOf, what: str, sold: Sold) -> MonthlyFigure:
    return MonthlyFigure(part=part, what=what[:300], **vars(sold))


def _add_up(report: MonthlyReport, rows: Any) -> None:
    whole = Sold()
    for one in rows:
        whole.add(one)
    report.quantity, report.amount = whole.quantity, whole.amount
    report.last_month, report.last_year = whole.last_month, whole.last_year


def _write_money(report: MonthlyReport, days: Days) -> None:
    month = days_of_month(report.year, report.month)
    with session().no_autoflush:
        report.target = target_in(TargetedFigure.TURNOVER, month, Whose())
        report.received = session().scalar(money_in(days)) or _NOTHING
        report.outstanding = session().scalar(money_owed()) or _NOTHING
    share = round_money(report.amount * 100 / report.target) if report.target else None
    report.attained = share if share is None or share < LARGEST_SHARE else None
