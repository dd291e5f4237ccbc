"""How a figure has come along: this month, before, month by month, and against its target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import and_, case, func, select

from bumen.listing import Days, Span, exact_sum, written
from bumen.model.describe import Kind, fields_of
from bumen.reports.comparing import Compared, compared_with, first_of_month, last_of_month
from bumen.reports.figures import (
    EVERYBODYS,
    Figure,
    Whose,
    chosen,
    figure_in,
    is_seen,
    is_seen_whole,
    number_of,
    of_whom,
    paths_of,
)
from bumen.unit_of_work import current, session

_MONTHS_BACK = 12


@dataclass(frozen=True, kw_only=True)
class Aim:
    """An aim is what somebody should reach, beside what has been reached of it."""

    whose: Whose
    target: Decimal
    value: Decimal

    @property
    def attained(self) -> Decimal:
        """How many percent of the target have been reached."""
        return attainment(self.value, self.target) or Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Course:
    """A course is what a figure has come to: this month, before, and month by month; or by now."""

    value: Decimal
    """Of the whole month, days to come included: as its records are listed."""
    so_far: Decimal
    """Until today; what is compared with the same days before."""
    month_before: Decimal | None
    year_before: Decimal | None
    months: Sequence[tuple[str, Decimal]]
    """The last twelve months, the present one last: 2026-11 and its number; none of a balance."""
    aim: Aim | None


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A reading is what a figure comes to in a span of days, and in those it is compared with."""

    days: Days
    value: Decimal
    before: Mapping[Compared, tuple[Days, Decimal]]
    target: Decimal | None


def attainment(value: Decimal, target: Decimal) -> Decimal | None:
    """Return how many percent of a target a value is; None of no target."""
    if not target:
        return None
    return (value * 100 / target).quantize(Decimal("0.1"), ROUND_HALF_UP)


def course_of(figure: Figure, *, today: date, whose: Whose = EVERYBODYS) -> Course:
    """Tell how a figure has come along, with one statement: day by day, added up by month.

    `whose` target it is held against: the company's by who sees all of its records, else the own.
    """
    return courses_of({figure: whose}, today=today)[figure]


def courses_of(asked: Mapping[Figure, Whose], *, today: date) -> dict[Figure, Course]:
    """Tell how figures that are alike have come along, with one statement for all of them."""
    one, month = next(iter(asked)), Days(today.replace(day=1), last_of_month(today))
    targets = {each: _target(each, month, whose) for each, whose in asked.items()}
    numbers = []
    for each, whose in asked.items():
        own = EVERYBODYS if targets[each] is None else whose
        numbers += [number_of(each), _own(each, own)]
    if one.is_balance:
        [row] = session().execute(chosen(one, numbers[0], month).add_columns(*numbers[1:])).all()
        return {each: _balance(row[2 * at]) for at, each in enumerate(asked)}
    since = Days(first_of_month(today, months_back=_MONTHS_BACK), month.last)
    day = _day(one)
    query = chosen(one, day, since).add_columns(*numbers)
    rows = session().execute(query.group_by(day)).all()
    found = {}
    for at, (each, whose) in enumerate(asked.items()):
        by_day, mine = ({_as_day(r[0]): _exact(r[2 * at + n]) for r in rows} for n in (1, 2))
        aim = _aimed(mine, targets[each], whose, month)
        found[each] = _course(by_day, month, today, aim)
    return found


def _balance(number: Any) -> Course:
    value = _exact(number)
    before: dict[str, None] = {"month_before": None, "year_before": None}
    return Course(value=value, so_far=value, **before, months=(), aim=None)


def _aimed(
    own: Mapping[date, Decimal], target: Decimal | None, whose: Whose, month: Days
) -> Aim | None:
    if target is None:
        return None
    return Aim(whose=whose, target=target, value=_added(own, month))


def _course(by_day: Mapping[date, Decimal], month: Days, today: date, aim: Aim | None) -> Course:
    before = [compared_with(month, how, today=today)[0] for how in Compared]
    return Course(
        value=_added(by_day, month),
        so_far=_added(by_day, Days(month.first, today)),
        month_before=_added(by_day, before[0]),
        year_before=_added(by_day, before[1]),
        months=list(_months(by_day, today)),
        aim=aim,
    )


def reading_of(figure: Figure, days: Days, *, today: date, whose: Whose = EVERYBODYS) -> Reading:
    """Tell what a figure comes to in any days, and in those before, with one statement."""
    how_far = () if figure.is_balance else tuple(Compared)
    compared = {how: compared_with(days, how, today=today)[0] for how in how_far}
    every = [days, *compared.values()]
    found = [figure_in(figure, one, whose=whose).scalar_subquery() for one in every]
    value, *before = (_exact(one) for one in session().execute(select(*found)).one())
    return Reading(
        days=days,
        value=value,
        before={how: (compared[how], then) for how, then in zip(compared, before, strict=True)},
        target=_target(figure, days, whose),
    )


def _target(figure: Figure, days: Days, whose: Whose) -> Decimal | None:
    """Return what should be reached, where that may be known: the company's by who sees all."""
    if figure.target is None or figure.is_balance or not is_seen(figure, whose):
        return None
    if whose.is_everybodys and not is_seen_whole(figure):
        return None
    return figure.target(days, whose)


def _own(figure: Figure, whose: Whose) -> Any:
    """Return what is added up of the records that count for somebody."""
    wheres = [of_whom(figure, path, ident) for path, ident in paths_of(figure, whose)]
    if not wheres:
        return number_of(figure)
    column = getattr(figure.resource.model, figure.of or "id")
    counted = case((and_(*wheres), column))
    return exact_sum(counted) if figure.of else func.count(counted)


def _months(by_day: Mapping[date, Decimal], today: date) -> Iterator[tuple[str, Decimal]]:
    for back in range(_MONTHS_BACK - 1, -1, -1):
        first = first_of_month(today, months_back=back)
        yield f"{first:%Y-%m}", _added(by_day, Days(first, last_of_month(first)))


def _day(figure: Figure) -> Any:
    field = fields_of(figure.resource.model)[figure.day]
    column = getattr(figure.resource.model, field.key)
    if field.kind is Kind.DATE:
        return column
    company = current().company
    return written(column, Span.DAY, zone=company.timezone if company else "UTC")


def _as_day(day: date | str) -> date:
    return date.fromisoformat(day) if isinstance(day, str) else day


def _exact(number: Any) -> Decimal:
    return Decimal(0 if number is None else number)


def _added(by_day: Mapping[date, Decimal], days: Days) -> Decimal:
    within_days = (one for day, one in by_day.items() if days.first <= day <= days.last)
    return sum(within_days, Decimal(0))
