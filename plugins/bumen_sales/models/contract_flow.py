"""How a contract flows: reviewed by everybody it concerns, signed, performed, ended."""

from sqlalchemy import Date, String

from bumen import (
    AllOf,
    Approval,
    Argument,
    AskField,
    AskRole,
    Choice,
    Deadline,
    Tone,
    Workflow,
    WorkingDays,
    transition,
)
from bumen_sales.texts import _


class ContractState(Choice):
    """How far a contract has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    IN_REVIEW = "in_review", _("In review"), Tone.WARNING
    REVIEWED = "reviewed", _("Ready to sign"), Tone.ACTIVE
    SIGNED = "signed", _("Signed"), Tone.ACTIVE
    PERFORMING = "performing", _("Performing"), Tone.ACTIVE
    COMPLETED = "completed", _("Completed"), Tone.GOOD
    TERMINATED = "terminated", _("Terminated"), Tone.BAD


IN_FORCE = frozenset({ContractState.SIGNED, ContractState.PERFORMING})
"""What binds both sides: orders are drawn against it."""

CONTRACT_FLOW = Workflow(
    transition(
        "submit",
        {ContractState.DRAFT},
        ContractState.IN_REVIEW,
        label=_("Submit for review"),
        clauses=("B9.3",),
    ),
    transition(
        "approve",
        {ContractState.IN_REVIEW},
        ContractState.REVIEWED,
        label=_("Approve"),
        opinion=True,
        clauses=("B9.3",),
    ),
    transition(
        "refuse",
        {ContractState.IN_REVIEW},
        ContractState.DRAFT,
        label=_("Refuse"),
        opinion=True,
        clauses=("B9.3",),
    ),
    transition("take_back", {ContractState.IN_REVIEW}, ContractState.DRAFT, label=_("Take back")),
    transition(
        "sign",
        {ContractState.REVIEWED},
        ContractState.SIGNED,
        label=_("Sign"),
        arguments=(Argument("signed_on", Date(), label=_("Date of signature")),),
        clauses=("A4.2.5",),
    ),
    transition(
        "negotiate_again",
        {ContractState.REVIEWED},
        ContractState.DRAFT,
        label=_("Negotiate again"),
        confirm=_("The contract will be reviewed anew. Negotiate it again?"),
    ),
    transition(
        "perform", {ContractState.SIGNED}, ContractState.PERFORMING, label=_("Begin to perform")
    ),
    transition(
        "complete",
        {ContractState.PERFORMING},
        ContractState.COMPLETED,
        label=_("Complete"),
        confirm=_("No more orders are drawn against a completed contract. Complete it?"),
    ),
    transition(
        "terminate",
        IN_FORCE,
        ContractState.TERMINATED,
        label=_("Terminate"),
        arguments=(Argument("reason", String(500), label=_("Reason")),),
    ),
    deadlines=(Deadline(ContractState.IN_REVIEW, WorkingDays(3)),),
    approvals=(
        Approval(
            state=ContractState.IN_REVIEW,
            title=_("Review of a contract"),
            approve="approve",
            refuse="refuse",
            withdraw="take_back",
            amounts=("amount",),
            tells=("amount", "payment_terms", "responsibilities"),
            default=(
                AllOf(
                    AskRole("sales.manager"),
                    AskRole("sales.finance"),
                    AskField("legal", where_named=True),
                ),
            ),
        ),
    ),
)
"""Everybody who reviews says what they think. Source: B9.3."""
