"""Contacts and addresses by themselves: they stand in a customer's file, and stay there."""

from typing import Any

import pytest

from bumen import change_record, create_record
from bumen.errors import StaleVersion
from bumen.records import delete_record
from bumen_base.errors import StaysWithItsCustomer
from bumen_base.models import Customer
from bumen_base.resources import Addresses, Contacts, Customers

pytestmark = pytest.mark.usefixtures("unit")

LINES = pytest.mark.parametrize(
    ("resource", "lines", "values"),
    [
        (Contacts, "contacts", {"name": "林小姐"}),
        (Addresses, "addresses", {"street": "市府路 1 號"}),
    ],
)


def make_customer(name: str = "春水茶行", **values: Any) -> Customer:
    made: Customer = create_record(Customers, {"name": name, **values}, by=None)
    return made


@LINES
def test_a_new_line_comes_last_in_its_customer_s_file(
    resource: Any, lines: str, values: dict[str, Any]
) -> None:
    customer = make_customer(**{lines: [values]})

    made = create_record(resource, {**values, "customer_id": customer.id}, by=None)

    assert getattr(customer, lines)[-1] is made
    assert made.position == 1


@LINES
def test_a_line_makes_the_file_more_complete_while_it_is_there(
    resource: Any, lines: str, values: dict[str, Any]
) -> None:
    customer = make_customer()

    made = create_record(resource, {**values, "customer_id": customer.id}, by=None)
    assert customer.completeness == 7

    delete_record(resource, made, by=None)
    assert customer.completeness == 0
    assert getattr(customer, lines) == []


@LINES
def test_a_line_stays_with_its_customer(resource: Any, lines: str, values: dict[str, Any]) -> None:
    customer, other = make_customer(), make_customer("另一家")
    made = create_record(resource, {**values, "customer_id": customer.id}, by=None)

    change_record(resource, made, {"customer_id": customer.id}, by=None, version=made.version)
    with pytest.raises(StaysWithItsCustomer):
        change_record(resource, made, {"customer_id": other.id}, by=None, version=made.version)


@LINES
def test_whoever_has_the_file_open_is_told_that_a_line_was_changed(
    resource: Any, lines: str, values: dict[str, Any]
) -> None:
    customer = make_customer(**{lines: [values]})
    line, opened = getattr(customer, lines)[0], customer.version

    change_record(resource, line, {"phone": "0912345678"}, by=None, version=line.version)

    with pytest.raises(StaleVersion):
        change_record(Customers, customer, {lines: [values]}, by=None, version=opened)
