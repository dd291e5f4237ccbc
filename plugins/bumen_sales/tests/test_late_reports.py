"""The register tells of monthly reports that left late, or should have left."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from bumen import session
from bumen.unit_of_work import UnitOfWork
from bumen_sales.late_reports import late
from bumen_sales.models import MonthlyReport, MonthlyReportState


@pytest.fixture
def reports(unit: UnitOfWork) -> None:
    """Four months: sent in time, sent three days late, waiting since the 28th, not due yet."""
    for month, days in ((1, 0), (2, 3), (3, None), (4, None)):
        day = date(2026, month, 28)
        state = MonthlyReportState.DRAFT if days is None else MonthlyReportState.SENT
        made = MonthlyReport(year=2026, month=month, until=day, due_on=day, number=f"MR-{month}")
        made.state, made.days_late = state, days or 0
        session().add(made)
    session().flush()


@pytest.mark.parametrize(
    ("day", "told"),
    [(28, [("MR-2", 3)]), (29, [("MR-3", 1), ("MR-2", 3)]), (31, [("MR-3", 3), ("MR-2", 3)])],
)
def test_late_reports_are_told_with_their_days(
    reports: None, day: int, told: list[tuple[Any, ...]]
) -> None:
    with time_machine.travel(datetime(2026, 3, day, 4, tzinfo=UTC), tick=False):
        rows = list(late(seen=()))

    assert [(row[0].value, row[5]) for row in rows] == told
