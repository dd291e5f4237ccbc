"""How a credit evaluation flows: past the sales manager, and the director where it is much."""

from bumen import Approval, AskRole, Choice, Tone, Workflow, transition
from bumen_sales.texts import _


class EvaluationState(Choice):
    """How far a credit evaluation has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    SUBMITTED = "submitted", _("Submitted"), Tone.WARNING
    WITH_DIRECTOR = "with_director", _("Before the director"), Tone.WARNING
    APPROVED = "approved", _("Approved"), Tone.GOOD
    EXPIRED = "expired", _("Expired"), Tone.PLAIN


_WAITING = frozenset({EvaluationState.SUBMITTED, EvaluationState.WITH_DIRECTOR})
_MANAGER, _DIRECTOR = AskRole("sales.manager"), AskRole("sales.director")

CREDIT_FLOW = Workflow(
    transition(
        "submit",
        {EvaluationState.DRAFT},
        EvaluationState.SUBMITTED,
        label=_("Submit"),
        clauses=("B9.2",),
    ),
    transition(
        "submit_to_director",
        {EvaluationState.DRAFT},
        EvaluationState.WITH_DIRECTOR,
        label=_("Put before the director"),
        clauses=("B9.2",),
    ),
    transition(
        "approve",
        _WAITING,
        EvaluationState.APPROVED,
        label=_("Approve"),
        opinion=True,
        clauses=("B9.2",),
    ),
    transition(
        "refuse",
        _WAITING,
        EvaluationState.DRAFT,
        label=_("Refuse"),
        opinion=True,
        clauses=("B9.2",),
    ),
    transition("take_back", _WAITING, EvaluationState.DRAFT, label=_("Take back")),
    transition(
        "expire", {EvaluationState.APPROVED}, EvaluationState.EXPIRED, label=_("Let expire")
    ),
    approvals=(
        Approval(
            state=EvaluationState.SUBMITTED,
            title=_("Credit limit"),
            approve="approve",
            refuse="refuse",
            withdraw="take_back",
            asked_by=("submit",),
            amounts=("credit_limit",),
            tells=("grade", "credit_limit"),
            default=(_MANAGER,),
        ),
        Approval(
            state=EvaluationState.WITH_DIRECTOR,
            title=_("High credit limit"),
            approve="approve",
            refuse="refuse",
            withdraw="take_back",
            asked_by=("submit",),
            amounts=("credit_limit",),
            tells=("grade", "credit_limit"),
            default=(_MANAGER, _DIRECTOR),
        ),
    ),
)
"""A limit above what the credit policy says needs the director beside the sales manager."""
