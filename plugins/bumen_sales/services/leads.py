"""Leads: written down, screened, and made customers."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from bumen import Text, User, next_number, session
from bumen_base.models import Contact, Customer, CustomerKind, CustomerSource
from bumen_base.services import add_contact, find_likely_duplicates, save_customer
from bumen_sales.errors import LeadCannotBeReached, ReasonIsMissing
from bumen_sales.models import Lead, LeadSource, Opportunity, OpportunityState
from bumen_sales.services.filling import fill
from bumen_sales.services.opportunities import open_opportunity
from bumen_sales.services.ownership import employee_of_user
from bumen_sales.texts import _

LEADS = "sales.lead"
_SOURCES = {one: CustomerSource[one.name] for one in LeadSource}


def take_lead(lead: Lead, *, by: User | None, on: date) -> None:
    """Write down a lead; it belongs to whoever writes it unless it says otherwise.

    Source: A4.2.1.
    """
    fill(lead, "received_on", on)
    if lead.owner is None:
        lead.owner = employee_of_user(by)
    if lead.region is None and lead.owner is not None:
        lead.region = lead.owner.region
    lead.number = next_number(kind=LEADS, on=on)


def doubts_about_lead(lead: Lead) -> Iterator[Text]:
    """Ask whether the lead is a customer already: by its name or its phone number."""
    if lead.customer is not None:
        return
    for customer in find_likely_duplicates(name=lead.company or lead.name, phone=lead.phone):
        yield _("This may be the customer %(customer)s.", customer=customer)


def qualify_lead(lead: Lead, *, by: User | None, on: date, reason: str | None = None) -> None:
    """Keep a lead as a customer to win; the reason and the day stay with it. Source: A4.2.1.

    Refuses one that nobody can reach: `LeadCannotBeReached`.
    """
    if not (lead.phone or lead.email):
        raise LeadCannotBeReached
    lead.move("qualify", by=by)
    lead.screened_on, lead.screening_reason = on, (reason or "").strip() or None


def reject_lead(lead: Lead, *, by: User | None, on: date, reason: str) -> None:
    """Let a lead go; refuses to without a reason. Source: A4.2.1."""
    if not reason.strip():
        raise ReasonIsMissing
    lead.move("reject", by=by)
    lead.screened_on, lead.screening_reason = on, reason.strip()


def convert_lead(lead: Lead, *, by: User | None, on: date) -> None:
    """Make a customer with a contact, and an opportunity, of what the lead says.

    A customer that the lead names is taken instead of a new one. Twice is refused by the flow.
    """
    lead.move("convert", by=by)
    if lead.customer is None:
        lead.customer = _customer_of(lead, by=by, on=on)
        contact = next(iter(lead.customer.contacts), None)
    else:
        contact = _contact_at(lead.customer, lead, by=by, on=on)
    opportunity = Opportunity(
        customer=lead.customer,
        contact=contact,
        lead=lead,
        need=lead.need,
        salesperson=lead.owner,
        region=lead.region,
        state=OpportunityState.NEEDS_ANALYSIS,
        furthest=OpportunityState.NEEDS_ANALYSIS,
        expected_amount=Decimal(0),
    )
    open_opportunity(opportunity, by=by, on=on)
    session().add(opportunity)
    session().flush()


def _customer_of(lead: Lead, *, by: User | None, on: date) -> Customer:
    kind = CustomerKind.COMPANY if lead.company else CustomerKind.PERSON
    customer = Customer(
        name=lead.company or lead.name,
        kind=kind,
        source=_SOURCES[lead.source],
        phone=lead.phone,
        email=lead.email,
        region=lead.region,
        salesperson=lead.owner,
        contacts=[_contact_of(lead)],
    )
    save_customer(customer, by=by, on=on)
    session().add(customer)
    session().flush()
    return customer


def _contact_of(lead: Lead) -> Contact:
    return Contact(name=lead.name, phone=lead.phone, email=lead.email)


def _contact_at(customer: Customer, lead: Lead, *, by: User | None, on: date) -> Contact:
    """Return the lead's person among the customer's contacts, who is added if need be."""
    for one in customer.contacts:
        if one.name == lead.name:
            return one
    contact = _contact_of(lead)
    contact.customer = customer
    add_contact(contact, by=by, on=on)
    session().flush()
    return contact
