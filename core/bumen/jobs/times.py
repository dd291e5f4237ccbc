"""Times as cron writes them, with one sign more: `W` stands for the days a company works."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from cronsim import CronSim, CronSimError

from bumen.unit_of_work import moment
from bumen.workflow.working_time import WorkingTime

WORKED = "W"
"""Written as the day of the week: only days on which the company works."""
_FIELDS = 5
_REACH = timedelta(days=3660)
"""So far ahead a worked day is looked for."""


def is_cron(text: str) -> bool:
    """Whether these are times in cron's five fields that ever come."""
    if len(text.split()) != _FIELDS:
        return False
    try:
        return next(CronSim(_plain(text), moment()), None) is not None
    except CronSimError:
        return False


def is_on_worked_days(cron: str) -> bool:
    """Whether these times come only on days on which the company works."""
    return cron.split()[-1:] == [WORKED]


def following(cron: str, *, calendar: WorkingTime, after: datetime) -> datetime:
    """Return the next time after a moment, by the clocks and on the working days of a company.

    A time that the clocks jump over comes right after the jump; one they go through twice, once.
    Where no such day is worked within ten years, the first of them has to do.
    """
    coming = CronSim(_plain(cron), after.astimezone(calendar.zone))
    first = found = next(one for one in coming if one.astimezone(UTC) > after)
    if not is_on_worked_days(cron):
        return first.astimezone(UTC)
    while not calendar.is_worked(found.date()):
        last_minute = datetime.combine(found.date(), time(23, 59), calendar.zone)
        found = next(CronSim(_plain(cron), last_minute.replace(fold=1)))
        if found - first > _REACH:
            return first.astimezone(UTC)
    return found.astimezone(UTC)


def _plain(cron: str) -> str:
    """Return the times as they would be if every day were worked."""
    return " ".join([*cron.split()[:-1], "*"]) if is_on_worked_days(cron) else cron
