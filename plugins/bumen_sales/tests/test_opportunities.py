"""Opportunities: how likely they are at each stage, and what the funnel makes of them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bumen import BusinessError, IllegalTransition, create_record, session, today
from bumen.unit_of_work import UnitOfWork
from bumen_sales.errors import ContactIsOfAnother, ReasonIsMissing
from bumen_sales.models import Opportunity, OpportunityState
from bumen_sales.pipeline import customers, follow_up, funnel
from bumen_sales.resources import Leads, Opportunities, Visits
from bumen_sales.services import (
    analyse_need,
    lose_opportunity,
    negotiate,
    offer_solution,
    quote_opportunity,
    win_opportunity,
)

DAY = date(2026, 3, 2)


def opportunity_of(make: Any, **said: Any) -> Opportunity:
    """Open an opportunity of a new customer worth 1000.00, unless told otherwise."""
    if "customer_id" not in said:
        said["customer_id"] = make.customer().id
    made: Opportunity = create_record(Opportunities, {"expected_amount": "1000"} | said, by=None)
    return made


def test_each_stage_has_a_likelihood_of_its_own(unit: UnitOfWork, make: Any) -> None:
    one = opportunity_of(make)
    found = [(one.state, one.probability, one.weighted)]

    for step in (offer_solution, quote_opportunity, negotiate, win_opportunity):
        step(one, by=None, on=DAY)
        found.append((one.state, one.probability, one.weighted))

    assert found == [
        ("needs_analysis", 10, 100),
        ("solution", 30, 300),
        ("quotation", 50, 500),
        ("negotiation", 75, 750),
        ("won", 100, 1000),
    ]


def test_people_who_know_better_say_how_likely_it_is(unit: UnitOfWork, make: Any) -> None:
    one = opportunity_of(make, probability="42.5")

    assert (one.probability, one.weighted) == (Decimal("42.5"), Decimal("425.00"))


def test_an_opportunity_goes_back_and_remembers_how_far_it_was(unit: UnitOfWork, make: Any) -> None:
    one = opportunity_of(make)
    negotiate(one, by=None, on=DAY)

    analyse_need(one, by=None, on=DAY + timedelta(days=3))

    assert (one.state, one.probability) == ("needs_analysis", 10)
    assert one.furthest is OpportunityState.NEGOTIATION
    assert one.stage_since == DAY + timedelta(days=3)


def test_what_is_lost_says_why_and_counts_for_nothing(unit: UnitOfWork, make: Any) -> None:
    one = opportunity_of(make)
    with pytest.raises(ReasonIsMissing):
        lose_opportunity(one, by=None, on=DAY, reason=" ")

    lose_opportunity(one, by=None, on=DAY, reason="Too dear")

    assert (one.state, one.lost_reason, one.weighted) == ("lost", "Too dear", 0)
    with pytest.raises(IllegalTransition):
        win_opportunity(one, by=None, on=DAY)


def test_products_say_what_is_expected_where_nobody_does(unit: UnitOfWork, make: Any) -> None:
    lines = [{"product_id": make.product(list_price=30).id, "quantity": "2.5"}]

    one = opportunity_of(make, expected_amount=None, lines=lines)

    assert one.expected_amount == Decimal("75.00")


def test_the_contact_is_one_of_the_customer(unit: UnitOfWork, make: Any) -> None:
    stranger = make.customer().contacts[0]

    with pytest.raises(ContactIsOfAnother):
        opportunity_of(make, contact_id=stranger.id)


@pytest.mark.parametrize(
    "said",
    [
        {"expected_amount": "-1"},
        {"probability": "100.5"},
        {"probability": "-1"},
        {"lines": [{"product_id": None, "quantity": "1"}]},
    ],
)
def test_what_cannot_be_is_refused(unit: UnitOfWork, make: Any, said: dict[str, Any]) -> None:
    with pytest.raises(BusinessError):
        opportunity_of(make, **said)


def test_the_funnel_counts_how_many_came_how_far(unit: UnitOfWork, make: Any) -> None:
    for company in ("A", "B", "C", "D"):
        said = {"name": "Lin", "company": company, "source": "web"}
        create_record(Leads, said, by=None)
    first, second, third = (opportunity_of(make) for _ in range(3))
    win_opportunity(first, by=None, on=DAY)
    quote_opportunity(second, by=None, on=DAY)
    lose_opportunity(second, by=None, on=DAY, reason="Too dear")
    offer_solution(third, by=None, on=DAY)
    analyse_need(third, by=None, on=DAY)

    rows = list(funnel(seen=(), since=None, until=None))

    assert [row[1] for row in rows] == [4, 0, 3, 3, 2, 1, 1]
    assert [row[2] for row in rows[2:]] == [3000, 3000, 2000, 1000, 1000]
    assert [round(row[3], 1) if row[3] is not None else None for row in rows] == [
        None,
        0,
        None,
        100,
        Decimal("66.7"),
        50,
        100,
    ]


def test_the_funnel_keeps_to_its_days(unit: UnitOfWork, make: Any) -> None:
    opportunity_of(make)
    day = today()

    before = list(funnel(seen=(), since=None, until=day - timedelta(days=1)))
    then = list(funnel(seen=(), since=day, until=day))

    assert [row[1] for row in before] == [0] * 7
    assert [row[1] for row in then] == [0, 0, 1, 0, 0, 0, 0]


def test_each_customer_is_told_with_how_far_it_is_followed_up(unit: UnitOfWork, make: Any) -> None:
    far, near = make.customer(name="Far"), make.customer(name="Near")
    for _place in range(2):
        opportunity_of(make, customer_id=near.id)
    negotiate(opportunity_of(make, customer_id=near.id), by=None, on=today())
    opportunity_of(make, customer_id=far.id).stage_since = today() - timedelta(days=12)
    lose_opportunity(opportunity_of(make), by=None, on=today(), reason="Too dear")
    said = {"customer_id": far.id, "goal": "See them", "planned_at": "2026-03-02T02:00:00Z"}
    visit = create_record(Visits, said, by=None)

    rows = [[*row[:1], row[1].value, *row[2:]] for row in customers(seen=())]

    assert rows == [
        [str(far), 1, OpportunityState.NEEDS_ANALYSIS, 1000, 12, None, visit.planned_at],
        [str(near), 3, OpportunityState.NEGOTIATION, 3000, 0, None, None],
    ]


def test_follow_up_tells_how_long_each_has_been_in_its_stage(unit: UnitOfWork, make: Any) -> None:
    for age in (0, 6, 7, 30, 90, 400):
        opportunity_of(make).stage_since = today() - timedelta(days=age)
    negotiate(opportunity_of(make), by=None, on=today())
    session().flush()

    rows = list(follow_up(seen=()))

    assert [row[1].value for row in rows] == [6, 0, 0, 1]
    assert list(rows[0][2:]) == [2, 1, 1, 2, 6000, 600]
    assert list(rows[3][2:]) == [1, 0, 0, 0, 1000, 750]
