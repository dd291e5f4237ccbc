"""A supermarket's sales, once as CSV and once as a workbook: the same records come of both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bumen.importing import steps
from bumen.unit_of_work import session
from tests.core.importing_files.conftest import Wizard
from tests.plugins.depot.models import Crate, CrateLine

FILES = Path(__file__).parents[4] / "shared" / "data" / "supermarket"
MONTHS = ("January", "February", "March")

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason=f"the files are not there: {FILES}")


def mapping(**date: Any) -> dict[str, Any]:
    """Return what becomes of the columns; only the dates are written in two ways."""
    return {
        "resource": "depot.crates",
        "group_by": ["Invoice ID"],
        "fields": {
            "reference": "Invoice ID",
            "grower": {"constant": "G1", "by": "code"},
            "packed_at": {"column": "Date", **date},
        },
        "lines": {
            "lines": {
                "fields": {"fruit": "Product line", "pieces": "Quantity", "price": "Unit price"}
            }
        },
    }


def crates(wizard: Wizard) -> list[Any]:
    """Return all that was imported, in one order."""
    line = (CrateLine.fruit, CrateLine.pieces, CrateLine.price)
    query = select(Crate.reference, Crate.packed_at, *line).join(CrateLine.crate)
    with wizard.host.unit_of_work(company="TW01"):
        return sorted(tuple(row) for row in session().execute(query))


def test_a_text_file_and_a_workbook_become_the_same_records(wizard: Wizard) -> None:
    wizard.through("depot.growers", "code,name\nG1,Ada\n")
    plain = (FILES / "supermarket_Sales.csv").read_bytes()
    american = mapping(dates=["%m/%d/%Y"])
    first = wizard.through("depot.crates", plain, name="sales.csv", mapping=american)
    from_text = crates(wizard)
    wizard.do(steps.undo, first)
    assert crates(wizard) == []

    book = (FILES / "supermarket_sales.xlsx").read_bytes()
    for month in MONTHS:
        wizard.through("depot.crates", book, name="sales.xlsx", mapping=mapping(), sheet=month)

    assert len(from_text) == 1_000
    assert crates(wizard) == from_text
