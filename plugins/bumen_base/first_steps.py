"""What master data tells a new company to do first."""

from bumen import FirstStep, session
from bumen_base.models import first_customer, first_product
from bumen_base.resources import Customers, Products
from bumen_base.texts import _


def has_a_product() -> bool:
    """Whether the company has a product."""
    return session().scalar(first_product()) is not None


def has_a_customer() -> bool:
    """Whether the company has a customer."""
    return session().scalar(first_customer()) is not None


STEPS = (
    FirstStep(
        _("Add the first product"),
        help=_("A name, a unit and a price are enough to begin with."),
        done=has_a_product,
        resource=Products,
    ),
    FirstStep(
        _("Add the first customer"),
        help=_("Or import all of them from a spreadsheet."),
        done=has_a_customer,
        resource=Customers,
    ),
)
