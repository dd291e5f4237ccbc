"""What an offer tells on paper, and in whose language."""

from bumen_sales.papers import ADDRESS, LANGUAGE

__all__ = ["ADDRESS", "ALSO", "LANGUAGE", "NEEDS"]

ALSO = (
    "customer.name",
    "customer.tax_id",
    "customer.phone",
    "contact.name",
    "contact.job_title",
    "salesperson.name",
    "salesperson.email",
)
"""What is printed of whom an offer is for, and whom it is from."""
NEEDS = (
    "number",
    "state",
    "customer",
    "customer.name",
    "quoted_on",
    "valid_until",
    "payment_method",
    "payment_days",
    "terms",
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
"""What binds the house: an offer without it would say something else than was meant."""
