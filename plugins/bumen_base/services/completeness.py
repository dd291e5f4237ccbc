"""How complete a customer's file is."""

from bumen_base.models import Customer, CustomerKind

MATTERS = (
    "region_id",
    "salesperson_id",
    "customer_class",
    "source",
    "phone",
    "email",
    "birthday",
    "preferences",
    "addresses",
)
"""The fields that matter of any customer."""

MATTERS_OF_COMPANIES = ("industry", "tax_id", "website", "contacts")
"""The fields that matter of organisations as well."""


def measure_completeness(customer: Customer) -> None:
    """Write down how complete a customer's file is."""
    customer.completeness = completeness_of(customer)


def completeness_of(customer: Customer) -> int:
    """Return how many of the fields that matter are filled, in whole per cent, rounded down."""
    fields = MATTERS if customer.kind is CustomerKind.PERSON else MATTERS + MATTERS_OF_COMPANIES
    return 100 * sum(bool(getattr(customer, name)) for name in fields) // len(fields)
