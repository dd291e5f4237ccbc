"""How things stand with a customer: prospect, active, dormant, blocked; archived; its credit."""

from decimal import Decimal

from bumen import User
from bumen_base.models import Customer, Grade
from bumen_base.services.tax_ids import check_tax_id_is_free


def activate_customer(customer: Customer, *, by: User | None) -> None:
    """Note that a prospect buys, or that a dormant customer buys again."""
    customer.move("activate", by=by)


def mark_customer_dormant(customer: Customer, *, by: User | None) -> None:
    """Note that a customer has not bought for long."""
    customer.move("mark_dormant", by=by)


def block_customer(customer: Customer, *, by: User | None, reason: str) -> None:
    """Stop doing business with a customer, for a reason that everybody can read."""
    customer.move("block", by=by)
    customer.blocked_because = reason


def unblock_customer(customer: Customer, *, by: User | None) -> None:
    """Do business with a blocked customer again."""
    customer.move("unblock", by=by)
    customer.blocked_because = None


def archive_customer(customer: Customer, *, by: User | None) -> None:
    """Put a customer aside: it keeps its documents, and its tax ID becomes free."""
    customer.archived = True


def unarchive_customer(customer: Customer, *, by: User | None) -> None:
    """Take a customer back; refuses when another one has its tax ID by now."""
    check_tax_id_is_free(customer)
    customer.archived = False


def grant_credit(
    customer: Customer, *, by: User | None, credit_limit: Decimal, credit_grade: Grade | None = None
) -> None:
    """Let a customer owe up to a limit, in the company's currency; a grade may say why."""
    customer.credit_limit = credit_limit
    customer.credit_grade = credit_grade
