"""What is true of the rows of a list: its conditions, its search, and what somebody may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import ValidationError
from sqlalchemy import ColumnElement, and_

from bumen.company.standards import first_weekday
from bumen.documents.tags import Tag, tag_field, tagged_as
from bumen.i18n import translator
from bumen.listing.asked import Condition, Listing, refused
from bumen.listing.keys import fields_grouped
from bumen.listing.operators import ANY_OF, EMPTY, IN, NULLABLE, PERIOD, Operator, operator_of
from bumen.listing.periods import PAST, Days, Period, days_of, past_days, written_days
from bumen.listing.search import contains_any, searched
from bumen.model.describe import Described, Kind, fields_of
from bumen.model.paths import Path, Step, path_of, reached, unreached
from bumen.remember import remembered
from bumen.resource import Resource
from bumen.schema import first_said, value_of
from bumen.search import Sought
from bumen.unit_of_work import current, today
from bumen.visibility import seen

_ = translator(__file__, "bumen")

ARCHIVED = "archived"
MOST_CONDITIONS = 50
MOST_VALUES = 200
_NOTHING = ((EMPTY, True), ("eq", None), ("rel_o_m", None))
"""Ways to ask for no value."""


@dataclass(frozen=True, kw_only=True)
class Wheres:
    """What is true of the rows of a list: what the search knows the texts of, and all the rest."""

    sought: Sequence[Sought]
    others: Sequence[ColumnElement[bool]]

    def every(self) -> list[ColumnElement[bool]]:
        """Return all of it as conditions."""
        return [*self.others, *(one.condition() for one in self.sought)]


def wheres_of(resource: type[Resource], listing: Listing) -> list[ColumnElement[bool]]:
    """Return what is true of the rows of a list; `Malformed` names what is not offered."""
    return parted(resource, listing).every()


def parted(resource: type[Resource], listing: Listing) -> Wheres:
    """Return what is true of the rows as `wheres_of` does, in two parts."""
    if len(listing.conditions) > MOST_CONDITIONS:
        raise refused("filters", _("At most %(most)s conditions.", most=MOST_CONDITIONS))
    of_lines = _of_lines(resource, listing.conditions)
    together = [one for some in of_lines.values() for one in some]
    every = [_condition(resource, one) for one in listing.conditions if one not in together]
    sought = [one for one in every if isinstance(one, Sought)]
    others = [one for one in every if not isinstance(one, Sought)]
    others += [_of_one_line(resource, *one) for one in of_lines.items()]
    others += [*seen(resource), *_present(resource, listing)]
    if listing.search:
        words, rest = searched(resource, listing.search)
        sought, others = [*sought, *words], [*others, *rest]
    return Wheres(sought=sought, others=others)


def days_asked(condition: Condition) -> Days:
    """Return the days that a condition with a period speaks of, seen from today."""
    text = condition.value
    if text == PAST:
        return past_days(today=today())
    days = written_days(text) if isinstance(text, str) else None
    if days is not None:
        return days
    try:
        period = Period(text)
    except ValueError:
        allowed = ", ".join(Period)
        message = _("This must be one of: %(allowed)s.", allowed=allowed)
        raise refused(f"filters.{condition.field}", message) from None
    company = current().company
    week_starts = first_weekday(company.country) if company else 0
    return days_of(period, today=today(), week_starts=week_starts)


def within(resource: type[Resource], name: str, days: Days) -> ColumnElement[bool]:
    """Return what is true of the records whose day or moment (a field) lies in these days."""
    field = fields_of(resource.model)[name]
    found = operator_of(field, PERIOD)
    if found is None:
        raise KeyError(name)
    return found(getattr(resource.model, field.key), _bounds_of(field, days))


@remembered
def filterable(resource: type[Resource]) -> Mapping[str, Described]:
    """Return the fields a list may be filtered by, by attribute and by API name.

    What a list may be grouped by is among them: each group is opened by a condition.
    """
    known = fields_of(resource.model)
    names = dict.fromkeys([*resource.filtered(), *fields_grouped(resource), "id"])
    found = [known[name] for name in names]
    found += [path_of(resource.model, name).described for name in resource.beyond]
    found += [tags] if (tags := tag_field(resource)) is not None else []
    return {one.name: one for one in found} | {one.key: one for one in found}


def named_in(resource: type[Resource], argument: str) -> tuple[str, str]:
    """Return the field and the operator of an argument of a list's address: `total.ge`.

    Names beyond the record have points of their own: `customer.industry.empty`.
    """
    if argument in filterable(resource):
        return argument, ""
    name, _dot, operator = argument.rpartition(".")
    if name not in filterable(resource):
        name, _dot, operator = argument.partition(".")
    return name, operator


def _present(resource: type[Resource], listing: Listing) -> list[ColumnElement[bool]]:
    """Leave out what is archived, unless a condition speaks of it."""
    spoken_of = listing.archived or any(one.field == ARCHIVED for one in listing.conditions)
    return [~resource.model.archived] if resource.archives and not spoken_of else []


def path_to_lines(resource: type[Resource], condition: Condition) -> Path | None:
    """Return the path of a condition that is about a record's lines; None for any other."""
    field = filterable(resource).get(condition.field)
    if field is None or "." not in field.name:
        return None
    path = path_of(resource.model, field.name)
    return path if path.in_lines else None


