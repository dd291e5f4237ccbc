"""What logistics warns of by itself: stock that runs low, preparations that are late."""

from bumen import Job, Run, Schedule, Text, session, today, within
from bumen_logistics.events import StockRanLow
from bumen_logistics.models import Stock, late_preparations
from bumen_logistics.resources import Preparations
from bumen_logistics.services import tell_it_is_late, tell_it_runs_low
from bumen_logistics.texts import _

AT_ONCE = 100
"""So many preparations are looked at in one piece."""


def warn_of_low_stock(event: StockRanLow) -> None:
    """Tell the keeper of a warehouse what has just run low, unless more has come meanwhile."""
    stock = session().get_one(Stock, event.stock_id)
    if stock.below_minimum:
        tell_it_runs_low(stock)


def warn_of_late_preparations(run: Run) -> Text:
    """Tell who gets goods ready which of them should have been by now."""
    after, late = run.remembered or (0, 0)
    day = today()
    while found := session().scalars(late_preparations(day, after=after).limit(AT_ONCE)).all():
        for preparation in found:
            tell_it_is_late(preparation, on=day, at=run.at)
        after, late = found[-1].id, late + len(found)
        run.remember([after, late])
        run.progress(late)
        run.keep()
    return _("%(late)s preparations are late.", late=late)


LATE = Job(
    "logistics.late_preparations",
    title=_("Warn of late preparations"),
    run=warn_of_late_preparations,
    needs=("write", Preparations),
    resumable=True,
)
EACH_MORNING = Schedule(
    "logistics.late_preparations_each_morning",
    LATE,
    cron="40 7 * * W",
    title=_("Late preparations of the morning"),
    clauses=("A4.3.3",),
)
HEARD = (within(StockRanLow, warn_of_low_stock),)
JOBS, SCHEDULES = (LATE,), (EACH_MORNING,)
