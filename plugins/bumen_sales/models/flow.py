"""How an order flows: from a draft, past whoever must agree, to what is delivered and paid."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Date, String

from bumen import (
    Approval,
    Argument,
    AskRole,
    Choice,
    Deadline,
    Text,
    Tone,
    User,
    Workflow,
    WorkingDays,
    current,
    transition,
)
from bumen_sales.texts import _


class OrderState(Choice):
    """How far an order has come."""

    DRAFT = "draft", _("Draft"), Tone.PLAIN
    HELD = "held", _("Held"), Tone.WARNING
    CONFIRMED = "confirmed", _("Confirmed"), Tone.ACTIVE
    RELEASED = "released", _("Released"), Tone.ACTIVE
    SHIPPED = "shipped", _("Shipped"), Tone.ACTIVE
    DELIVERED = "delivered", _("Delivered"), Tone.GOOD
    CLOSED = "closed", _("Closed"), Tone.GOOD
    CANCELLED = "cancelled", _("Cancelled"), Tone.BAD


class WaitsFor(Choice):
    """What keeps the goods of a confirmed order in the house."""

    BOTH = "goods_and_payment", _("Goods and payment"), Tone.WARNING
    GOODS = "goods", _("Goods"), Tone.WARNING
    PAYMENT = "payment", _("Payment"), Tone.WARNING
    SLIP = "slip", _("Sales slip"), Tone.ACTIVE

    @classmethod
    def of(cls, *, goods: bool, payment: bool) -> WaitsFor:
        """Return what an order waits for whose goods, whose payment, are still missing."""
        if goods:
            return cls.BOTH if payment else cls.GOODS
        return cls.PAYMENT if payment else cls.SLIP


FIRM = frozenset(
    {
        OrderState.CONFIRMED,
        OrderState.RELEASED,
        OrderState.SHIPPED,
        OrderState.DELIVERED,
        OrderState.CLOSED,
    }
)
"""What has been promised to a customer, however far it has come since."""
OPEN = FIRM - {OrderState.CLOSED}
"""What has been promised and is not settled yet: goods or money are on their way."""
UNDELIVERED = OPEN - {OrderState.DELIVERED}
"""What has been promised and has not arrived."""
CANCELLABLE = frozenset(
    {OrderState.DRAFT, OrderState.HELD, OrderState.CONFIRMED, OrderState.RELEASED}
)
"""What may still be given up: nothing has left the house."""

SHIPPING = (
    Argument("carrier", String(200), label=_("Carrier"), required=False),
    Argument("tracking_number", String(100), label=_("Tracking number"), required=False),
    Argument(
        "quantities",
        String(500),
        label=_("Quantities"),
        help=_("Of which line how much: “1: 6, 2: 3”. Left empty, all that is still here."),
        required=False,
    ),
)
"""What is asked when goods leave the house without a department that ships them."""
ARRIVING = (
    Argument("arrived_on", Date(), label=_("Arrived on")),
    Argument("signed_by", String(200), label=_("Signed by")),
)
"""What is asked when goods have arrived."""


class Right(Choice):
    """What somebody may do with orders beside the steps themselves."""

    CALL_OFF = "cancel_confirmed", _("Cancel confirmed ones")


def only_who_may_call_off(order: Any, *, by: User) -> Text | None:  # noqa: ARG001  # asked by name
    """Leave the cancelling of what has been promised to those who may; drafts are anybody's."""
    if order.state not in FIRM or current().may(Right.CALL_OFF.value, "sales.Orders"):
        return None
    return _("An order that has been confirmed is cancelled by the sales manager.")


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
        "issue_slip",
        {OrderState.CONFIRMED},
        OrderState.RELEASED,
        label=_("Issue sales slip"),
        clauses=("E2.3", "A4.3.4"),
    ),
    transition(
        "ship",
        {OrderState.RELEASED},
        OrderState.SHIPPED,
        label=_("Ship"),
        arguments=SHIPPING,
    ),
    transition(
        "take_goods_back",
        {OrderState.SHIPPED},
        OrderState.RELEASED,
        label=_("Take goods back"),
    ),
    transition(
        "confirm_arrival",
        {OrderState.SHIPPED},
        OrderState.DELIVERED,
        label=_("Confirm arrival"),
        arguments=ARRIVING,
        clauses=("E2.5",),
    ),
    transition(
        "close",
        {OrderState.DELIVERED},
        OrderState.CLOSED,
        label=_("Close"),
        confirm=_("A closed order is kept as it is. Close this order?"),
        clauses=("A4.3.7",),
    ),
    transition(
        "take_up_again",
        {OrderState.CLOSED},
        OrderState.DELIVERED,
        label=_("Take up again"),
    ),
    transition(
        "cancel",
        CANCELLABLE,
        OrderState.CANCELLED,
        label=_("Cancel order"),
        who=only_who_may_call_off,
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
