"""Times in words: what people choose from, and what cron makes of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from bumen.i18n import Text, translator
from bumen.jobs.times import WORKED
from bumen.values import Choice

_ = translator(__file__, "bumen")


class Every(Choice):
    """How often something starts by itself."""

    HOUR = "hour", _("Every hour")
    DAY = "day", _("Every day")
    WORKDAY = "workday", _("Every working day")
    WEEKDAY = "weekday", _("From Monday to Friday")
    WEEK = "week", _("Every week")
    MONTH = "month", _("Every month")
    OTHER = "other", _("Other times")


class Weekday(Choice):
    """The days of the week, as cron numbers them."""

    SUNDAY = "0", _("Sunday")
    MONDAY = "1", _("Monday")
    TUESDAY = "2", _("Tuesday")
    WEDNESDAY = "3", _("Wednesday")
    THURSDAY = "4", _("Thursday")
    FRIDAY = "5", _("Friday")
    SATURDAY = "6", _("Saturday")


LAST_DAY = "L"
_WEEKDAYS = {one.value: one for one in Weekday}
_SIMPLE = re.compile(
    r"(?P<minute>\d{1,2}) (?P<hour>\d{1,2}|\*) (?P<day>\d{1,2}|L|\*) \* (?P<week>[0-6]|1-5|W|\*)"
)
_HOURS, _MINUTES, _DAYS = 24, 60, 31


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """A rhythm is when something starts: as people say it where that is possible, else as cron.

    `day` is the day of the month, or `L` for its last one.
    """

    every: Every
    at: time = time(9)
    weekday: Weekday = Weekday.MONDAY
    day: str = "1"
    cron: str = ""

    @classmethod
    def of(cls, cron: str) -> Rhythm:
        """Return what people call these times."""
        found = _SIMPLE.fullmatch(" ".join(cron.split()))
        minute, hour, day, week = found.groups() if found else ("", "", "", "")
        every = _EVERY.get((hour == "*", day != "*", _kind_of(week)))
        clock = _clock(hour, minute)
        if every is None or clock is None or (day.isdigit() and not 0 < int(day) <= _DAYS):
            return cls(every=Every.OTHER, cron=cron)
        weekday = _WEEKDAYS[week] if every is Every.WEEK else Weekday.MONDAY
        return cls(every=every, at=clock, weekday=weekday, day=_day(day), cron=cron)

    def as_cron(self) -> str:
        """Return the times as cron reads them."""
        if self.every is Every.OTHER:
            return " ".join(self.cron.split())
        hour = "*" if self.every is Every.HOUR else str(self.at.hour)
        day = self.day if self.every is Every.MONTH else "*"
        week = self.weekday.value if self.every is Every.WEEK else _WEEKS.get(self.every, "*")
        return f"{self.at.minute} {hour} {day} * {week}"

    def in_words(self) -> Text:
        """Return the times as people say them."""
        clock = f"{self.at:%H:%M}"
        if self.every is Every.MONTH and self.day == LAST_DAY:
            return _("On the last day of every month at %(time)s", time=clock)
        return {
            Every.HOUR: lambda: _("Every hour at minute %(num)s", num=self.at.minute),
            Every.DAY: lambda: _("Every day at %(time)s", time=clock),
            Every.WORKDAY: lambda: _("Every working day at %(time)s", time=clock),
            Every.WEEKDAY: lambda: _("From Monday to Friday at %(time)s", time=clock),
            Every.WEEK: lambda: _(
                "%(day)s, every week at %(time)s", day=self.weekday.label, time=clock
            ),
            Every.MONTH: lambda: _(
                "On day %(day)s of every month at %(time)s", day=self.day, time=clock
            ),
            Every.OTHER: lambda: _("At the times %(times)s", times=self.cron),
        }[self.every]()


_WEEKS = {Every.WORKDAY: WORKED, Every.WEEKDAY: "1-5"}
"""What stands for some days of the week together."""
_EVERY = {
    (True, False, ""): Every.HOUR,
    (False, False, ""): Every.DAY,
    **{(False, False, week): every for every, week in _WEEKS.items()},
    (False, False, "day"): Every.WEEK,
    (False, True, ""): Every.MONTH,
}
"""Whether it is every hour, on days of the month, and on which days of the week."""


def _kind_of(week: str) -> str:
    if week == "*":
        return ""
    return week if week in _WEEKS.values() else "day"


def _clock(hour: str, minute: str) -> time | None:
    at = 0 if hour == "*" else int(hour or _HOURS)
    return time(at, int(minute)) if at < _HOURS and int(minute) < _MINUTES else None


def _day(day: str) -> str:
    return "1" if day == "*" else day
