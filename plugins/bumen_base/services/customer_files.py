"""What is done with the contacts and addresses in a customer's file."""

from datetime import date

from sqlalchemy import inspect

from bumen import User
from bumen_base.errors import BirthdayIsInTheFuture, StaysWithItsCustomer
from bumen_base.models import Address, Contact
from bumen_base.services.completeness import measure_completeness
from bumen_base.services.here import here


def add_contact(contact: Contact, *, by: User | None, on: date) -> None:
    """Put a contact into its customer's file, after those that are there."""
    check_birthday(contact.birthday, on=on)
    others = contact.customer.contacts
    contact.position = max((other.position + 1 for other in others), default=0)
    others.append(contact)
    measure_completeness(contact.customer)


def change_contact(contact: Contact, *, by: User | None, on: date) -> None:
    """Keep a changed contact; refuses to hand it to another customer."""
    _check_stays(contact)
    check_birthday(contact.birthday, on=on)


def drop_contact(contact: Contact, *, by: User | None) -> None:
    """Take a contact out of its customer's file."""
    customer = contact.customer
    customer.contacts.remove(contact)
    measure_completeness(customer)


def add_address(address: Address, *, by: User | None) -> None:
    """Put an address into its customer's file, after those that are there."""
    fill_country(address)
    others = address.customer.addresses
    address.position = max((other.position + 1 for other in others), default=0)
    others.append(address)
    measure_completeness(address.customer)


def change_address(address: Address, *, by: User | None) -> None:
    """Keep a changed address; refuses to hand it to another customer."""
    _check_stays(address)
    fill_country(address)


def drop_address(address: Address, *, by: User | None) -> None:
    """Take an address out of its customer's file."""
    customer = address.customer
    customer.addresses.remove(address)
    measure_completeness(customer)


def fill_country(address: Address) -> None:
    """Let an address be in the company's own country unless it says otherwise."""
    address.country = address.country or here().country


def check_birthday(birthday: date | None, *, on: date, field: str = "birthday") -> None:
    """Refuse a birthday after the day; `field` is where the refusal is shown."""
    if birthday is not None and birthday > on:
        raise BirthdayIsInTheFuture(birthday, field=field)


def _check_stays(line: Contact | Address) -> None:
    if inspect(line).attrs.customer_id.history.has_changes():
        raise StaysWithItsCustomer
