"""What master data does in the background."""

from sqlalchemy import Select, select

from bumen import Job, Run, Schedule, Text, session, today
from bumen_base.models import Customer
from bumen_base.resources import Customers
from bumen_base.services import regrade_customer
from bumen_base.texts import _

AT_ONCE = 100
"""So many customers are graded in one piece."""


def regrade_all(run: Run) -> Text:
    """Grade every customer anew: a year's turnover changes though nobody orders or cancels."""
    after, graded, changed = run.remembered or (0, 0, 0)
    while customers := session().scalars(_next(after)).all():
        for customer in customers:
            before = customer.value_grade
            regrade_customer(customer, by=run.by, on=today())
            changed += customer.value_grade is not before
        after, graded = customers[-1].id, graded + len(customers)
        run.remember([after, graded, changed])
        run.progress(graded)
        run.keep()
    return _(
        "%(graded)s customers graded, %(changed)s differently.", graded=graded, changed=changed
    )


def _next(after: int) -> Select[Customer]:
    return select(Customer).where(Customer.id > after).order_by(Customer.id).limit(AT_ONCE)


REGRADE = Job(
    "base.regrade",
    title=_("Work out the value grades of all customers"),
    run=regrade_all,
    needs=("regrade", Customers),
    resumable=True,
)

MONTHLY = Schedule(
    "base.regrade_monthly",
    REGRADE,
    cron="30 5 1 * *",
    title=_("Value grades of the month"),
)

JOBS, SCHEDULES = (REGRADE,), (MONTHLY,)
