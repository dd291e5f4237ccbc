"""Visits: prepared by a check list, written down with the next step."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bumen import BusinessError, Text, change_record, create_record, session
from bumen.documents.activities import Activity
from bumen.unit_of_work import UnitOfWork
from bumen_sales.errors import (
    ContactIsOfAnother,
    NextStepIsNotSaid,
    NextStepIsPast,
    NextStepNeedsDay,
    ReasonIsMissing,
    RecordIsOfAnotherCustomer,
)
from bumen_sales.models import PREPARATION, Visit
from bumen_sales.resources import Opportunities, Visits
from bumen_sales.services import cancel_visit, record_visit

DAY = date(2026, 3, 2)
ALL_BOXES = dict.fromkeys(PREPARATION, True)
SAID = {"met": "Lin Mei", "learnt": "They change suppliers in May"}


def visit_of(make: Any, **said: Any) -> Visit:
    """Plan a visit to a new customer, unless told otherwise."""
    if "customer_id" not in said:
        said["customer_id"] = make.customer().id
    values = {"planned_at": "2026-03-02T02:00:00Z", "goal": "Understand the need"}
    made: Visit = create_record(Visits, values | said, by=None)
    return made


def prepared(make: Any) -> Visit:
    """Plan a visit and prepare it."""
    visit = visit_of(make, **ALL_BOXES)
    visit.move("prepare", by=None)
    return visit


def test_a_visit_is_prepared_when_every_box_is_ticked(unit: UnitOfWork, make: Any) -> None:
    visit = visit_of(make, **ALL_BOXES | {"material": False, "background": False})
    with pytest.raises(BusinessError) as refused:
        visit.move("prepare", by=None)
    said = refused.value.message
    assert isinstance(said, Text)
    assert said.values["missing"] == f"{PREPARATION['background']}, {PREPARATION['material']}"

    change_record(Visits, visit, ALL_BOXES, by=None, version=visit.version)
    visit.move("prepare", by=None)

    assert visit.state == "prepared"


def test_the_next_step_becomes_something_to_do(unit: UnitOfWork, make: Any) -> None:
    visit, due = prepared(make), DAY + timedelta(days=7)

    record_visit(visit, by=unit.user, on=DAY, **SAID, next_step="Send samples", next_step_on=due)

    given = session().scalars(select(Activity).where(Activity.record_id == visit.id)).one()
    assert (visit.state, visit.met, visit.learnt) == ("done", SAID["met"], SAID["learnt"])
    assert (given.what, given.due_on, given.user_id) == ("Send samples", due, unit.user.id)


@pytest.mark.parametrize(
    ("step", "day", "refusal"),
    [
        ("Send samples", None, NextStepNeedsDay),
        (None, DAY, NextStepIsNotSaid),
        ("Send samples", DAY - timedelta(days=1), NextStepIsPast),
    ],
)
def test_a_next_step_has_words_and_a_day_to_come(
    unit: UnitOfWork, make: Any, step: str | None, day: date | None, refusal: type[Exception]
) -> None:
    visit = prepared(make)

    with pytest.raises(refusal):
        record_visit(visit, by=unit.user, on=DAY, **SAID, next_step=step, next_step_on=day)

    assert visit.state == "prepared"


def test_a_visit_that_is_not_prepared_is_not_written_down(unit: UnitOfWork, make: Any) -> None:
    with pytest.raises(BusinessError):
        record_visit(visit_of(make), by=unit.user, on=DAY, **SAID)


def test_only_people_of_the_customer_are_visited(unit: UnitOfWork, make: Any) -> None:
    customer, other = make.customer(), make.customer()
    own, stranger = customer.contacts[0], other.contacts[0]

    visit = visit_of(make, customer_id=customer.id, contacts=[{"contact_id": own.id}, {}])
    with pytest.raises(ContactIsOfAnother):
        visit_of(make, customer_id=customer.id, contacts=[{"contact_id": stranger.id}])

    assert [one.contact for one in visit.contacts] == [own]


def test_the_opportunity_is_one_of_the_customer(unit: UnitOfWork, make: Any) -> None:
    other = create_record(Opportunities, {"customer_id": make.customer().id}, by=None)

    with pytest.raises(RecordIsOfAnotherCustomer):
        visit_of(make, opportunity_id=other.id)


def test_a_visit_is_cancelled_with_its_reason(unit: UnitOfWork, make: Any) -> None:
    visit = visit_of(make)
    with pytest.raises(ReasonIsMissing):
        cancel_visit(visit, by=None, reason="")

    cancel_visit(visit, by=None, reason="They moved")

    assert (visit.state, visit.cancellation_reason) == ("cancelled", "They moved")
