"""Opportunities come as far as what was offered of them, and never back."""

from datetime import date
from io import BytesIO
from typing import Any

from bumen import attach_file, create_record, session
from bumen.unit_of_work import UnitOfWork
from bumen_sales.models import (
    Contract,
    ContractState,
    Opportunity,
    Outcome,
    Quotation,
    QuotationState,
)
from bumen_sales.resources import Contracts, DiscountAllowances, Opportunities, Quotations
from bumen_sales.services import (
    accept_quotation,
    approve_quotation,
    lose_opportunity,
    negotiate,
    send_quotation,
    sign_contract,
)

DAY = date(2026, 3, 2)


def offered(make: Any) -> tuple[Opportunity, Quotation]:
    """Open an opportunity, and draw up an offer of it."""
    said = {"customer_id": make.customer().id}
    opportunity: Opportunity = create_record(
        Opportunities, {"expected_amount": "1000"} | said, by=None
    )
    line = {"product_id": make.product().id, "quantity": "2", "discount": "10"}
    said |= {"opportunity_id": opportunity.id}
    values = {"quoted_on": DAY.isoformat(), "lines": [line]} | said
    quotation: Quotation = create_record(Quotations, values, by=None)
    return opportunity, quotation


def test_an_opportunity_is_quoted_once_its_offer_goes_out(unit: UnitOfWork, make: Any) -> None:
    (at_once, sent), (later, held) = offered(make), offered(make)
    create_record(DiscountAllowances, {"percent": "5"}, by=unit.user)
    send_quotation(sent, by=None, on=DAY)
    send_quotation(held, by=unit.user, on=DAY)

    told = (at_once.state, at_once.probability, at_once.stage_since)
    assert (told, later.state) == (("quotation", 50, DAY), "needs_analysis")


def test_an_opportunity_is_quoted_once_its_offer_is_approved(unit: UnitOfWork, make: Any) -> None:
    opportunity, quotation = offered(make)
    quotation.state = QuotationState.HELD
    session().flush()

    approve_quotation(quotation, by=None, on=DAY, opinion="Fine")

    assert (quotation.state, opportunity.state) == ("sent", "quotation")


def test_an_order_wins_its_opportunity(unit: UnitOfWork, make: Any) -> None:
    opportunity, quotation = offered(make)
    send_quotation(quotation, by=None, on=DAY)

    accept_quotation(quotation, by=None, on=DAY)

    assert (opportunity.state, opportunity.weighted) == ("won", 1000)


def test_a_contract_wins_its_opportunity_when_it_is_signed(unit: UnitOfWork, make: Any) -> None:
    opportunity, quotation = offered(make)
    send_quotation(quotation, by=None, on=DAY)
    accept_quotation(quotation, by=None, on=DAY, makes=Outcome.CONTRACT)
    negotiated, contract = opportunity.state, quotation.contract
    assert isinstance(contract, Contract)
    contract.state = ContractState.REVIEWED
    session().flush()
    attach_file(Contracts, contract, name="scan.txt", content=BytesIO(b"signed"))

    sign_contract(contract, by=unit.user, on=DAY, signed_on=DAY)

    assert (negotiated, opportunity.state) == ("negotiation", "won")


def test_what_is_further_or_lost_stays_where_it_is(unit: UnitOfWork, make: Any) -> None:
    (further, first), (lost, second) = offered(make), offered(make)
    negotiate(further, by=None, on=DAY)
    lose_opportunity(lost, by=None, on=DAY, reason="Too dear")

    for quotation in (first, second):
        send_quotation(quotation, by=None, on=DAY)
    accept_quotation(second, by=None, on=DAY)

    assert (further.state, lost.state) == ("negotiation", "lost")
