"""What sales answers to others."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bumen import hookimpl, session
from bumen_base.models import Customer
from bumen_sales.models import numbers_of_papers, turnover


@hookimpl
def base_documents_of_customers(customers: Sequence[Customer]) -> dict[int, int]:
    """Count the customers' orders, cancelled ones included, and what came before: all are kept."""
    counted = session().execute(numbers_of_papers(customers))
    return {one.customer_id: one.papers for one in counted}


@hookimpl
def base_turnover_of_customer(customer: Customer, since: date) -> Decimal:
    """Sum the customer's confirmed orders since a day."""
    return session().scalar(turnover(customer, since=since)) or Decimal(0)
