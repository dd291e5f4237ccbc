"""Customers are evaluated, their credit is granted, and one day it is over. Source: B9.2."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from bumen import CurrentCompany, NoticeKind, User, create_record, run_action, session, today
from bumen.host import Host
from bumen.jobs import start
from bumen.notices import Notice
from bumen.testing import work_off
from bumen.testing.makers import make_user
from bumen_base.models import Grade, PaymentMethod
from bumen_base.services import archive_customer, grant_credit
from bumen_sales.errors import (
    CreditEndsTooEarly,
    CustomerIsArchived,
    WeightsDoNotAddUp,
)
from bumen_sales.jobs.credit import ANNOUNCE_ENDS, END_EVALUATIONS
from bumen_sales.models import (
    Collecting,
    CreditEvaluation,
    CreditPolicy,
    EvaluationState,
    OrderState,
)
from bumen_sales.resources import CreditEvaluations, CreditPolicies
from bumen_sales.services import (
    approve_evaluation,
    confirm_order,
    draft_evaluation,
    receive_collected,
    submit_evaluation,
)

DAY, NOW = date(2026, 7, 1), datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.fixture
def boss(host: Host, company: CurrentCompany) -> str:
    """The sales manager, who decides."""
    make_user(host, "boss", company=company.code, roles=["sales.manager"])
    return "boss"


@pytest.fixture
def unit(boss, unit):
    """A unit of work in a company that has a sales manager."""
    return unit


@pytest.fixture
def evaluate(unit):
    """A function that drafts an evaluation of a customer on a day."""

    def made(customer, *, on: date = DAY, **said) -> CreditEvaluation:
        evaluation = CreditEvaluation(customer=customer, **said)
        draft_evaluation(evaluation, by=unit.user, on=on)
        session().add(evaluation)
        session().flush()
        return evaluation

    return made


@pytest.fixture
def on_account(unit, make):
    """A function that makes a confirmed order on account of 105.00, paid on a day or not at all."""

    def made(customer, ordered_on: date, *, paid_on: date | None = None):
        order = make.order(customer_id=customer.id, ordered_on=ordered_on, payment_days=30)
        confirm_order(order, by=unit.user)
        assert order.state is OrderState.CONFIRMED
        order.due_on = ordered_on + timedelta(30)
        session().flush()
        if paid_on is not None:
            said = {"received_on": paid_on, "reference": None, "by": unit.user, "at": NOW}
            receive_collected(order, Decimal("105.00"), **said)
        return order

    return made


@pytest.fixture
def customer(make):
    """A customer who buys on account."""
    found = make.customer(payment_method=PaymentMethod.ON_ACCOUNT)
    grant_credit(found, by=None, credit_limit=Decimal(1000))
    return found


def test_the_score_card_is_worked_out_from_what_was_ordered_and_paid(
    evaluate, on_account, customer
) -> None:
    on_account(customer, date(2024, 6, 1))  # longer ago than payments count: only the years
    on_account(customer, date(2026, 1, 1), paid_on=date(2026, 1, 31))  # in time
    on_account(customer, date(2026, 2, 1), paid_on=date(2026, 3, 13))  # 10 days late
    disputed = on_account(customer, date(2026, 6, 15))  # not due yet
    disputed.collecting = Collecting.DISPUTED
    session().flush()

    card = evaluate(customer)

    assert (card.counted, card.in_time, card.days_late) == (2, Decimal(50), Decimal(5))
    assert (card.years, card.turnover) == (2, Decimal("300.00"))
    # 40 × 45 + 20 × 40 + 25 × 0.03 + 15 × 75 = 1800 + 800 + 0.75 + 1125
    assert (card.score, card.grade) == (Decimal("37.26"), Grade.D)
    assert (card.proposed_limit, card.credit_limit) == (Decimal(0), Decimal(0))
    assert card.valid_until == date(2027, 7, 1)


def test_approving_grants_the_limit_and_ends_what_was_granted_before(
    unit, evaluate, customer
) -> None:
    manager = session().scalars(select(User).where(User.username == "boss")).one()
    first = evaluate(customer, on=today(), credit_limit=Decimal(500))
    second = evaluate(customer, on=today(), credit_limit=Decimal(9000))
    for one in (first, second):
        submit_evaluation(one, by=unit.user, on=today())
        session().flush()
        said = {"opinion": "Yes"}
        run_action(CreditEvaluations, one, "approve", said, by=manager, version=one.version)

    assert [first.state, second.state] == [EvaluationState.EXPIRED, EvaluationState.APPROVED]
    assert (customer.credit_limit, customer.credit_grade) == (Decimal(9000), second.grade)


@pytest.mark.parametrize(
    ("limit", "state"),
    [("5000", EvaluationState.SUBMITTED), ("5000.01", EvaluationState.WITH_DIRECTOR)],
)
def test_a_limit_above_what_the_policy_says_is_put_before_the_director(
    unit, evaluate, customer, limit, state
) -> None:
    session().add(CreditPolicy(valid_from=DAY, director_above=Decimal(5000)))
    session().flush()
    evaluation = evaluate(customer, credit_limit=Decimal(limit))

    submit_evaluation(evaluation, by=unit.user, on=DAY)

    assert evaluation.state is state


def test_the_policy_of_the_day_counts(evaluate, customer) -> None:
    for begins, months in ((date(2026, 1, 1), 6), (DAY, 9), (DAY, 3), (DAY + timedelta(1), 1)):
        session().add(CreditPolicy(valid_from=begins, valid_months=months))
        session().flush()

    assert evaluate(customer).valid_until == date(2026, 10, 1)
    assert evaluate(customer, on=DAY - timedelta(1)).valid_until == date(2026, 12, 30)


def test_weights_that_do_not_add_up_are_refused(unit) -> None:
    with pytest.raises(WeightsDoNotAddUp):
        create_record(
            CreditPolicies, {"valid_from": "2026-07-01", "years_weight": 21}, by=unit.user
        )


def test_an_evaluation_that_would_be_over_is_refused(unit, evaluate, customer) -> None:
    with pytest.raises(CreditEndsTooEarly):
        evaluate(customer, valid_until=DAY)
    waiting = evaluate(customer, valid_until=DAY + timedelta(1))
    submit_evaluation(waiting, by=unit.user, on=DAY)

    with pytest.raises(CreditEndsTooEarly):
        approve_evaluation(waiting, by=unit.user, on=DAY + timedelta(1), opinion="Yes")


def test_an_archived_customer_is_granted_nothing(unit, evaluate, customer) -> None:
    evaluation = evaluate(customer)
    archive_customer(customer, by=unit.user)
    session().flush()

    with pytest.raises(CustomerIsArchived):
        submit_evaluation(evaluation, by=unit.user, on=DAY)


def test_an_evaluation_that_is_over_expires_by_night_and_its_limit_stands(
    host: Host, company: CurrentCompany, make
) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        customers = [make.customer() for _ in range(2)]
        for customer, ends in zip(customers, (today() - timedelta(1), today()), strict=True):
            evaluation = CreditEvaluation(
                customer=customer, valid_until=ends, state=EvaluationState.APPROVED
            )
            draft_evaluation(evaluation, by=unit.user, on=ends - timedelta(30))
            session().add(evaluation)
            grant_credit(customer, by=unit.user, credit_limit=Decimal(70))
        start(END_EVALUATIONS)
    work_off(host)

    with host.unit_of_work(company=company.code, by="admin"):
        found = session().scalars(select(CreditEvaluation).order_by(CreditEvaluation.id)).all()
        assert [one.state.value for one in found] == ["expired", "approved"]
        assert [one.customer.credit_limit for one in found] == [Decimal(70), Decimal(70)]


def test_people_are_told_once_before_an_evaluation_is_over(
    host: Host, company: CurrentCompany, boss, make
) -> None:
    with host.unit_of_work(company=company.code, by="admin") as unit:
        for days in (30, 31):
            evaluation = CreditEvaluation(
                customer=make.customer(),
                valid_until=today() + timedelta(days),
                state=EvaluationState.APPROVED,
            )
            draft_evaluation(evaluation, by=unit.user, on=today())
            session().add(evaluation)
    for _again in "ab":
        with host.unit_of_work(company=company.code, by="admin"):
            start(ANNOUNCE_ENDS)
        work_off(host)

    with host.unit_of_work(company=company.code, by="admin"):
        found = session().scalars(select(CreditEvaluation).order_by(CreditEvaluation.id)).all()
        about = select(Notice.record_id).where(Notice.kind == NoticeKind.LATE)
        assert [one.warned_on for one in found] == [today(), None]
        assert session().scalars(about).all() == [found[0].id]


def test_a_customer_is_evaluated_put_before_the_manager_and_granted_credit(
    host: Host, company: CurrentCompany, boss, make, login
) -> None:
    with host.unit_of_work(company=company.code, by="admin"):
        ident = make.customer().id
    seller, manager = login("admin"), login(boss)
    place = "/api/v1/sales/credit_evaluations/"
    made = seller.post(place, json={"customer_id": ident, "credit_limit": "800"}).json["result"]
    assert (made["state"], made["score"]) == ("draft", "35.0000")

    where = f"{place}{made['id']}"
    submitted = seller.post(f"{where}/actions/submit", json={"version": made["version"]})
    assert submitted.json["result"]["state"] == "submitted"
    said = {"version": submitted.json["result"]["version"], "opinion": "Pays well elsewhere"}
    approved = manager.post(f"{where}/actions/approve", json=said)

    assert approved.json["result"]["state"] == "approved"
    page = manager.get(f"/base/customers/show/{ident}").text
    assert page.count("/sales/credit_evaluations/show/") >= 1
    customer = manager.get(f"/api/v1/base/customers/{ident}").json["result"]
    assert (customer["credit_limit"], customer["credit_grade"]) == ("800.00", "D")
