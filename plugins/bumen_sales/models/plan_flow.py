"""How a sales plan flows: from its owner to whoever leads sales, and back to be carried out."""

from typing import Any

from sqlalchemy import Integer, String

from bumen import Argument, Choice, Text, Tone, User, transition
from bumen_sales.texts import _


class PlanState(Choice):
    """How far a plan has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    SUBMITTED = "submitted", _("Submitted"), Tone.WARNING
    APPROVED = "approved", _("Approved"), Tone.ACTIVE
    ISSUED = "issued", _("Issued"), Tone.GOOD


class PlanPeriod(Choice):
    """What time a plan is of."""

    YEAR = "year", _("Whole year")
    Q1 = "q1", _("First quarter")
    Q2 = "q2", _("Second quarter")
    Q3 = "q3", _("Third quarter")
    Q4 = "q4", _("Fourth quarter")

    @property
    def months(self) -> range:
        """The months it has."""
        if self is PlanPeriod.YEAR:
            return range(1, 13)
        first = 3 * int(self.value[1]) - 2
        return range(first, first + 3)


def is_anothers(plan: Any, *, by: User) -> Text | None:
    """Say that a plan is another's; who has no account of the own leaves it to others."""
    if plan.person is None or plan.person.user_id in (None, by.id):
        return None
    return _("This plan is %(person)s's own to bring on.", person=plan.person)


def is_acknowledged(plan: Any) -> Text | None:
    """Say that a plan was acknowledged before."""
    if plan.acknowledged_at is None:
        return None
    return _("Plan %(number)s was acknowledged already.", number=plan.number)


def asked_of_adjustment(*, quantity: Any, amount: Any) -> tuple[Argument, ...]:
    """Return what a manager says who changes a line: which one, to what, and why."""
    return (
        Argument("line", Integer(), label=_("Line"), help=_("The first line is 1."), minimum=1),
        Argument("quantity", quantity, label=_("New quantity"), required=False, minimum=0),
        Argument("amount", amount, label=_("New amount"), required=False, minimum=0),
        Argument("reason", String(500), label=_("Reason")),
    )


STEPS = (
    transition(
        "submit",
        {PlanState.DRAFT},
        PlanState.SUBMITTED,
        label=_("Submit"),
        who=is_anothers,
        clauses=("A4.1.4",),
    ),
    transition(
        "return",
        {PlanState.SUBMITTED},
        PlanState.DRAFT,
        label=_("Return"),
        opinion=True,
        clauses=("A4.1.5",),
    ),
    transition(
        "approve",
        {PlanState.SUBMITTED},
        PlanState.APPROVED,
        label=_("Approve"),
        clauses=("A4.1.5",),
    ),
    transition(
        "issue",
        {PlanState.APPROVED},
        PlanState.ISSUED,
        label=_("Issue"),
        clauses=("A4.1.6",),
    ),
    transition(
        "acknowledge",
        {PlanState.ISSUED},
        PlanState.ISSUED,
        label=_("Acknowledge"),
        guard=is_acknowledged,
        who=is_anothers,
        clauses=("A4.1.6",),
    ),
)
"""Every step of a plan but that of adjusting it."""
