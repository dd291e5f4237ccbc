"""Leads: screened, and made customers without typing anything twice."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from bumen import IllegalTransition, create_record, session
from bumen.unit_of_work import UnitOfWork
from bumen_base.models import CustomerKind, CustomerSource
from bumen_sales.errors import LeadCannotBeReached, ReasonIsMissing
from bumen_sales.models import Lead, LeadState, Opportunity
from bumen_sales.resources import Leads
from bumen_sales.services import convert_lead, doubts_about_lead, qualify_lead, reject_lead

DAY = date(2026, 3, 2)


def lead_of(**said: Any) -> Lead:
    """Write down a lead met at an exhibition, unless told otherwise."""
    values = {
        "name": "Lin Mei",
        "company": "Harbour Hotel",
        "phone": "02 2345 6789",
        "source": "exhibition",
        "need": "Tea for 80 rooms",
    }
    made: Lead = create_record(Leads, values | said, by=None)
    return made


def converted(lead: Lead) -> Opportunity:
    """Qualify and convert a lead, and return the opportunity."""
    qualify_lead(lead, by=None, on=DAY, reason="Budget is there")
    convert_lead(lead, by=None, on=DAY)
    return session().scalars(select(Opportunity).where(Opportunity.lead_id == lead.id)).one()


def test_a_lead_becomes_a_customer_a_contact_and_an_opportunity(unit: UnitOfWork) -> None:
    lead = lead_of()

    opportunity = converted(lead)

    customer = opportunity.customer
    assert lead.state is LeadState.CONVERTED
    assert lead.customer is customer
    assert (customer.name, customer.phone) == ("Harbour Hotel", "02 2345 6789")
    assert (customer.kind, customer.source) == (CustomerKind.COMPANY, CustomerSource.EXHIBITION)
    assert [one.name for one in customer.contacts] == ["Lin Mei"]
    assert opportunity.contact is customer.contacts[0]
    assert (opportunity.need, opportunity.name) == ("Tea for 80 rooms", "Harbour Hotel")


def test_screening_keeps_its_result_reason_and_day(unit: UnitOfWork) -> None:
    good, bad = lead_of(), lead_of(company="Nobody")

    qualify_lead(good, by=None, on=DAY, reason=" Fits ")
    reject_lead(bad, by=None, on=DAY, reason="No budget")

    assert (good.state, good.screened_on, good.screening_reason) == ("qualified", DAY, "Fits")
    assert (bad.state, bad.screened_on, bad.screening_reason) == ("rejected", DAY, "No budget")


def test_a_lead_that_is_a_customer_already_makes_no_second_one(unit: UnitOfWork, make: Any) -> None:
    customer = make.customer(name="Harbour Hotel")
    lead = lead_of(customer_id=customer.id)

    opportunity = converted(lead)

    assert opportunity.customer is customer
    assert sorted(one.name for one in customer.contacts) == ["Lin Mei"]


def test_who_is_met_for_the_first_time_becomes_a_contact_of_the_customer(
    unit: UnitOfWork, make: Any
) -> None:
    customer = make.customer()

    converted(lead_of(name="Wang Da", customer_id=customer.id))

    assert [one.name for one in customer.contacts] == ["Lin Mei", "Wang Da"]


def test_a_lead_without_a_company_becomes_a_person(unit: UnitOfWork) -> None:
    customer = converted(lead_of(company=None)).customer

    assert (customer.kind, customer.name) == (CustomerKind.PERSON, "Lin Mei")


def test_a_lead_that_may_be_a_customer_already_is_doubted(unit: UnitOfWork, make: Any) -> None:
    customer = make.customer(name="Harbour Hotel Ltd.")

    doubts = [one.in_language("en") for one in doubts_about_lead(lead_of())]

    assert doubts == [f"This may be the customer {customer}."]


def test_a_lead_nobody_can_reach_is_not_qualified(unit: UnitOfWork) -> None:
    with pytest.raises(LeadCannotBeReached):
        qualify_lead(lead_of(phone=None), by=None, on=DAY)


def test_a_lead_is_not_rejected_without_a_reason(unit: UnitOfWork) -> None:
    with pytest.raises(ReasonIsMissing):
        reject_lead(lead_of(), by=None, on=DAY, reason="  ")


def test_a_lead_is_converted_once(unit: UnitOfWork) -> None:
    lead = lead_of()
    converted(lead)

    with pytest.raises(IllegalTransition):
        convert_lead(lead, by=None, on=DAY)
