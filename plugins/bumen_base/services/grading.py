"""What a customer is worth: the grade that follows from a year's turnover."""

from datetime import date
from decimal import Decimal

from bumen import User, ask
from bumen_base.hooks import base_turnover_of_customer
from bumen_base.models import Customer, Grade

LEAST_TURNOVER = {
    Grade.A: Decimal(1_000_000),
    Grade.B: Decimal(300_000),
    Grade.C: Decimal(50_000),
}
"""What a grade asks for in twelve months, in the company's currency; less than the last is D."""


def regrade_customer(customer: Customer, *, by: User | None, on: date) -> None:
    """Grade a customer by the turnover of the twelve months before a day.

    Without a department that knows of turnover the customer has no value grade.
    """
    answers = ask(base_turnover_of_customer, customer=customer, since=a_year_before(on))
    customer.value_grade = grade_of(sum(answers, Decimal(0))) if answers else None


def grade_of(turnover: Decimal) -> Grade:
    """Return the grade of twelve months' turnover."""
    reached = (grade for grade, least in LEAST_TURNOVER.items() if turnover >= least)
    return next(reached, Grade.D)


def a_year_before(day: date) -> date:
    """Return the same day of the year before; the last of February for the 29th."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)
