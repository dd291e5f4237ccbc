"""What is done about money in the background: reminders each night, statements each month."""

from datetime import date

from bumen import Job, Run, Schedule, Text, session, today
from bumen_base.models import Customer
from bumen_sales.models.reminders import overdue_for
from bumen_sales.models.statements import customers_with_account, with_statement
from bumen_sales.resources import Reminders, Statements
from bumen_sales.services.days import midnight, month_before
from bumen_sales.services.reminders import write_reminders
from bumen_sales.services.statements import make_statement
from bumen_sales.texts import _

AT_ONCE = 50
"""So many orders, or customers, are looked at in one piece."""


def remind(run: Run) -> Text:
    """Remind customers of what is overdue: once a level."""
    after, written = run.remembered or (0, 0)
    on = today()
    while orders := session().scalars(overdue_for(on, after=after, most=AT_ONCE)).all():
        written += len(write_reminders(orders, by=run.by, on=on, at=run.at))
        after = orders[-1].id
        run.remember([after, written])
        run.progress(run.done + len(orders))
        run.keep()
    return _("%(written)s reminders were written.", written=written)


def state_accounts(run: Run, *, first: date | None = None, last: date | None = None) -> Text:
    """Make statements for all customers who owe something, or with whom something happened.

    Of the month before, unless other days are told; who has one of these days gets no second.
    """
    days = month_before(today())
    first, last = first or days.first, last or days.last
    after, made = run.remembered or (0, 0)
    asked = {"since": midnight(first), "before": midnight(date.fromordinal(last.toordinal() + 1))}
    of_all = customers_with_account(first=first, last=last, **asked)
    pending = of_all.where(Customer.id.not_in(with_statement(first=first, last=last)))
    while idents := session().scalars(pending.where(Customer.id > after).limit(AT_ONCE)).all():
        for ident in idents:
            customer = session().get_one(Customer, ident)
            make_statement(customer, first=first, last=last, on=today())
        after, made = idents[-1], made + len(idents)
        run.remember([after, made])
        run.progress(made)
        run.keep()
    return _("%(made)s statements were made. Look at them, and send them.", made=made)


REMIND = Job(
    "sales.remind",
    title=_("Remind customers of what is overdue"),
    run=remind,
    needs=("mark_made", Reminders),
    resumable=True,
    clauses=("E2.7", "A4.3.5"),
)
STATE_ACCOUNTS = Job(
    "sales.state_accounts",
    title=_("Make the statements of account of a month"),
    run=state_accounts,
    needs=("write", Statements),
    resumable=True,
    clauses=("E2.7",),
)
NIGHTLY = Schedule(
    "sales.remind_nightly",
    REMIND,
    cron="30 4 * * *",
    title=_("Reminders of the night"),
    clauses=("E2.7", "A4.3.5"),
)
MONTHLY = Schedule(
    "sales.state_accounts_monthly",
    STATE_ACCOUNTS,
    cron="0 5 2 * *",
    title=_("Statements of the month"),
    clauses=("E2.7",),
)
JOBS, SCHEDULES = (REMIND, STATE_ACCOUNTS), (NIGHTLY, MONTHLY)
