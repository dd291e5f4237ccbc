"""What is done about the money for an order that does not come."""

from sqlalchemy import String

from bumen import Action, Argument
from bumen_sales.models import FIRM, Collecting, Order
from bumen_sales.services.collecting import collect_again, dispute_order, mark_bad_debt
from bumen_sales.texts import _

_REASON = (Argument("reason", String(500), label=_("Reason")),)


def is_asked_for(order: Order) -> bool:
    """Whether something is owed, and asked for as usual."""
    return order.due > 0 and order.collecting is Collecting.AS_USUAL


def is_given_up(order: Order) -> bool:
    """Whether something is owed, and not asked for."""
    return order.due > 0 and order.collecting is not Collecting.AS_USUAL


def may_be_written_off(order: Order) -> bool:
    """Whether something is owed that is not counted as a bad debt yet."""
    return order.due > 0 and order.collecting is not Collecting.BAD_DEBT


ACTIONS = (
    Action(
        "dispute",
        _("Note a dispute"),
        dispute_order,
        states=FIRM,
        when=is_asked_for,
        arguments=_REASON,
    ),
    Action(
        "mark_bad_debt",
        _("Mark as bad debt"),
        mark_bad_debt,
        states=FIRM,
        when=may_be_written_off,
        arguments=_REASON,
    ),
    Action(
        "collect_again",
        _("Ask for the money again"),
        collect_again,
        states=FIRM,
        when=is_given_up,
        arguments=_REASON,
    ),
)
