"""Of more groups than are shown the totals are of all, in one statement, and what was before is."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import event, insert

from bumen import Condition, CurrentCompany
from bumen.host import Host
from bumen.listing import Listing
from bumen.reports import MOST_ROWS, Compared, Question, checked, work_out
from bumen.unit_of_work import today
from bumen_base.models import Customer, CustomerKind
from bumen_base.reports import CUSTOMERS

SHOWN, MORE = MOST_ROWS, 100


def rows(company_id: int) -> Iterator[dict[str, Any]]:
    """Yield three customers of 2020 in each of the large industries, one in each of the others.

    A year before the small ones were larger than the first hundred of the large ones.
    """
    for place in range(SHOWN + MORE):
        yield from _some(company_id, place, 2020, 3 if place < SHOWN else 1)
        yield from _some(company_id, place, 2019, 1 if place < MORE else 2)


def _some(company_id: int, place: int, year: int, number: int) -> Iterator[dict[str, Any]]:
    for nth in range(number):
        code = f"{year}-{place}-{nth}"
        yield {
            "company_id": company_id,
            "code": code,
            "name": code,
            "kind": CustomerKind.COMPANY,
            "industry": f"I{place:03}",
            "version": 1,
            "completeness": place,
            "created_at": datetime(year, 1, 10, tzinfo=UTC),
            "changed_at": datetime(year, 1, 10, tzinfo=UTC),
        }


@pytest.fixture
def crowd(host: Host, company: CurrentCompany) -> Host:
    """Customers of six hundred industries."""
    with host.database.engine.begin() as connection:
        connection.execute(insert(Customer.__table__), list(rows(company.id)))
    return host


def question(**more: Any) -> Question:
    """Ask for the customers of 2020 by industry."""
    of_2020 = Condition(field="created_at", operator="period", value="2020")
    measures = ("customers", "complete")
    listing = Listing(conditions=(of_2020,))
    return Question(rows="industry", measures=measures, listing=listing, **more)


def test_the_total_is_of_all_groups_and_takes_no_statement_of_its_own(crowd: Host) -> None:
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        sent.append(statement)

    with crowd.unit_of_work(company="TW01", by="admin"):
        asked = checked(CUSTOMERS, question())
        event.listen(crowd.database.engine, "before_cursor_execute", note)
        found = work_out(asked, today=today())
        event.remove(crowd.database.engine, "before_cursor_execute", note)

    assert len([one for one in sent if "base_customer" in one]) == 1
    assert len(found.rows) == SHOWN
    assert found.more_rows
    assert {cell.values["customers"] for cell in found.row_totals} == {3}
    assert found.total.values["customers"] == 3 * SHOWN + MORE


def test_what_was_before_is_told_of_every_group_that_is_shown(crowd: Host) -> None:
    with crowd.unit_of_work(company="TW01", by="admin"):
        asked = checked(CUSTOMERS, question(compared=Compared.YEAR))
        found = work_out(asked, today=today())

    before = {
        one.value: (cell.before or {})["customers"]
        for one, cell in zip(found.rows, found.row_totals, strict=True)
    }
    assert before == {f"I{place:03}": 1 if place < MORE else 2 for place in range(SHOWN)}
    assert (found.total.before or {})["customers"] == MORE + 2 * SHOWN
