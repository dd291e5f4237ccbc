"""How far a customer can be trusted, against numbers that were worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from bumen_base.models import Grade
from bumen_sales.models import usual_policy
from bumen_sales.services.scoring import (
    Behaviour,
    Payment,
    behaviour,
    grade_of,
    proposed_limit,
    score,
)

TODAY = date(2026, 7, 1)
POLICY = usual_policy(TODAY)
"""Payment 40, years 20 (5 in full), size 25 (1,000,000 in full), disputes 15; 20 % of turnover."""


def paid(due: str, on: str | None) -> Payment:
    return Payment(due_on=date.fromisoformat(due), paid_on=on and date.fromisoformat(on))


def test_payments_are_summed_up_as_share_in_time_and_days_late_on_average() -> None:
    payments = [
        paid("2026-05-01", "2026-04-30"),  # early
        paid("2026-05-01", "2026-05-01"),  # on the day
        paid("2026-05-01", "2026-05-11"),  # 10 days late
        paid("2026-06-21", None),  # 10 days overdue
        paid("2026-07-01", None),  # due today: says nothing yet
    ]

    assert behaviour(payments, on=TODAY) == Behaviour(
        counted=4, in_time=Decimal("50.00"), days_late=Decimal("5.00")
    )


def test_nothing_that_had_to_be_paid_says_nothing() -> None:
    assert behaviour([paid("2026-07-02", None)], on=TODAY) == Behaviour(
        counted=0, in_time=None, days_late=None
    )


@pytest.mark.parametrize(
    ("in_time", "late", "years", "turnover", "disputes", "points"),
    [
        # 40 × 100 + 20 × 100 + 25 × 100 + 15 × 100
        ("100", "0", 5, "1000000", 0, "100.00"),
        # 40 × (50 − 5 = 45) + 20 × 40 + 25 × 25 + 15 × 75 = 1800 + 800 + 625 + 1125
        ("50", "5", 2, "250000", 1, "43.50"),
        # more than full counts in full; late by more days than percent in time counts nothing
        ("20", "30", 9, "3000000", 5, "45.00"),
        # 40 × (66.67 − 3.33 = 63.34) + 20 × 20 + 25 × 10 + 15 × 100 = 2533.6 + 400 + 250 + 1500
        ("66.67", "3.33", 1, "100000", 0, "46.84"),
    ],
)
def test_the_score_weighs_payment_years_size_and_disputes(
    in_time, late, years, turnover, disputes, points
) -> None:
    seen = Behaviour(counted=9, in_time=Decimal(in_time), days_late=Decimal(late))

    found = score(POLICY, seen, years=years, turnover=Decimal(turnover), disputes=disputes)

    assert found == Decimal(points)


def test_who_has_not_had_to_pay_yet_counts_half_for_payment() -> None:
    unknown = Behaviour(counted=0, in_time=None, days_late=None)

    # 40 × 50 + 15 × 100
    assert score(POLICY, unknown, years=0, turnover=Decimal(0), disputes=0) == Decimal("35.00")


@pytest.mark.parametrize(
    ("points", "grade"),
    [("80", "A"), ("79.99", "B"), ("60", "B"), ("59.99", "C"), ("40", "C"), ("39.99", "D")],
)
def test_grades_begin_at_80_60_and_40(points, grade) -> None:
    assert grade_of(Decimal(points)) is Grade(grade)


@pytest.mark.parametrize(
    ("grade", "limit"),
    [("A", "24690.20"), ("B", "14814.12"), ("C", "7407.06"), ("D", "0.00")],
)
def test_the_proposed_limit_is_a_share_of_the_turnover_by_grade(grade, limit) -> None:
    found = proposed_limit(POLICY, Grade(grade), turnover=Decimal("123451.00"))

    assert found == Decimal(limit)
