"""What logistics does by the clock: it tells what should have arrived, and which contracts end."""

from datetime import timedelta

from bumen import Job, NoticeKind, Run, Schedule, Text, holders, session, settle, tell, today
from bumen_logistics.models import Shipment, late_shipments
from bumen_logistics.models.carriers import contracts_ending
from bumen_logistics.resources import Carriers, Shipments
from bumen_logistics.texts import _

_CLERKS = "logistics.clerk"
AHEAD = timedelta(days=30)
"""So long before a carrier's contract ends people are told."""


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


def tell_ending_contracts(run: Run) -> Text:
    """Tell the clerks which carriers' contracts end within thirty days, or have ended.

    What was told the week before is put away first.
    """
    ending = session().scalars(contracts_ending(today(), within=AHEAD)).all()
    clerks = holders(_CLERKS)
    for number, carrier in enumerate(ending, start=1):
        settle(carrier, kind=NoticeKind.LATE, at=run.at)
        said = _(
            "The contract with %(carrier)s ends on %(day)s.",
            carrier=carrier.name,
            day=carrier.contract_until.isoformat() if carrier.contract_until else "",
        )
        tell(clerks, kind=NoticeKind.LATE, record=carrier, text=said)
        run.progress(number, of=len(ending))
    return _("%(num)s contracts with carriers end soon.", num=len(ending))


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
TELL_ENDING = Job(
    "logistics.tell_ending_contracts",
    title=_("Tell of carriers' contracts that end"),
    run=tell_ending_contracts,
    needs=("read", Carriers),
    clauses=("E3.7",),
)
ENDING_EACH_MONDAY = Schedule(
    "logistics.ending_contracts_each_monday",
    TELL_ENDING,
    cron="10 8 * * 1",
    title=_("Carriers' contracts that end soon"),
    clauses=("E3.7",),
)
JOBS, SCHEDULES = (TELL_LATE, TELL_ENDING), (LATE_EACH_MORNING, ENDING_EACH_MONDAY)
