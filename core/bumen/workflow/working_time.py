"""When time is up, counted in the hours people work: pure arithmetic on a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bumen.workflow.deadlines import Due, WorkingDays

LOOKED_AHEAD = 3660
"""So many days are looked at: whoever does not work within ten years has no deadline."""


@dataclass(frozen=True)
class Hours:
    """A stretch of a working day, such as from nine to twelve."""

    begin: time
    end: time


@dataclass(frozen=True, kw_only=True)
class WorkingTime:
    """When a company works: on which days of the week (Monday is 1), when, and exceptions.

    `days` are single days that differ: False for a holiday, True for a day that is worked on to
    make up for one.
    """

    zone: ZoneInfo
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    hours: Sequence[Hours] = (Hours(time(9), time(12)), Hours(time(13), time(18)))
    days: Mapping[date, bool] = field(default_factory=dict)

    def is_worked(self, day: date) -> bool:
        """Whether people work on a day."""
        return self.days.get(day, day.isoweekday() in self.weekdays)

    def ends(self, due: Due, *, since: datetime) -> datetime | None:
        """Return when a time that begins at a moment is up; None when it never is."""
        if isinstance(due, WorkingDays):
            return self._after_days(due.amount, since=since)
        return self._after(timedelta(hours=due.amount), since=since)

    def _after_days(self, amount: int, *, since: datetime) -> datetime | None:
        for place, stretch in enumerate(self._worked_days(after=since.astimezone(self.zone))):
            if place + 1 >= amount:
                return self._moment(stretch, self.hours[-1].end)
        return None

    def _worked_days(self, *, after: datetime) -> Iterator[date]:
        for ahead in range(1, LOOKED_AHEAD):
            if self.is_worked(day := after.date() + timedelta(days=ahead)):
                yield day

    def _after(self, left: timedelta, *, since: datetime) -> datetime | None:
        for begin, end in self._stretches(since):
            worked = max(begin, since)
            if worked >= end:
                continue
            if left <= end - worked:
                return worked + left
            left -= end - worked
        return None

    def _stretches(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield the stretches of work from the day of a moment on."""
        first = since.astimezone(self.zone).date()
        for ahead in range(LOOKED_AHEAD):
            if self.is_worked(day := first + timedelta(days=ahead)):
                for one in self.hours:
                    yield self._moment(day, one.begin), self._moment(day, one.end)

    def _moment(self, day: date, at: time) -> datetime:
        return datetime.combine(day, at, tzinfo=self.zone).astimezone(UTC)
