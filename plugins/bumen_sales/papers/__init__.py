"""What sales prints, and in whose language."""

from bumen_sales.models import Order, OrderState

ALSO = (
    "customer.name",
    "customer.tax_id",
    "customer.phone",
    "contact.name",
    "contact.job_title",
    "salesperson.name",
    "salesperson.email",
)
"""What is printed of whom an order is from, and whom it is with."""


LANGUAGE = ("contact.language",)
"""The language the customer's contact is written to in, where that is known."""
ADDRESS = ("contact.email", "customer.email")
"""The address of mail of the contact, or the customer's own."""
NEEDS = (
    "number",
    "state",
    "customer",
    "customer.name",
    "reference",
    "ordered_on",
    "requested_on",
    "payment_method",
    "payment_days",
    "consignee",
    "phone",
    "address",
    "packing_requirement",
    "lines.product",
    "lines.quantity",
    "lines.unit",
    "lines.unit_price",
    "lines.discount",
    "lines.tax_rate",
    "lines.untaxed",
    "untaxed",
    "tax",
    "total",
)
"""What binds both sides: a confirmation without it would say something else than was agreed."""


def is_confirmable(order: Order) -> bool:
    """Whether there is anything to confirm: nothing of a cancelled order."""
    return order.state is not OrderState.CANCELLED


SLIP_NEEDS = (
    "slip_number",
    "number",
    "customer.name",
    "payment_method",
    "consignee",
    "phone",
    "address",
    "lines.product",
    "lines.quantity",
    "lines.unit",
    "total",
    "due",
)
"""What whoever hands out the goods goes by."""


def has_slip(order: Order) -> bool:
    """Whether its goods may leave, or have left: it has a slip that is not void."""
    return order.slip_number is not None and order.state is not OrderState.CANCELLED
