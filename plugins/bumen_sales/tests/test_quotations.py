"""Quotations: sent, answered, offered anew, and what is made of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from bumen import BusinessError, IllegalTransition, create_record, current, run_action, session
from bumen.unit_of_work import UnitOfWork
from bumen_sales.errors import (
    ContactIsOfAnother,
    OrderIsMadeAlready,
    QuotationHasRunOut,
    QuotationIsEmpty,
    ReasonIsMissing,
    ValidBeforeQuoted,
)
from bumen_sales.models import Contract, OrderState, Outcome, Quotation, quotations_run_out
from bumen_sales.resources import DiscountAllowances, Opportunities, Quotations
from bumen_sales.services import (
    accept_quotation,
    make_order,
    offer_anew,
    quote_for,
    refuse_quotation,
    send_quotation,
)

DAY = date(2026, 3, 2)


def quotation_of(make: Any, **said: Any) -> Quotation:
    """Offer two of a product at 100.00 less 10 percent, unless told otherwise."""
    if "customer_id" not in said:
        said["customer_id"] = make.customer().id
    line = {"product_id": make.product().id, "quantity": "2", "discount": "10"}
    values = {"quoted_on": DAY.isoformat(), "lines": [line]} | said
    made: Quotation = create_record(Quotations, values, by=current().user)
    return made


def sent(make: Any, **said: Any) -> Quotation:
    """Draw up a quotation and send it."""
    quotation = quotation_of(make, **said)
    send_quotation(quotation, by=None, on=DAY)
    return quotation


def test_a_quotation_adds_up_like_an_order(unit: UnitOfWork, make: Any) -> None:
    quotation = quotation_of(make)

    assert (quotation.untaxed, quotation.tax, quotation.total) == (180, 9, 189)
    assert quotation.valid_until == DAY + timedelta(days=30)
    assert quotation.payment_method == quotation.customer.payment_method


def test_what_is_accepted_becomes_an_order_at_the_same_prices(unit: UnitOfWork, make: Any) -> None:
    quotation = sent(make)

    accept_quotation(quotation, by=None, on=DAY)

    order = quotation.order
    assert order is not None
    assert (order.state, order.customer) == (OrderState.DRAFT, quotation.customer)
    assert (order.total, order.due, order.contract) == (189, 189, None)
    assert [(one.quantity, one.discount) for one in order.lines] == [(2, 10)]


def test_accepted_twice_it_makes_one_order(unit: UnitOfWork, make: Any) -> None:
    quotation = sent(make)
    accept_quotation(quotation, by=None, on=DAY)

    with pytest.raises(IllegalTransition):
        accept_quotation(quotation, by=None, on=DAY)
    with pytest.raises(OrderIsMadeAlready):
        make_order(quotation, by=None, on=DAY)


def test_what_is_accepted_becomes_a_contract_that_its_order_draws_on(
    unit: UnitOfWork, make: Any
) -> None:
    quotation = sent(make)

    accept_quotation(quotation, by=None, on=DAY, makes=Outcome.CONTRACT)
    contract = session().scalars(select(Contract)).one()
    make_order(quotation, by=None, on=DAY)

    assert (contract.amount, contract.customer) == (189, quotation.customer)
    assert (contract.begins_on, contract.ends_on) == (DAY, date(2027, 3, 2))
    assert quotation.order is not None
    assert quotation.order.contract is contract


def test_an_offer_that_has_run_out_is_neither_sent_nor_accepted(
    unit: UnitOfWork, make: Any
) -> None:
    draft, open_one, late = quotation_of(make), sent(make), DAY + timedelta(days=31)

    with pytest.raises(QuotationHasRunOut):
        send_quotation(draft, by=None, on=late)
    with pytest.raises(QuotationHasRunOut):
        accept_quotation(open_one, by=None, on=late)


def test_only_what_was_sent_and_is_over_runs_out(unit: UnitOfWork, make: Any) -> None:
    late, in_time = sent(make), sent(make, valid_until="2026-06-01")
    quotation_of(make)

    found = session().scalars(quotations_run_out(on=DAY + timedelta(days=31))).all()

    assert in_time.valid_until == date(2026, 6, 1)
    assert found == [late]


def test_a_new_version_takes_the_place_of_the_old_one(unit: UnitOfWork, make: Any) -> None:
    first = sent(make, terms="Two years of warranty")
    offer_anew(first, by=None, on=DAY + timedelta(days=5))
    second = session().scalars(select(Quotation).where(Quotation.replaces_id == first.id)).one()
    send_quotation(second, by=None, on=DAY + timedelta(days=5))
    offer_anew(second, by=None, on=DAY + timedelta(days=6))
    third = session().scalars(select(Quotation).where(Quotation.replaces_id == second.id)).one()

    assert [one.state for one in (first, second, third)] == ["superseded", "superseded", "draft"]
    assert second.number == f"{first.number}-V2"
    assert (third.number, third.revision) == (f"{first.number}-V3", 3)
    assert (third.total, third.terms) == (189, "Two years of warranty")
    assert third.valid_until == DAY + timedelta(days=36)


def test_what_the_customer_refuses_says_why(unit: UnitOfWork, make: Any) -> None:
    quotation = sent(make)
    with pytest.raises(ReasonIsMissing):
        refuse_quotation(quotation, by=None, reason="")

    refuse_quotation(quotation, by=None, reason="Too dear")

    assert (quotation.state, quotation.refusal_reason) == ("refused", "Too dear")


def test_an_opportunity_is_quoted_without_typing_it_again(unit: UnitOfWork, make: Any) -> None:
    customer, product = make.customer(), make.product()
    said = {
        "customer_id": customer.id,
        "contact_id": customer.contacts[0].id,
        "lines": [{"product_id": product.id, "quantity": "3"}],
    }
    opportunity = create_record(Opportunities, said, by=None)

    quote_for(opportunity, by=None, on=DAY)

    quotation = session().scalars(select(Quotation)).one()
    assert (quotation.customer, quotation.contact) == (customer, customer.contacts[0])
    assert [(one.product, one.quantity) for one in quotation.lines] == [(product, 3)]
    assert quotation.total == Decimal("315.00")


def test_a_discount_beyond_the_allowance_waits_for_approval(unit: UnitOfWork, make: Any) -> None:
    create_record(DiscountAllowances, {"percent": "5"}, by=unit.user)
    quotation = quotation_of(make, quoted_on=None)

    run_action(Quotations, quotation, "send", {}, by=unit.user, version=quotation.version)

    assert (quotation.state, quotation.over_allowance) == ("held", 5)
    with pytest.raises(BusinessError):
        said = {"opinion": "Fine"}
        run_action(Quotations, quotation, "approve", said, by=unit.user, version=quotation.version)


@pytest.mark.parametrize(
    "said",
    [
        {"lines": [{"quantity": "0", "product_id": 1}]},
        {"lines": [{"quantity": "-1", "product_id": 1}]},
        {"lines": [{"quantity": "1", "product_id": 1, "discount": "100.5"}]},
        {"lines": [{"quantity": "1", "product_id": 1, "unit_price": "-0.01"}]},
    ],
)
def test_lines_that_cannot_be_are_refused(
    unit: UnitOfWork, make: Any, said: dict[str, Any]
) -> None:
    said["lines"][0]["product_id"] = make.product().id

    with pytest.raises(BusinessError):
        quotation_of(make, **said)


def test_an_offer_does_not_run_out_before_its_day(unit: UnitOfWork, make: Any) -> None:
    with pytest.raises(ValidBeforeQuoted):
        quotation_of(make, valid_until="2026-03-01")


def test_an_empty_offer_is_not_sent(unit: UnitOfWork, make: Any) -> None:
    with pytest.raises(QuotationIsEmpty):
        sent(make, lines=[])


def test_an_offer_goes_to_somebody_at_the_customer(unit: UnitOfWork, make: Any) -> None:
    with pytest.raises(ContactIsOfAnother):
        quotation_of(make, contact_id=make.customer().contacts[0].id)
