"""What people call spans of time, and what records are gathered by."""

from __future__ import annotations

from collections.abc import Mapping

from babel.dates import format_skeleton

from bumen.formats import Formats
from bumen.i18n import Text, translator
from bumen.listing import FROM_TO, PAST, GroupKey, Period, Span, written_days

_ = translator(__file__, "bumen")

PERIODS: Mapping[str, Text] = {
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
BEFORE_TODAY = _("before today")


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
    if code == PAST:
        return str(BEFORE_TODAY)
    days = written_days(code)
    if days is None:
        return code
    if days.first == days.last:
        return formats.day(days.first)
    if FROM_TO in code:
        return f"{formats.day(days.first)} – {formats.day(days.last)}"
    months = 12 if len(code) == 4 else 3 if "Q" in code else 1
    skeleton = {12: "y", 3: "yQQQ", 1: "yMMM"}[months]
    return str(format_skeleton(skeleton, days.first, locale=formats.locale))
