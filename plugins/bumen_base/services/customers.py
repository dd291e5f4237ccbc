"""What is done with a customer's file as a whole."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from bumen import User, ask, beside, shared
from bumen_base.errors import CustomerHasDocuments
from bumen_base.hooks import base_documents_of_customers
from bumen_base.models import Customer
from bumen_base.models.likeness import comparable_name, comparable_phone
from bumen_base.services.codes import give_code
from bumen_base.services.completeness import measure_completeness
from bumen_base.services.customer_files import check_birthday, fill_country
from bumen_base.services.tax_ids import check_tax_id, check_tax_id_is_free, tidied_tax_id


def save_customer(customer: Customer, *, by: User | None, on: date) -> None:
    """Keep a customer's file, its contacts and addresses included.

    It gets a code, and its completeness is worked out. Refuses a tax ID that is wrong in the
    company's country or that another customer has, and birthdays after the day.
    """
    _check_birthdays(customer, on=on)
    customer.tax_id = tidied_tax_id(customer.tax_id)
    check_tax_id(customer)
    check_tax_id_is_free(customer)
    for address in customer.addresses:
        fill_country(address)
    customer.tags = _tidied_tags(customer.tags)
    customer.name_key = comparable_name(customer.name)
    customer.phone_key = comparable_phone(customer.phone)
    measure_completeness(customer)
    give_code(customer, on=on)


def delete_customer(customer: Customer, *, by: User | None) -> None:
    """Let a customer be deleted; refuses while any department has documents that speak of it."""
    customers = beside(customer)
    if count := shared("documents of customers", lambda: _documents_of(customers))[customer.id]:
        raise CustomerHasDocuments(customer, count=count)


def _documents_of(customers: Sequence[Customer]) -> Counter[int]:
    """Return how many documents all departments have that speak of each customer."""
    found: Counter[int] = Counter()
    for answer in ask(base_documents_of_customers, customers=customers):
        found.update(answer)
    return found


def _check_birthdays(customer: Customer, *, on: date) -> None:
    check_birthday(customer.birthday, on=on)
    for place, contact in enumerate(customer.contacts):
        check_birthday(contact.birthday, on=on, field=f"contacts.{place}.birthday")


def _tidied_tags(tags: str | None) -> str | None:
    """Return tags once each, in the order they were written, by whatever comma."""
    written = (tags or "").replace("，", ",").replace("、", ",").split(",")
    return ", ".join(dict.fromkeys(tag.strip() for tag in written if tag.strip())) or None
