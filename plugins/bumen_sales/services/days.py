"""Days where the company is, and the moments they begin."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bumen import Days, current


def midnight(day: date) -> datetime:
    """Return when a day begins where the company is."""
    return datetime.combine(day, time.min, tzinfo=_zone()).astimezone(UTC)


def day_of(moment: datetime) -> date:
    """Return which day a moment is in where the company is."""
    return moment.astimezone(_zone()).date()


def month_before(day: date) -> Days:
    """Return the whole month before the one a day is in."""
    last = day.replace(day=1) - timedelta(days=1)
    return Days(last.replace(day=1), last.replace(day=monthrange(last.year, last.month)[1]))


def _zone() -> ZoneInfo:
    company = current().company
    return ZoneInfo(company.timezone if company else "UTC")
