"""Keeping the calendar of a company: its week, its holidays, the official ones of a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from babel.dates import format_date
from holidays import country_holidays
from sqlalchemy import select

from bumen.documents.reckoning import calendar_has_changed
from bumen.documents.working_days import (
    USUAL_HOURS,
    USUAL_WEEK,
    CalendarDay,
    WorkdayCalendar,
    read_hours,
)
from bumen.errors import BusinessError, NotFound
from bumen.i18n import FORMATS, speaking, translator
from bumen.i18n import language as language_now
from bumen.unit_of_work import company_now, session
from bumen.values import is_record_id

_ = translator(__file__, "bumen")

LONGEST_NAME = 80
_SPOKEN = {"zh_Hant": "zh_TW", "zh_Hans": "zh_CN", "en": "en_US"}
"""What the calendars of holidays call our languages."""
_FRIDAY = 5
_WRITTEN = ("%Y-%m-%d", "%m/%d/%Y")
"""How those calendars write the day that is worked on for a day off."""
_EVES = {"農曆除夕", "农历除夕", "Chinese New Year's Eve"}


class NoDayIsWorked(BusinessError):
    """The refusal of a week without a working day."""

    def __init__(self) -> None:
        super().__init__(_("Please choose at least one working day."), field="weekdays")


class DayNeedsName(BusinessError):
    """The refusal of a holiday that nobody could tell from another."""

    def __init__(self) -> None:
        said = _("Please say what the day is, in at most %(limit)s characters.", limit=LONGEST_NAME)
        super().__init__(said, field="name")


class HolidaysAreUnknown(BusinessError):
    """The refusal to take over holidays that nobody has published, or of an unknown country."""

    def __init__(self, year: int) -> None:
        super().__init__(
            _("No official holidays of %(year)s are known here.", year=year), field="year"
        )


def usual_week() -> WorkdayCalendar:
    """Return the usual week of the company, a new one where none has been kept yet."""
    kept = session().scalar(select(WorkdayCalendar))
    return kept or WorkdayCalendar(weekdays=USUAL_WEEK, hours=USUAL_HOURS)


def keep_week(*, weekdays: Iterable[int], hours: str) -> WorkdayCalendar:
    """Keep on which days of the week (Monday is 1) the company works, and when.

    Refuses hours that cannot be read, and a week without work. Deadlines that run already are
    worked out again, as they are whenever the calendar changes.
    """
    worked = sorted({day for day in weekdays if 1 <= day <= 7})  # days of a week
    if not worked:
        raise NoDayIsWorked
    read_hours(hours)
    week = usual_week()
    week.weekdays, week.hours = "".join(map(str, worked)), " ".join(hours.split())
    session().add(week)
    calendar_has_changed()
    return week


def keep_day(day: date, *, works: bool, name: str) -> CalendarDay:
    """Keep that a day is not worked on, or is worked on though it would not be."""
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise DayNeedsName
    kept = session().scalar(select(CalendarDay).where(CalendarDay.day == day))
    kept = kept or CalendarDay(day=day)
    kept.works, kept.name = works, name.strip()
    session().add(kept)
    calendar_has_changed()
    return kept


def drop_day(ident: int) -> CalendarDay:
    """Let a day be like any other again."""
    kept: CalendarDay | None = session().get(CalendarDay, ident) if is_record_id(ident) else None
    if kept is None:
        raise NotFound
    session().delete(kept)
    calendar_has_changed()
    return kept


def take_over_holidays(year: int, *, language: str) -> int:
    """Keep the official holidays of a year, and the days worked on to make up for them.

    They are those of the company's country, called as in the language where it is spoken there.
    What people have kept of a day stays. Returns how many days were added.
    """
    days = official_days(company_now().country, year, language=language)
    if not days:
        raise HolidaysAreUnknown(year)
    known = set(session().scalars(select(CalendarDay.day)))
    fresh = {day: told for day, told in days.items() if day not in known}
    for day, (works, name) in sorted(fresh.items()):
        session().add(CalendarDay(day=day, works=works, name=name[:LONGEST_NAME]))
    calendar_has_changed()
    return len(fresh)


def official_days(country: str, year: int, *, language: str) -> dict[date, tuple[bool, str]]:
    """Return the official days of a country's year: whether they are worked on, and their names.

    They are called as in a language: a day that is exchanged for another names that one.
    """
    try:
        published = country_holidays(country, years=year, language=_SPOKEN[language])
    except NotImplementedError:
        return {}
    worked = sorted(day for day in published.weekend_workdays if day.year == year)
    free = {day: name for day, name in published.items() if day.year == year}
    with speaking(language):
        exchanged = dict(_exchanged(free, worked))
        names = {**_called_apart(free), **_names_of_exchanged(exchanged)}
        comma = str(_(", "))
        off = {day: (False, names[day].replace("; ", comma)) for day in free}
        return off | {day: (True, _made_up_for(day, exchanged)) for day in worked}


def _exchanged(free: Mapping[date, str], worked: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Yield the days off for which people work on another, with that other."""
    written = {other.strftime(form): other for other in worked for form in _WRITTEN}
    for day, name in free.items():
        yield from ((day, other) for text, other in written.items() if text in name)


def _names_of_exchanged(exchanged: Mapping[date, date]) -> dict[date, str]:
    return {
        day: str(_("Day off, worked for on %(day)s", day=_said(other)))
        for day, other in exchanged.items()
    }


def _made_up_for(worked: date, exchanged: Mapping[date, date]) -> str:
    """Call a weekend day that is worked on after the day off it makes up for."""
    off = next((day for day, other in exchanged.items() if other == worked), None)
    if off is None:
        return str(_("Makes up for a holiday"))
    return str(_("Worked for %(day)s off", day=_said(off)))


def _said(day: date) -> str:
    here = language_now()
    return format_date(day, "medium" if here == "en" else "short", locale=FORMATS[here])


def _called_apart(free: Mapping[date, str]) -> dict[date, str]:
    """Call the day before New Year's Eve what it is, and the day that makes up for it.

    Taiwan rests on it, too, and calls it by the eve's name. Of the two, whichever falls on a
    weekend is made up for afterwards, the earlier one first.
    """
    eve = next((day for day in sorted(free, reverse=True) if free[day] in _EVES), None)
    before = None if eve is None else eve - timedelta(days=1)
    if eve is None or before is None or free.get(before) != free[eve]:
        return dict(free)
    word = str(_("Day before New Year's Eve"))
    missed = [day for day in (before, eve) if day.isoweekday() > _FRIDAY]
    made_up = sorted(day for day in free if free[day].startswith(free[eve]) and day > eve)
    called = {**free, before: word}
    for rested, day in zip(missed, made_up, strict=False):
        if rested == before:
            called[day] = free[day].replace(free[eve], word)
    return called
