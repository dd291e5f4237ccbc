"""Who sees to it that an order is carried out."""

from bumen import NoticeKind, User, tell
from bumen_base.models import Employee
from bumen_sales.models import Order
from bumen_sales.texts import _


def assign_order(order: Order, *, by: User | None, in_charge: Employee) -> None:
    """Put somebody in charge of an order, and tell them. Source: A4.3.2."""
    order.in_charge = in_charge
    if in_charge.user_id is not None:
        said = _("You are in charge of order %(number)s.", number=order.number)
        tell([in_charge.user_id], kind=NoticeKind.NEWS, record=order, text=said)