def _of_lines(
    resource: type[Resource], conditions: Sequence[Condition]
) -> dict[Step, list[Condition]]:
    """Gather what is asked of the record's lines, by which lines they are."""
    found: dict[Step, list[Condition]] = {}
    for one in conditions:
        path = path_to_lines(resource, one)
        if path is not None and path.steps[0].to_lines:
            found.setdefault(path.steps[0], []).append(one)
    return found


def _of_one_line(
    resource: type[Resource], lines: Step, conditions: Sequence[Condition]
) -> ColumnElement[bool]:
    """Say that all of it is true of one line together, as reports count."""
    tests = [true_of_line(resource, one, lines.target) for one in conditions]
    found: ColumnElement[bool] = getattr(resource.model, lines.name).any(and_(*tests))
    return found


def true_of_line(resource: type[Resource], condition: Condition, line: Any) -> ColumnElement[bool]:
    """Return what is true of a line itself (joined, aliased), where `wheres_of` asks for any."""
    field, operator = _known(resource, condition)
    path = path_of(resource.model, field.name).from_lines
    return _beyond(line, path, condition, (operator, _value(field, condition)))


def _known(resource: type[Resource], condition: Condition) -> tuple[Described, Operator]:
    field = filterable(resource).get(condition.field)
    if field is None:
        raise refused("filters", _("There is no filter “%(name)s”.", name=condition.field))
    operator = operator_of(field, condition.operator)
    if operator is None:
        raise refused(
            "filters",
            _(
                "“%(field)s” cannot be filtered by “%(operator)s”.",
                field=condition.field,
                operator=condition.operator,
            ),
        )
    return field, operator


def _condition(resource: type[Resource], condition: Condition) -> ColumnElement[bool] | Sought:
    field, operator = _known(resource, condition)
    value = _value(field, condition)
    if field.target is Tag:
        return tagged_as(resource, condition.operator, value)
    if "." not in field.name:
        known = contains_any(resource.model, field.name, condition.operator, value)
        return operator(getattr(resource.model, field.key), value) if known is None else known
    return _beyond(
        resource.model, path_of(resource.model, field.name), condition, (operator, value)
    )


def _beyond(
    model: Any, path: Path, condition: Condition, test: tuple[Operator, Any]
) -> ColumnElement[bool]:
    """Say that a record, or a line of one, leads to a value that passes a test."""
    operator, value = test
    if (condition.operator, value) in _NOTHING:
        return unreached(model, path)
    return reached(model, path, lambda column: operator(column, value))


def _value(field: Described, condition: Condition) -> Any:
    name, value = condition.operator, condition.value
    if name == EMPTY:
        return _flag(condition)
    if name == PERIOD:
        return _bounds(field, condition)
    if name == IN and not isinstance(value, list | tuple):
        raise refused(f"filters.{condition.field}", _("This must be a list."))
    if name in ANY_OF and isinstance(value, list | tuple):
        return _values(field, condition)
    if value is None and name in NULLABLE:
        return None
    typed = _typed(field, condition, value)
    return "" if typed is None else typed


def _values(field: Described, condition: Condition) -> list[Any]:
    if len(condition.value) > MOST_VALUES:
        raise refused("filters", _("At most %(most)s values.", most=MOST_VALUES))
    return [_typed(field, condition, value) for value in condition.value]


def _typed(field: Described, condition: Condition, value: Any) -> Any:
    try:
        return value_of(field, for_filter=True).deserialize(value)
    except ValidationError as wrong:
        raise refused(f"filters.{condition.field}", first_said(wrong)) from None


def _flag(condition: Condition) -> bool:
    wanted = {"1": True, "0": False}.get(str(condition.value), condition.value)
    if not isinstance(wanted, bool):
        raise refused(f"filters.{condition.field}", _("This must be true or false."))
    return wanted


def _bounds(field: Described, condition: Condition) -> tuple[Any, Any]:
    return _bounds_of(field, days_asked(condition))


def _bounds_of(field: Described, days: Days) -> tuple[Any, Any]:
    """Return where days begin and what they end before; None where they have no end."""
    after = None if days.last == date.max else days.last + timedelta(days=1)
    if field.kind is Kind.DATE:
        return days.first, after
    return _midnight(days.first), None if after is None else _midnight(after)


def _midnight(day: date) -> datetime | None:
    """Return when a day begins where the company is; None where that is out of all range."""
    company = current().company
    zone = ZoneInfo(company.timezone) if company else UTC
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError:
        return None
