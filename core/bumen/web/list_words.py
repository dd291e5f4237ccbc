"""What people call the operators and the spans of time that lists are narrowed by."""

from __future__ import annotations

from collections.abc import Mapping

from babel.dates import format_skeleton

from bumen.formats import Formats
from bumen.i18n import Text, translator
from bumen.listing import GroupKey, Period, Span, written_days
from bumen.model.describe import Kind

_ = translator(__file__, "bumen")

Words = Mapping[str, Text]

_EMPTY: Words = {"empty=1": _("is empty"), "empty=0": _("is not empty")}
_SAME: Words = {"eq": _("is"), "neq": _("is not")}
_TEXTS: Words = {
    "ct": _("contains"),
    "nct": _("does not contain"),
    **_SAME,
    "sw": _("begins with"),
    "ew": _("ends with"),
    **_EMPTY,
}
_NUMBERS: Words = {
    **_SAME,
    "ge": _("is at least"),
    "le": _("is at most"),
    "gt": _("is more than"),
    "lt": _("is less than"),
    **_EMPTY,
}
_TIMES: Words = {
    "period": _("is in"),
    "ge": _("is on or after"),
    "le": _("is on or before"),
    "gt": _("is after"),
    "lt": _("is before"),
    "eq": _("is on"),
    "neq": _("is not on"),
    **_EMPTY,
}
_CHOSEN: Words = {**_SAME, **_EMPTY}

OPERATORS: Mapping[Kind, Words] = {
    Kind.TEXT: _TEXTS,
    Kind.LONG_TEXT: _TEXTS,
    Kind.NUMBER: _NUMBERS,
    Kind.DECIMAL: _NUMBERS,
    Kind.DATE: _TIMES,
    Kind.MOMENT: {name: word for name, word in _TIMES.items() if name != "neq"},
    Kind.FLAG: {"eq": _("is")},
    Kind.CHOICE: _CHOSEN,
    Kind.REFERENCE: _CHOSEN,
    Kind.PICTURE: {},
}
"""Operators offered to people, by kind of field; `empty=1` is one together with its value."""

FURTHER: Words = {
    "in": _("is"),
    "nsw": _("does not begin with"),
    "new": _("does not end with"),
    "rel_o_m": _("is"),
    "nrel_o_m": _("is not"),
    "neq": _("is not"),
}
"""Words of what an address may ask for beside these."""

PERIODS: Words = {
    Period.TODAY: _("today"),
    Period.YESTERDAY: _("yesterday"),
    Period.THIS_WEEK: _("this week"),
    Period.LAST_WEEK: _("last week"),
    Period.THIS_MONTH: _("this month"),
    Period.LAST_MONTH: _("last month"),
    Period.THIS_QUARTER: _("this quarter"),
    Period.LAST_QUARTER: _("last quarter"),
    Period.THIS_YEAR: _("this year"),
    Period.LAST_YEAR: _("last year"),
    Period.NEXT_7_DAYS: _("the next 7 days"),
    Period.NEXT_30_DAYS: _("the next 30 days"),
    Period.LAST_7_DAYS: _("the last 7 days"),
    Period.LAST_30_DAYS: _("the last 30 days"),
}


def group_label(key: GroupKey) -> Text:
    """Return what people call a key rows are gathered by: "Order date by month"."""
    field = key.field.about.label
    if key.span is None:
        return field
    return {
        Span.DAY: _("%(field)s by day", field=field),
        Span.MONTH: _("%(field)s by month", field=field),
        Span.QUARTER: _("%(field)s by quarter", field=field),
        Span.YEAR: _("%(field)s by year", field=field),
    }[key.span]


def period_text(code: str, formats: Formats) -> str:
    """Write a period, or a span as it is written: 2026-11 is "Nov 2026", or "2026年11月"."""
    if code in PERIODS:
        return str(PERIODS[Period(code)])
    days = written_days(code)
    if days is None:
        return code
    if days.first == days.last:
        return formats.day(days.first)
    months = 12 if len(code) == 4 else 3 if "Q" in code else 1
    skeleton = {12: "y", 3: "yQQQ", 1: "yMMM"}[months]
    return str(format_skeleton(skeleton, days.first, locale=formats.locale))
