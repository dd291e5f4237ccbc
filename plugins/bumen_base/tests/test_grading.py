"""Value grades follow from a year's turnover."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from bumen import create_record
from bumen_base.models import Customer, Grade
from bumen_base.resources import Customers
from bumen_base.services import regrade_customer
from bumen_base.services.grading import a_year_before, grade_of


@pytest.mark.parametrize(
    ("turnover", "grade"),
    [
        ("1000000.00", Grade.A),
        ("999999.99", Grade.B),
        ("300000.00", Grade.B),
        ("299999.99", Grade.C),
        ("50000.00", Grade.C),
        ("49999.99", Grade.D),
        ("0.00", Grade.D),
    ],
)
def test_a_grade_is_reached_by_its_least_turnover(turnover: str, grade: Grade) -> None:
    assert grade_of(Decimal(turnover)) is grade


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2026, 11, 21), date(2025, 11, 21)),
        (date(2024, 2, 29), date(2023, 2, 28)),
        (date(2025, 2, 28), date(2024, 2, 28)),
    ],
)
def test_a_year_before_is_the_same_day_of_the_year_before(day: date, before: date) -> None:
    assert a_year_before(day) == before


@pytest.mark.usefixtures("unit")
def test_the_turnover_of_all_departments_since_a_year_makes_the_grade(
    neighbour: Callable[..., None],
) -> None:
    asked: list[tuple[str, date]] = []

    def bought(customer: Customer, since: date) -> Decimal:
        asked.append((customer.code, since))
        return Decimal("150000.00")

    neighbour(base_turnover_of_customer=bought)
    neighbour(base_turnover_of_customer=bought)
    customer = create_record(Customers, {"code": "T1", "name": "春水茶行"}, by=None)

    regrade_customer(customer, by=None, on=date(2026, 11, 21))

    assert customer.value_grade is Grade.B
    assert asked == [("T1", date(2025, 11, 21))] * 2


@pytest.mark.usefixtures("unit")
def test_a_customer_of_whose_turnover_nobody_knows_has_no_value_grade() -> None:
    customer = create_record(Customers, {"name": "春水茶行"}, by=None)
    customer.value_grade = Grade.A

    regrade_customer(customer, by=None, on=date(2026, 11, 21))

    assert customer.value_grade is None
