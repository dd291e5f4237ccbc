"""What sales tells a new company to do first."""

from bumen import FirstStep, session
from bumen_sales.models import first_order
from bumen_sales.resources import Orders
from bumen_sales.texts import _


def has_an_order() -> bool:
    """Whether the company has written an order."""
    return session().scalar(first_order()) is not None


STEPS = (
    FirstStep(
        _("Write the first order"),
        help=_("Choose a customer and products; prices and taxes fill themselves in."),
        done=has_an_order,
        resource=Orders,
    ),
)
