"""Every clause that sales and logistics answer for is fulfilled by something they declare."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bumen.registry import Registry

FILE = Path(__file__).parents[3] / "shared" / "spec" / "clauses.csv"
DEPARTMENTS = {"sales", "logistics"}

CLAUSES = (
    *("A4.1.1", "A4.1.2", "A4.1.3", "A4.1.4", "A4.1.5", "A4.1.6"),
    *("A4.2.1", "A4.2.2", "A4.2.3", "A4.2.4", "A4.2.5", "A4.2.6"),
    *("A4.3.1", "A4.3.2", "A4.3.3", "A4.3.4", "A4.3.5", "A4.3.6", "A4.3.7"),
    *("B9.2", "B9.3", "E2.1", "E2.2", "E2.3", "E2.4", "E2.5", "E2.5b", "E2.6", "E2.7"),
    *("E3.7", "E3.x", "E4.2", "E5.3", "E5.4"),
)
"""What the two departments answer for; E5.3 is talked about by all of them on the order."""
ASKED = ("A4.", "B9.2", "B9.3", "E2.", "E3.", "E4.2", "E5.3", "E5.4")


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_clause_is_fulfilled_by_sales_or_logistics(registry: Registry, clause: str) -> None:
    having = {name for name in DEPARTMENTS if clause in registry.plugins[name].plugin.clauses}

    assert having != set(), f"Neither sales nor logistics declares what fulfils {clause}."


@pytest.mark.skipif(not FILE.is_file(), reason=f"the list of clauses is not there: {FILE}")
def test_the_clauses_are_those_of_the_list() -> None:
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["id"].startswith(ASKED)]

    theirs = [row["id"] for row in rows if row["department"] in DEPARTMENTS | {"core"}]

    assert sorted(theirs) == sorted(CLAUSES)
