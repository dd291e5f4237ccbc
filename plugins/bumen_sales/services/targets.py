"""What sales should reach: written down by whoever leads sales, reckoned for any days."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bumen import Days, User, Whose, current, session
from bumen_base.models import Department, Employee
from bumen_sales.errors import TargetIsOfNobody, TargetIsThere
from bumen_sales.models import FigureTarget, TargetedFigure, targets_of, targets_with
from bumen_sales.texts import _

Settled = Mapping[int | None, Decimal]
"""What a year's months should reach, by month; None stands for the whole year."""
_CENT = Decimal("0.01")
_MONTHS = range(1, 13)


def save_target(target: FigureTarget, *, by: User | None) -> None:
    """Call a target after what it is of; a second one of the same is refused."""
    if target.employee is not None and target.department is not None:
        raise TargetIsOfNobody
    key = key_of(
        target.figure,
        target.year,
        target.month,
        employee=target.employee,
        department=target.department,
    )
    with session().no_autoflush:
        taken = session().scalar(targets_with(key, besides=target.id))
    if taken is not None:
        raise TargetIsThere
    target.key = key
    name_target(target)


def key_of(
    figure: TargetedFigure,
    year: int,
    month: int | None,
    *,
    employee: Employee | None = None,
    department: Department | None = None,
) -> str:
    """Return the key of a target: of what, of when and of whom it is."""
    whom = f"d{department.id}" if department else ""
    whom = f"e{employee.id}" if employee else whom
    return f"{figure.value} {year} {month or ''} {whom}"


def name_target(target: FigureTarget) -> None:
    """Call a target after what it is of, in the company's language."""
    target.name = _name_of(target)


def target_in(figure: TargetedFigure, days: Days, whose: Whose) -> Decimal | None:
    """Return what a figure should reach in some days; None where nobody has said for any of them.

    Of a month that lies in them partly, as much as there are days.
    """
    years = range(days.first.year, days.last.year + 1)
    found: dict[int, dict[int | None, Decimal]] = {}
    for year, month, target in session().execute(targets_of(figure, years=years, whose=whose)):
        found.setdefault(year, {})[month] = target
    shares = {year: months_of(settled) for year, settled in found.items()}
    known = [
        _part(shares[year][month], Days(first, last), days)
        for year, month, first, last in _months_in(days)
        if month in shares.get(year, {})
    ]
    return sum(known, Decimal(0)).quantize(_CENT, ROUND_HALF_UP) if known else None


def months_of(settled: Settled) -> dict[int, Decimal]:
    """Return what each month of a year should reach: its own target, or its share of the rest.

    Shares differ by a cent at most and add up to the rest; of what is less than nothing there
    is none.
    """
    own = {month: target for month, target in settled.items() if month is not None}
    whole = settled.get(None)
    if whole is None:
        return own
    open_months = [month for month in _MONTHS if month not in own]
    rest, number = max(whole - sum(own.values()), Decimal(0)), len(open_months)
    upto = [(rest * n / max(number, 1)).quantize(_CENT, ROUND_HALF_UP) for n in range(number + 1)]
    shares = {month: upto[n + 1] - upto[n] for n, month in enumerate(open_months)}
    return {month: own.get(month, shares.get(month, Decimal(0))) for month in _MONTHS}


def _months_in(days: Days) -> Iterator[tuple[int, int, date, date]]:
    for year in range(days.first.year, days.last.year + 1):
        for month in _MONTHS:
            first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            if first <= days.last and days.first <= last:
                yield year, month, first, last


def _part(target: Decimal, month: Days, days: Days) -> Decimal:
    covered = min(month.last, days.last) - max(month.first, days.first)
    return target * (covered.days + 1) / ((month.last - month.first).days + 1)


def _name_of(target: FigureTarget) -> str:
    company = current().company
    time = f"{target.year}/{target.month:02}" if target.month else f"{target.year}"
    of_all = _("The whole company").in_language(company.locale if company else "en")
    whom = str(target.employee or target.department or of_all)
    named = _("%(figure)s %(time)s: %(whom)s", figure=target.figure.label, time=time, whom=whom)
    return named.in_language(company.locale if company else "en")[:300]
