"""How a change of an order flows: submitted, and then agreed to or not."""

from bumen import Approval, AskRole, Choice, Deadline, Tone, Workflow, WorkingDays, transition
from bumen_sales.texts import _


class ChangeState(Choice):
    """How far a change of an order has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    SUBMITTED = "submitted", _("Submitted"), Tone.WARNING
    APPROVED = "approved", _("Approved"), Tone.GOOD
    REFUSED = "refused", _("Refused"), Tone.BAD
    WITHDRAWN = "withdrawn", _("Withdrawn"), Tone.PLAIN


CHANGE_FLOW = Workflow(
    transition(
        "submit",
        {ChangeState.DRAFT},
        ChangeState.SUBMITTED,
        label=_("Submit"),
        clauses=("A4.3.6",),
    ),
    transition(
        "approve",
        {ChangeState.SUBMITTED},
        ChangeState.APPROVED,
        label=_("Approve"),
        opinion=True,
        clauses=("A4.3.6",),
    ),
    transition(
        "refuse",
        {ChangeState.SUBMITTED},
        ChangeState.REFUSED,
        label=_("Refuse"),
        opinion=True,
        clauses=("A4.3.6",),
    ),
    transition(
        "withdraw",
        {ChangeState.DRAFT, ChangeState.SUBMITTED},
        ChangeState.WITHDRAWN,
        label=_("Withdraw"),
    ),
    deadlines=(Deadline(ChangeState.SUBMITTED, WorkingDays(1)),),
    approvals=(
        Approval(
            state=ChangeState.SUBMITTED,
            title=_("Order change"),
            approve="approve",
            refuse="refuse",
            withdraw="withdraw",
            amounts=("difference", "total_after", "over_limit"),
            tells=("difference", "over_limit", "impact"),
            default=(AskRole("sales.manager"),),
        ),
    ),
)
"""What has been promised to a customer is changed only where the sales manager agrees."""
