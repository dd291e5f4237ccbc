"""What a draft refuses, and at which field."""

from decimal import Decimal

import pytest

from bumen import CurrentCompany, InvalidInput
from bumen.host import Host
from bumen_sales.errors import AmountIsTooLarge, ContactOfAnotherCustomer, RequestedBeforeOrdered


def test_goods_cannot_be_requested_before_they_are_ordered(unit, make) -> None:
    with pytest.raises(RequestedBeforeOrdered) as refused:
        make.order(ordered_on="2026-03-02", requested_on="2026-03-01")

    assert list(refused.value.fields) == ["requested_on"]


def test_goods_may_be_requested_for_the_day_they_are_ordered(unit, make) -> None:
    order = make.order(ordered_on="2026-03-02", requested_on="2026-03-02")

    assert order.requested_on == order.ordered_on


def test_a_contact_of_another_customer_is_refused(unit, make) -> None:
    stranger = make.customer().contacts[0]

    with pytest.raises(ContactOfAnotherCustomer) as refused:
        make.order(contact_id=stranger.id)

    assert list(refused.value.fields) == ["contact_id"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("quantity", "0"),
        ("quantity", "-1"),
        ("quantity", "1.0005"),
        ("unit_price", "-0.01"),
        ("unit_price", "1.005"),
        ("discount", "-1"),
        ("discount", "100.0001"),
        ("tax_rate", "-5"),
        ("tax_rate", "101"),
        ("product_id", 999_999),
        ("untaxed", "1.00"),
        ("unit", "box"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused_at_its_field(unit, make, field, value) -> None:
    line = {"product_id": make.product().id, "quantity": "1"} | {field: value}

    with pytest.raises(InvalidInput) as refused:
        make.order(lines=[line])

    assert list(refused.value.fields) == [f"lines.0.{field}"]


@pytest.mark.parametrize("field", ["number", "state", "total", "paid", "due", "company_id", "id"])
def test_what_sales_works_out_cannot_be_written(unit, make, field) -> None:
    with pytest.raises(InvalidInput) as refused:
        make.order(**{field: "1"})

    assert list(refused.value.fields) == [field]


def test_a_line_too_expensive_to_be_kept_is_refused(unit, make) -> None:
    tea = make.product(list_price=Decimal("9999999999999999.99"))
    lines = [
        {"product_id": tea.id, "quantity": "0.001"},
        {"product_id": tea.id, "quantity": "999999999999999.999"},
    ]

    with pytest.raises(AmountIsTooLarge) as refused:
        make.order(lines=lines)

    assert list(refused.value.fields) == ["lines.1.quantity"]


def test_lines_too_expensive_together_are_refused(unit, make) -> None:
    tea = make.product(list_price=Decimal("9000000000000000"), tax_rate=Decimal(0))

    with pytest.raises(AmountIsTooLarge) as refused:
        make.order(lines=[{"product_id": tea.id, "quantity": "1"}] * 2)

    assert list(refused.value.fields) == ["lines"]


def test_another_companys_customer_does_not_exist(
    host: Host, company: CurrentCompany, other_company: CurrentCompany, make
) -> None:
    with host.unit_of_work(company=other_company.code):
        stranger = make.customer().id

    with host.unit_of_work(company=company.code), pytest.raises(InvalidInput) as refused:
        make.order(customer_id=stranger)

    assert list(refused.value.fields) == ["customer_id"]
