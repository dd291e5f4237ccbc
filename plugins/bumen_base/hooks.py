"""What master data asks the departments."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bumen import hookspec
from bumen_base.models import Customer


@hookspec
def base_documents_of_customers(customers: Sequence[Customer]) -> Mapping[int, int] | None:
    """Say how many documents of yours speak of each customer (by id): orders, visits, complaints.

    Asked before customers are deleted, of all that go together. The answers are added up, and
    whatever is more than nothing keeps the customer: it can only be archived.
    """


@hookspec
def base_turnover_of_customer(customer: Customer, since: date) -> Decimal | None:
    """Say what a customer has bought since a day, before tax, in the company's currency.

    Asked when a customer is graded by value. The answers are added up; when nobody answers, the
    customer has no value grade.
    """
