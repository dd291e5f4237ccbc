"""Credit evaluations: worked out, put before whoever decides, granted, and over one day."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from sqlalchemy import select

from bumen import NoticeKind, User, holders, next_number, session, tell
from bumen_base.models import Customer
from bumen_base.services import grant_credit
from bumen_sales.errors import (
    CreditEndsTooEarly,
    CustomerIsArchived,
    WeightsDoNotAddUp,
)
from bumen_sales.models import (
    CreditEvaluation,
    CreditPolicy,
    account_payments,
    approved_evaluations,
    disputed_orders,
    disputed_statements,
    first_firm_order,
    policy_on,
    turnover,
    usual_policy,
)
from bumen_sales.services.filling import fill
from bumen_sales.services.scoring import Payment, behaviour, grade_of, proposed_limit, score
from bumen_sales.texts import _

NUMBERED = "sales.credit_evaluation"
LOOKED_BACK = 24
"""So many months of payments count."""
_YEAR = 12
_WEIGHTS = 100


def save_policy(policy: CreditPolicy, *, by: User | None) -> None:
    """Keep a credit policy; refuses weights that do not add up."""
    weights = policy.payment_weight + policy.years_weight
    weights += policy.size_weight + policy.disputes_weight
    if weights != _WEIGHTS:
        raise WeightsDoNotAddUp(weights)


def draft_evaluation(evaluation: CreditEvaluation, *, by: User | None, on: date) -> None:
    """Begin an evaluation: the score card is worked out as things stand on the day."""
    revise_evaluation(evaluation, by=by, on=on)
    evaluation.number = next_number(kind=NUMBERED, on=on)


def revise_evaluation(evaluation: CreditEvaluation, *, by: User | None, on: date) -> None:
    """Work the score card out anew; refuses one that would be over at once."""
    with session().no_autoflush:
        policy = policy_in_force(on)
        _score(evaluation, policy, on=on)
    fill(evaluation, "credit_limit", evaluation.proposed_limit)
    fill(evaluation, "valid_until", months_after(on, policy.valid_months))
    if evaluation.valid_until <= on:
        raise CreditEndsTooEarly


def submit_evaluation(evaluation: CreditEvaluation, *, by: User | None, on: date) -> None:
    """Put an evaluation before the sales manager, and beyond the policy's limit the director."""
    _refuse_archived(evaluation)
    if evaluation.valid_until <= on:
        raise CreditEndsTooEarly
    above = policy_in_force(on).director_above
    high = above is not None and evaluation.credit_limit > above
    evaluation.move("submit_to_director" if high else "submit", by=by)


def approve_evaluation(
    evaluation: CreditEvaluation, *, by: User | None, on: date, opinion: str
) -> None:
    """Grant the customer the limit; what was granted before is over. Source: B9.2.

    Refuses when the customer was archived meanwhile, or its time has passed while it waited.
    """
    customer = evaluation.customer
    session().scalars(select(Customer.id).where(Customer.id == customer.id).with_for_update()).one()
    _refuse_archived(evaluation)
    if evaluation.valid_until <= on:
        raise CreditEndsTooEarly
    for earlier in session().scalars(approved_evaluations(customer)).all():
        earlier.move("expire", by=None)
    evaluation.move("approve", by=by, opinion=opinion)
    grant_credit(
        customer, by=by, credit_limit=evaluation.credit_limit, credit_grade=evaluation.grade
    )


def expire_evaluation(evaluation: CreditEvaluation, *, by: User | None) -> None:
    """Note that an evaluation is over, and tell who should make another; the limit stands."""
    evaluation.move("expire", by=by)
    said = _(
        "The credit evaluation of %(customer)s is over. Please evaluate anew.",
        customer=evaluation.customer,
    )
    tell(_who_evaluates(evaluation), kind=NoticeKind.LATE, record=evaluation, text=said)


def announce_end_of_evaluation(evaluation: CreditEvaluation, *, on: date) -> None:
    """Tell, once, who should evaluate a customer anew before the evaluation is over."""
    evaluation.warned_on = on
    said = _(
        "The credit evaluation of %(customer)s ends on %(day)s. Please evaluate anew by then.",
        customer=evaluation.customer,
        day=evaluation.valid_until.isoformat(),
    )
    tell(_who_evaluates(evaluation), kind=NoticeKind.LATE, record=evaluation, text=said)


def policy_in_force(day: date) -> CreditPolicy:
    """Return the credit policy of a day; where there is none, one with what fields begin with."""
    return session().scalar(policy_on(day)) or usual_policy(day)


def payments_of(customer: Customer, *, since: date) -> Iterator[Payment]:
    """Yield when a customer's orders on account were due, and when they had been paid."""
    for due_on, due, last in session().execute(account_payments(customer, since=since)).all():
        yield Payment(due_on=due_on, paid_on=last if due == 0 else None)


def months_after(day: date, months: int) -> date:
    """Return the same day so many months later, or before; the last one where there is none."""
    years, month = divmod(day.year * _YEAR + day.month - 1 + months, _YEAR)
    return day.replace(
        year=years, month=month + 1, day=min(day.day, monthrange(years, month + 1)[1])
    )


def _who_evaluates(evaluation: CreditEvaluation) -> set[int]:
    """Return the sales managers and whoever looks after the customer (ids of users)."""
    seller = evaluation.customer.salesperson
    return {*holders("sales.manager"), *([seller.user_id] if seller and seller.user_id else [])}


def _score(evaluation: CreditEvaluation, policy: CreditPolicy, *, on: date) -> None:
    customer = evaluation.customer
    paid = behaviour(payments_of(customer, since=months_after(on, -LOOKED_BACK)), on=on)
    evaluation.evaluated_on = on
    evaluation.counted, evaluation.in_time, evaluation.days_late = (
        paid.counted,
        paid.in_time,
        paid.days_late,
    )
    evaluation.years = _years_between(session().scalar(first_firm_order(customer)), on)
    sold = session().scalar(turnover(customer, since=months_after(on, -_YEAR)))
    evaluation.turnover = sold or Decimal(0)
    evaluation.disputes = session().scalar(disputed_orders(customer)) or 0
    evaluation.disputes += session().scalar(disputed_statements(customer)) or 0
    evaluation.score = score(
        policy,
        paid,
        years=evaluation.years,
        turnover=evaluation.turnover,
        disputes=evaluation.disputes,
    )
    evaluation.grade = grade_of(evaluation.score)
    evaluation.proposed_limit = proposed_limit(
        policy, evaluation.grade, turnover=evaluation.turnover
    )


def _years_between(first: date | None, day: date) -> int:
    if first is None:
        return 0
    return max(day.year - first.year - ((day.month, day.day) < (first.month, first.day)), 0)


def _refuse_archived(evaluation: CreditEvaluation) -> None:
    if evaluation.customer.archived:
        raise CustomerIsArchived(evaluation.customer)
