"""What is done about carriers' money in the background: they are reminded of it."""

from datetime import timedelta
from itertools import groupby

from bumen import Job, Run, Schedule, Text, session, today
from bumen_logistics.models.cash import overdue_cash
from bumen_logistics.resources import Cod
from bumen_logistics.services.reminding import remind_of_cash
from bumen_logistics.texts import _

AGAIN_AFTER = timedelta(days=7)
"""How long a carrier is left alone after a reminder."""


def remind_carriers(run: Run) -> Text:
    """Remind carriers of what they should have handed over, once a week."""
    on, written = today(), 0
    waits = overdue_cash(on, not_reminded_since=on - AGAIN_AFTER)
    overdue = session().scalars(waits).all()
    for _carrier_id, theirs in groupby(overdue, key=lambda one: one.carrier_id):
        found = list(theirs)
        written += remind_of_cash(found, on=on, at=run.at)
        run.progress(run.done + len(found), len(overdue))
    return _(
        "%(count)s amounts are overdue; %(written)s carriers were written to.",
        count=len(overdue),
        written=written,
    )


REMIND = Job(
    "logistics.remind_carriers",
    title=_("Remind carriers of cash on delivery"),
    run=remind_carriers,
    needs=("write", Cod),
    clauses=("E2.6",),
)
EACH_MORNING = Schedule(
    "logistics.remind_carriers_each_morning",
    REMIND,
    cron="0 8 * * W",
    title=_("Overdue cash on delivery of the morning"),
    clauses=("E2.6",),
)

JOBS, SCHEDULES = (REMIND,), (EACH_MORNING,)
