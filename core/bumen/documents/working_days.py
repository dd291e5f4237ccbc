"""When a company works: its week, its hours, its holidays and the days that make up for them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import Select, String, select
from sqlalchemy.orm import Mapped

from bumen.errors import BusinessError
from bumen.i18n import translator
from bumen.model import CompanyModel, field, unique
from bumen.unit_of_work import company_now, session
from bumen.workflow import Due
from bumen.workflow.working_time import Hours, WorkingTime

_ = translator(__file__, "bumen")

USUAL_WEEK = "12345"
USUAL_HOURS = "09:00-12:00 13:00-18:00"
_STRETCH = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]")


class HoursAreUnclear(BusinessError):
    """The refusal of working hours that cannot be read."""

    def __init__(self) -> None:
        super().__init__(
            _("Please write working hours as in 09:00-12:00 13:00-18:00, one after the other."),
            field="hours",
        )


class WorkdayCalendar(CompanyModel):
    """A workday calendar is a company's usual week: on which days it works, and when."""

    __tablename__ = "core_workday_calendar"
    __table_args__ = (unique(),)

    weekdays: Mapped[str] = field(String(7), label=_("Working days"), default=USUAL_WEEK)
    hours: Mapped[str] = field(String(120), label=_("Times of work"), default=USUAL_HOURS)

    def __str__(self) -> str:
        return str(_("Working calendar"))


class CalendarDay(CompanyModel):
    """A calendar day is a single day that differs from the usual week."""

    __tablename__ = "core_calendar_day"
    __table_args__ = (unique("day"),)
    named_by = ("day", "name")

    day: Mapped[date] = field(label=_("Day"))
    works: Mapped[bool] = field(label=_("Working day"), default=False)
    name: Mapped[str] = field(String(80), label=_("Name"))


def days_from(first: date) -> Select[CalendarDay]:
    """Select the days that differ, from a day on."""
    return select(CalendarDay).where(CalendarDay.day >= first).order_by(CalendarDay.day)


def read_hours(written: str) -> Sequence[Hours]:
    """Read stretches of a day, in order: `09:00-12:00 13:00-18:00`.

    `HoursAreUnclear` for anything else, such as one that begins before the last has ended.
    """
    found: list[Hours] = []
    for stretch in written.split():
        if not _STRETCH.fullmatch(stretch):
            raise HoursAreUnclear
        begin, _dash, end = stretch.partition("-")
        read = Hours(time.fromisoformat(begin), time.fromisoformat(end))
        if read.begin >= read.end or (found and found[-1].end > read.begin):
            raise HoursAreUnclear
        found.append(read)
    if not found:
        raise HoursAreUnclear
    return tuple(found)


def due_at(due: Due, *, start: datetime) -> datetime | None:
    """Return when a time that begins at a moment is up for the company of the unit of work."""
    return working_time(since=start.date()).ends(due, since=start)


def working_time(*, since: date) -> WorkingTime:
    """Return when the company of the unit of work works, from a day on."""
    with session().no_autoflush:
        week = session().scalar(select(WorkdayCalendar))
        days = {one.day: one.works for one in session().scalars(days_from(since))}
    return working_time_of(company_now().timezone, week, days)


def working_time_of(
    timezone: str, week: WorkdayCalendar | None, days: Mapping[date, bool]
) -> WorkingTime:
    """Return when a company works: as usual where it has kept no week of its own."""
    return WorkingTime(
        zone=ZoneInfo(timezone),
        weekdays=frozenset(map(int, week.weekdays if week else USUAL_WEEK)),
        hours=read_hours(week.hours if week else USUAL_HOURS),
        days=days,
    )


def weeks_of(company_ids: Collection[int]) -> Select[WorkdayCalendar]:
    """Select the usual weeks of some companies."""
    return select(WorkdayCalendar).where(WorkdayCalendar.company_id.in_(company_ids))


def days_of(company_ids: Collection[int], *, since: date) -> Select[int, date, bool]:
    """Select the days that differ in some companies, from a day on: company, day, worked or not."""
    columns = (CalendarDay.company_id, CalendarDay.day, CalendarDay.works)
    theirs = CalendarDay.company_id.in_(company_ids)
    return select(*columns).where(theirs, CalendarDay.day >= since)
