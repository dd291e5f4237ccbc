"""Credit evaluations whose time is over."""

from bumen import Job, Run, Schedule, Text, session, today
from bumen_sales.models import ended_before
from bumen_sales.resources import CreditEvaluations
from bumen_sales.services import expire_evaluation
from bumen_sales.texts import _


def end_evaluations(run: Run) -> Text:
    """Let credit evaluations expire whose time is over, and tell who should make others."""
    while evaluations := session().scalars(ended_before(today())).all():
        for one in evaluations:
            expire_evaluation(one, by=run.by)
        run.progress(run.done + len(evaluations))
        run.keep()
    return _("%(num)s credit evaluations are over.", num=run.done)


END_EVALUATIONS = Job(
    "sales.end_evaluations",
    title=_("End credit evaluations whose time is over"),
    run=end_evaluations,
    needs=("write", CreditEvaluations),
    resumable=True,
    clauses=("B9.2",),
)
DAILY_EVALUATIONS = Schedule(
    "sales.end_evaluations_daily",
    END_EVALUATIONS,
    cron="15 5 * * *",
    title=_("Credit evaluations that are over"),
    clauses=("B9.2",),
)
