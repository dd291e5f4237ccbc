"""Visits: planned, prepared, made and written down."""

from datetime import date

from bumen import User, add_activity, next_number
from bumen_sales.errors import (
    NextStepIsNotSaid,
    NextStepIsPast,
    NextStepNeedsDay,
    ReasonIsMissing,
    RecordIsOfAnotherCustomer,
)
from bumen_sales.models import Visit
from bumen_sales.services.ownership import account_of, employee_of_user, refuse_strangers

VISITS = "sales.visit"


def plan_visit(visit: Visit, *, by: User | None, on: date) -> None:
    """Plan a call on a customer, by who looks after them unless it says otherwise.

    Refuses another customer's contacts and opportunity. Source: A4.2.2.
    """
    revise_visit(visit, by=by, on=on)
    if visit.salesperson is None:
        visit.salesperson = employee_of_user(by) or visit.customer.salesperson
    visit.region = visit.region or visit.customer.region
    visit.number = next_number(kind=VISITS, on=on)


def revise_visit(visit: Visit, *, by: User | None, on: date) -> None:
    """Keep a changed plan without lines that name nobody; refuses what `plan_visit` refuses."""
    visit.contacts = [one for one in visit.contacts if one.contact or one.name]
    for place, one in enumerate(visit.contacts):
        field = f"contacts.{place}.contact_id"
        refuse_strangers(one.contact, customer=visit.customer, field=field)
    opportunity = visit.opportunity
    if opportunity is not None and opportunity.customer is not visit.customer:
        raise RecordIsOfAnotherCustomer(
            opportunity, customer=visit.customer, field="opportunity_id"
        )


def record_visit(
    visit: Visit,
    *,
    by: User | None,
    on: date,
    met: str,
    learnt: str,
    result: str | None = None,
    next_step: str | None = None,
    next_step_on: date | None = None,
) -> None:
    """Write down a visit that was made; its next step becomes something to do until its day.

    Refuses a next step without a day or on a day that has passed, and a day without a step.
    Source: A4.2.3.
    """
    _refuse_half_a_step(next_step, next_step_on, on=on)
    visit.move("record", by=by)
    visit.met, visit.learnt, visit.result = met.strip(), learnt.strip(), result
    visit.next_step, visit.next_step_on = next_step, next_step_on
    user_id = account_of(visit.salesperson, else_of=by)
    if next_step and next_step_on and user_id is not None and by is not None:
        add_activity(visit, what=next_step, user_id=user_id, due_on=next_step_on, by=by)


def cancel_visit(visit: Visit, *, by: User | None, reason: str) -> None:
    """Give up a visit; refuses to without a reason."""
    if not reason.strip():
        raise ReasonIsMissing
    visit.move("cancel", by=by)
    visit.cancellation_reason = reason.strip()


def _refuse_half_a_step(step: str | None, day: date | None, *, on: date) -> None:
    if step and day is None:
        raise NextStepNeedsDay
    if day is not None and not step:
        raise NextStepIsNotSaid
    if day is not None and day < on:
        raise NextStepIsPast(day)
