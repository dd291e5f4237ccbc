"""What sales does by night: offers that have run out expire, and contracts announce their end."""

from datetime import timedelta

from bumen import Job, NoticeKind, Run, Schedule, Text, session, tell, today
from bumen_sales.models import Contract, Quotation, contracts_ending, quotations_run_out
from bumen_sales.resources import Contracts, Quotations
from bumen_sales.services.ownership import account_of
from bumen_sales.texts import _

AHEAD = timedelta(days=30)
"""So long before a contract ends whoever looks after it is told."""


def expire_quotations(run: Run) -> Text:
    """Let the offers expire that nobody accepted in time, and tell whose they are."""
    gone = session().scalars(quotations_run_out(on=today())).all()
    for quotation in gone:
        quotation.move("expire", by=None)
        said = _("Quotation %(number)s has run out without an answer.", number=quotation.number)
        _tell(quotation, said)
        run.progress(run.done + 1, len(gone))
    return _("%(num)s quotations have run out.", num=len(gone))


def announce_ends(run: Run) -> Text:
    """Tell, once, who looks after a contract that it ends within thirty days."""
    ending = session().scalars(contracts_ending(until=today() + AHEAD)).all()
    for contract in ending:
        contract.warned_on = today()
        said = _(
            "Contract %(number)s ends on %(day)s.",
            number=contract.number,
            day=contract.ends_on.isoformat(),
        )
        _tell(contract, said)
        run.progress(run.done + 1, len(ending))
    return _("%(num)s contracts end soon.", num=len(ending))


def _tell(record: Quotation | Contract, said: Text) -> None:
    """Tell whoever looks after it; where that is nobody who signs in, whoever wrote it."""
    whom = account_of(record.salesperson, else_of=None) or record.created_by_id
    tell([whom] if whom else [], kind=NoticeKind.LATE, record=record, text=said)


EXPIRE = Job(
    "sales.expire_quotations",
    title=_("Let quotations run out"),
    run=expire_quotations,
    needs=("write", Quotations),
    clauses=("A4.2.4",),
)
ANNOUNCE = Job(
    "sales.announce_ends",
    title=_("Remind of contracts that end"),
    run=announce_ends,
    needs=("write", Contracts),
    clauses=("A4.2.6",),
)
JOBS = (EXPIRE, ANNOUNCE)
SCHEDULES = (
    Schedule("sales.expire_nightly", EXPIRE, cron="10 1 * * *", title=_("Quotations that ran out")),
    Schedule(
        "sales.announce_daily", ANNOUNCE, cron="40 6 * * *", title=_("Contracts that end soon")
    ),
)
