"""What sales answers to others."""

from datetime import date
from decimal import Decimal

from bumen import hookimpl, session
from bumen_base.models import Customer
from bumen_sales.models import number_of_orders, turnover


@hookimpl
def base_documents_of_customer(customer: Customer) -> int:
    """Count the customer's orders, cancelled ones included: they are kept."""
    return session().scalar(number_of_orders(customer)) or 0


@hookimpl
def base_turnover_of_customer(customer: Customer, since: date) -> Decimal:
    """Sum the customer's confirmed orders since a day."""
    return session().scalar(turnover(customer, since=since)) or Decimal(0)
