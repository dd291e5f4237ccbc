"""What a statement of account prints, and in whose language."""

ALSO = ("customer.name", "customer.tax_id", "customer.phone", "contact.name", "contact.job_title")
LANGUAGE = ("contact.language",)
"""The language the customer's contact is written to in, where that is known."""
ADDRESS = ("contact.email", "customer.email")
"""The address of mail of the contact, or the customer's own."""
NEEDS = (
    "number",
    "customer",
    "customer.name",
    "begins_on",
    "ends_on",
    "opening",
    "charged",
    "credited",
    "closing",
    "lines.on",
    "lines.kind",
    "lines.document",
    "lines.debit",
    "lines.credit",
    "lines.balance",
)
"""What both sides agree on: a statement without it would say something else."""
