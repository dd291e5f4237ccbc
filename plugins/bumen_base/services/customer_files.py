"""What is done with the contacts and addresses in a customer's file."""

from datetime import date

from sqlalchemy import inspect
from sqlalchemy.orm.attributes import flag_modified

from bumen import User
from bumen_base.errors import BirthdayIsInTheFuture, StaysWithItsCustomer
from bumen_base.models import Address, Contact, Customer
from bumen_base.services.completeness import measure_completeness
from bumen_base.services.here import here


def add_contact(contact: Contact, *, by: User | None, on: date) -> None:
    """Put a contact into its customer's file, after those that are there."""
    check_birthday(contact.birthday, on=on)
    others = contact.customer.contacts
    contact.position = max((other.position + 1 for other in others), default=0)
    others.append(contact)
    _keep_file(contact.customer, by=by)


def change_contact(contact: Contact, *, by: User | None, on: date) -> None:
    """Keep a changed contact; refuses to hand it to another customer."""
    _check_stays(contact)
    check_birthday(contact.birthday, on=on)
    _keep_file(contact.customer, by=by)


def drop_contact(contact: Contact, *, by: User | None) -> None:
    """Take a contact out of its customer's file."""
    customer = contact.customer
    customer.contacts.remove(contact)
    _keep_file(customer, by=by)


def add_address(address: Address, *, by: User | None) -> None:
    """Put an address into its customer's file, after those that are there."""
    fill_country(address)
    others = address.customer.addresses
    address.position = max((other.position + 1 for other in others), default=0)
    others.append(address)
    _keep_file(address.customer, by=by)


def change_address(address: Address, *, by: User | None) -> None:
    """Keep a changed address; refuses to hand it to another customer."""
    _check_stays(address)
    fill_country(address)
    _keep_file(address.customer, by=by)


def drop_address(address: Address, *, by: User | None) -> None:
    """Take an address out of its customer's file."""
    customer = address.customer
    customer.addresses.remove(address)
    _keep_file(customer, by=by)


def fill_country(address: Address) -> None:
    """Let an address be in the company's own country unless it says otherwise."""
    address.country = address.country or here().country


def check_birthday(birthday: date | None, *, on: date, field: str = "birthday") -> None:
    """Refuse a birthday after the day; `field` is where the refusal is shown."""
    if birthday is not None and birthday > on:
        raise BirthdayIsInTheFuture(birthday, field=field)


def _keep_file(customer: Customer, *, by: User | None) -> None:
    """Make a new version of the customer: a form opened before must not undo what happened here."""
    measure_completeness(customer)
    customer.changed_by_id = by.id if by else None
    flag_modified(customer, "changed_by_id")


def _check_stays(line: Contact | Address) -> None:
    if inspect(line).attrs.customer_id.history.has_changes():
        raise StaysWithItsCustomer
