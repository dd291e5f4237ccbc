"""Credit evaluations whose time is over, or will be soon."""

from datetime import timedelta

from bumen import Job, Run, Schedule, Text, session, today
from bumen_sales.models import ended_before, ending_by
from bumen_sales.resources import CreditEvaluations
from bumen_sales.services import announce_end_of_evaluation, expire_evaluation
from bumen_sales.texts import _

AHEAD = timedelta(days=30)
"""So long before an evaluation is over people are told."""


def end_evaluations(run: Run) -> Text:
    """Let credit evaluations expire whose time is over, and tell who should make others."""
    while evaluations := session().scalars(ended_before(today())).all():
        for one in evaluations:
            expire_evaluation(one, by=run.by)
        run.progress(run.done + len(evaluations))
        run.keep()
    return _("%(num)s credit evaluations are over.", num=run.done)


def announce_ends(run: Run) -> Text:
    """Tell, once, who should evaluate customers anew whose evaluation is over in thirty days."""
    while evaluations := session().scalars(ending_by(today() + AHEAD)).all():
        for one in evaluations:
            announce_end_of_evaluation(one, on=today())
        run.progress(run.done + len(evaluations))
        run.keep()
    return _("%(num)s credit evaluations are over soon.", num=run.done)


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
ANNOUNCE_ENDS = Job(
    "sales.announce_ends_of_evaluations",
    title=_("Remind of credit evaluations that end"),
    run=announce_ends,
    needs=("write", CreditEvaluations),
    resumable=True,
    clauses=("B9.2",),
)
ANNOUNCED_DAILY = Schedule(
    "sales.announce_ends_of_evaluations_daily",
    ANNOUNCE_ENDS,
    cron="25 5 * * *",
    title=_("Credit evaluations that are over soon"),
    clauses=("B9.2",),
)
