"""How an order flows: from a draft, past whoever must agree, to what is promised."""

from sqlalchemy import String

from bumen import (
    Approval,
    Argument,
    AskRole,
    Choice,
    Deadline,
    Tone,
    Workflow,
    WorkingDays,
    transition,
)
from bumen_sales.texts import _


class OrderState(Choice):
    """How far an order has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    HELD = "held", _("Held"), Tone.WARNING
    CONFIRMED = "confirmed", _("Confirmed"), Tone.ACTIVE
    CANCELLED = "cancelled", _("Cancelled"), Tone.BAD


FLOW = Workflow(
    transition(
        "confirm",
        {OrderState.DRAFT},
        OrderState.CONFIRMED,
        label=_("Confirm"),
        clauses=("A4.3.1", "E2.1"),
    ),
    transition(
        "hold",
        {OrderState.DRAFT},
        OrderState.HELD,
        label=_("Hold for approval"),
        clauses=("B9.2",),
    ),
    transition(
        "approve",
        {OrderState.HELD},
        OrderState.CONFIRMED,
        label=_("Approve"),
        opinion=True,
        clauses=("B9.2",),
    ),
    transition(
        "refuse",
        {OrderState.HELD},
        OrderState.DRAFT,
        label=_("Refuse"),
        opinion=True,
        clauses=("B9.2",),
    ),
    transition("take_back", {OrderState.HELD}, OrderState.DRAFT, label=_("Take back")),
    transition(
        "cancel",
        {OrderState.DRAFT, OrderState.HELD, OrderState.CONFIRMED},
        OrderState.CANCELLED,
        label=_("Cancel order"),
        arguments=(Argument("reason", String(500), label=_("Reason")),),
        confirm=_("A cancelled order cannot be taken up again. Cancel this order?"),
    ),
    deadlines=(Deadline(OrderState.HELD, WorkingDays(1)),),
    approvals=(
        Approval(
            state=OrderState.HELD,
            title=_("Order beyond credit or discount"),
            approve="approve",
            refuse="refuse",
            withdraw="take_back",
            asked_by=("confirm",),
            amounts=("total", "over_limit"),
            tells=("over_limit", "over_allowance"),
            default=(AskRole("sales.manager"),),
        ),
    ),
)
"""Confirming an order that goes beyond the customer's credit or somebody's allowance holds it."""
