"""What logistics does by the clock: each morning it tells what should have arrived."""

from bumen import Job, NoticeKind, Run, Schedule, Text, holders, session, settle, tell, today
from bumen_logistics.models import Shipment, late_shipments
from bumen_logistics.resources import Shipments
from bumen_logistics.texts import _

_CLERKS = "logistics.clerk"


def tell_late_shipments(run: Run) -> Text:
    """Tell whoever looks after a shipment that it is late; all clerks where nobody does.

    What was told the day before is put away first, so that nobody reads it twice.
    """
    late = session().scalars(late_shipments(today())).all()
    clerks = holders(_CLERKS)
    for number, shipment in enumerate(late, start=1):
        settle(shipment, kind=NoticeKind.LATE, at=run.at)
        told = [shipment.clerk_id] if shipment.clerk_id is not None else clerks
        tell(told, kind=NoticeKind.LATE, record=shipment, text=_said(shipment))
        run.progress(number, of=len(late))
    return _("%(num)s shipments are late.", num=len(late))


def _said(shipment: Shipment) -> Text:
    days = (today() - shipment.expected_on).days if shipment.expected_on else 0
    return _("Shipment %(number)s is %(days)s days late.", number=shipment.number, days=days)


TELL_LATE = Job(
    "logistics.tell_late",
    title=_("Tell of late shipments"),
    run=tell_late_shipments,
    needs=("read", Shipments),
    clauses=("E2.5",),
)
LATE_EACH_MORNING = Schedule(
    "logistics.late_each_morning",
    TELL_LATE,
    cron="0 8 * * W",
    title=_("Late shipments of the morning"),
    clauses=("E2.5",),
)
OF_SHIPMENTS, SHIPMENTS_PLANNED = (TELL_LATE,), (LATE_EACH_MORNING,)
