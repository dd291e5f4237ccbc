"""What a draft takes over where people left it empty, and what it costs."""

from decimal import Decimal

from bumen_base.models import Address, AddressKind, Contact, PaymentMethod
from bumen_sales.models import OrderState


def test_a_draft_takes_over_how_its_customer_pays_and_who_looks_after_them(unit, make) -> None:
    chen, north = make.employee(), make.region()
    customer = make.customer(
        payment_method=PaymentMethod.ON_ACCOUNT, payment_days=30, salesperson=chen, region=north
    )

    order = make.order(customer_id=customer.id)

    assert order.state is OrderState.DRAFT
    assert order.payment_method is PaymentMethod.ON_ACCOUNT
    assert order.payment_days == 30
    assert order.salesperson is chen
    assert order.region is north


def test_payment_days_are_taken_over_only_for_orders_on_account(unit, make) -> None:
    customer = make.customer(payment_method=PaymentMethod.ON_ACCOUNT, payment_days=30)

    order = make.order(customer_id=customer.id, payment_method="prepaid")

    assert order.payment_days is None


def test_a_draft_is_delivered_to_the_customers_delivery_address(unit, make) -> None:
    warehouse = Address(
        street="Harbour Rd. 9", city="Keelung", country="TW", consignee="Gate 3", phone="02 2422"
    )
    billing = Address(kind=AddressKind.BILLING, street="Office Rd. 1", country="TW")
    customer = make.customer(addresses=[billing, warehouse])

    order = make.order(customer_id=customer.id)

    assert (order.consignee, order.phone) == ("Gate 3", "02 2422")
    assert order.address == "Keelung Harbour Rd. 9"


def test_where_the_address_names_nobody_the_main_contact_takes_delivery(unit, make) -> None:
    order = make.order(customer_id=make.customer().id)

    assert (order.consignee, order.phone) == ("Lin Mei", "0912 345 678")


def test_the_contact_of_the_order_comes_before_the_main_contact(unit, make) -> None:
    wang = Contact(name="Wang Hao", phone="02 1111")
    customer = make.customer(contacts=[Contact(name="Lin Mei"), wang])

    order = make.order(customer_id=customer.id, contact_id=wang.id)

    assert (order.consignee, order.phone) == ("Wang Hao", "02 1111")


def test_what_people_wrote_stays_as_they_wrote_it(unit, make) -> None:
    said = {
        "payment_method": "cash_on_delivery",
        "consignee": "The porter",
        "phone": "02 3333",
        "address": "Back door",
    }

    order = make.order(**said)

    assert {name: getattr(order, name) for name in said} == said


def test_a_customer_without_address_and_contact_leaves_the_delivery_open(unit, make) -> None:
    customer = make.customer(contacts=[], addresses=[])

    order = make.order(customer_id=customer.id)

    assert (order.consignee, order.phone, order.address) == (None, None, None)


def test_a_line_takes_price_tax_rate_and_unit_from_its_product(unit, make) -> None:
    tea = make.product(list_price=Decimal("19.99"), tax_rate=Decimal(5), unit="tin")

    order = make.order(lines=[{"product_id": tea.id, "quantity": "3", "discount": "10"}])

    (line,) = order.lines
    assert (line.unit, line.unit_price, line.tax_rate) == ("tin", Decimal("19.99"), Decimal(5))
    assert (line.untaxed, line.tax, line.total) == (
        Decimal("53.97"),
        Decimal("2.70"),
        Decimal("56.67"),
    )


def test_a_price_of_nothing_is_a_price(unit, make) -> None:
    tea = make.product(list_price=Decimal(100))

    order = make.order(lines=[{"product_id": tea.id, "quantity": "1", "unit_price": "0"}])

    assert (order.lines[0].unit_price, order.total) == (Decimal(0), Decimal(0))


def test_an_order_costs_what_its_lines_cost_and_all_of_it_is_due(unit, make) -> None:
    tea, cup = make.product(list_price=Decimal("0.10")), make.product(list_price=Decimal("9.95"))
    lines = [{"product_id": tea.id, "quantity": "1.5"}, {"product_id": cup.id, "quantity": "2"}]

    order = make.order(lines=lines)

    assert (order.untaxed, order.tax, order.total) == (
        Decimal("20.05"),
        Decimal("1.01"),
        Decimal("21.06"),
    )
    assert (order.paid, order.due) == (Decimal(0), Decimal("21.06"))
    assert [line.position for line in order.lines] == [0, 1]
