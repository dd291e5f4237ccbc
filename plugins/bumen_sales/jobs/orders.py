"""Orders that are late."""

from bumen import Job, Run, Schedule, Text, session, today
from bumen_sales.models import late_orders
from bumen_sales.resources import Orders
from bumen_sales.services import tell_it_is_late
from bumen_sales.texts import _

AT_ONCE = 100
"""So many orders are looked at in one piece."""


def tell_of_late_orders(run: Run) -> Text:
    """Tell salespeople, and whoever is in charge, which orders should have arrived by now."""
    after, late = run.remembered or (0, 0)
    day = today()
    while orders := session().scalars(late_orders(day, after=after).limit(AT_ONCE)).all():
        for order in orders:
            tell_it_is_late(order, on=day, at=run.at)
        after, late = orders[-1].id, late + len(orders)
        run.remember([after, late])
        run.progress(late)
        run.keep()
    return _("%(late)s orders are late.", late=late)


LATE = Job(
    "sales.late",
    title=_("Tell of late orders"),
    run=tell_of_late_orders,
    needs=("read_all", Orders),
    resumable=True,
)
EACH_MORNING = Schedule(
    "sales.late_each_morning",
    LATE,
    cron="30 7 * * W",
    title=_("Late orders of the morning"),
    clauses=("A4.3.3",),
)
