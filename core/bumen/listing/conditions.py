"""What is true of the rows of a list: its conditions, its search, and what somebody may see."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from marshmallow import ValidationError
from sqlalchemy import ColumnElement, and_, false, or_, true

from bumen.company.standards import first_weekday
from bumen.documents.tags import Tag, tag_field, tagged_as
from bumen.i18n import translator
from bumen.listing.asked import Condition, Listing, refused
from bumen.listing.keys import fields_grouped
from bumen.listing.operators import ANY_OF, EMPTY, IN, NULLABLE, PERIOD, operator_of
from bumen.listing.periods import Days, Period, days_of, written_days
from bumen.model.describe import Described, Kind, described, fields_of
from bumen.remember import remembered
from bumen.resource import Resource
from bumen.schema import first_said, value_of
from bumen.schema.values import refuse_unstorable
from bumen.unit_of_work import current, today
from bumen.visibility import seen

_ = translator(__file__, "bumen")

ARCHIVED = "archived"
MOST_CONDITIONS = 50
MOST_VALUES = 200


def wheres_of(resource: type[Resource], listing: Listing) -> list[ColumnElement[bool]]:
    """Return what is true of the rows of a list; `Malformed` names what is not offered."""
    if len(listing.conditions) > MOST_CONDITIONS:
        raise refused("filters", _("At most %(most)s conditions.", most=MOST_CONDITIONS))
    wheres = [_condition(resource, condition) for condition in listing.conditions]
    wheres += [*seen(resource), *_present(resource, listing)]
    if listing.search:
        wheres.append(search_in(resource, listing.search))
    return wheres


def search_in(resource: type[Resource], words: str) -> ColumnElement[bool]:
    """Return what is true of the records in which every word occurs in a searched column."""
    try:
        wanted = refuse_unstorable(words).split()[:10]
    except ValidationError as wrong:
        raise refused("search", first_said(wrong)) from None
    places = [_searched(resource.model, name) for name in resource.searched()]
    if not places:
        return false()
    return and_(true(), *(or_(*(holds(word) for holds in places)) for word in wanted))


@remembered
def filterable(resource: type[Resource]) -> Mapping[str, Described]:
    """Return the fields a list may be filtered by, by attribute and by API name.

    What a list may be grouped by is among them: each group is opened by a condition.
    """
    known = fields_of(resource.model)
    names = dict.fromkeys([*resource.filtered(), *fields_grouped(resource), "id"])
    found = [known[name] for name in names]
    found += [tags] if (tags := tag_field(resource)) is not None else []
    return {one.name: one for one in found} | {one.key: one for one in found}


def _present(resource: type[Resource], listing: Listing) -> list[ColumnElement[bool]]:
    """Leave out what is archived, unless a condition speaks of it."""
    spoken_of = listing.archived or any(one.field == ARCHIVED for one in listing.conditions)
    return [~resource.model.archived] if resource.archives and not spoken_of else []


def _searched(model: type[Any], name: str) -> Callable[[str], ColumnElement[bool]]:
    """Return how a word is looked for in a column, or in one of what a reference names."""
    reference, dot, column = name.partition(".")
    if not dot:
        return lambda word: getattr(model, name).icontains(word, autoescape=True)
    there = getattr(described(model, reference).target, column)
    return lambda word: getattr(model, reference).has(there.icontains(word, autoescape=True))


def _condition(resource: type[Resource], condition: Condition) -> ColumnElement[bool]:
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
    value = _value(field, condition)
    if field.target is Tag:
        return tagged_as(resource, condition.operator, value)
    return operator(getattr(resource.model, field.key), value)


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
    """Return where a period begins and what it ends before; None where it has no end."""
    days = _days(condition)
    after = None if days.last == date.max else days.last + timedelta(days=1)
    if field.kind is Kind.DATE:
        return days.first, after
    return _midnight(days.first), None if after is None else _midnight(after)


def _days(condition: Condition) -> Days:
    text = condition.value
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


def _midnight(day: date) -> datetime | None:
    """Return when a day begins where the company is; None where that is out of all range."""
    company = current().company
    zone = ZoneInfo(company.timezone) if company else UTC
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError:
        return None
