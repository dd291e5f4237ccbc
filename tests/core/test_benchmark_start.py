"""A start asks the database little: the goals of the benchmark, in statements, not in seconds."""

import pytest

from benchmarks.start import OURS, STOCK, Start, goals, measure
from bumen.testing.workbench import Workbench

NEEDED = (Start(OURS, empty=True), Start(STOCK, empty=True), Start(OURS, empty=False))


@pytest.mark.slow
def test_a_start_asks_the_database_little(workbench: Workbench, backend: str) -> None:
    databases = workbench.databases(backend)

    kept = goals(measure(databases, rounds=1, starts=NEEDED, hurried=backend == "sqlite"))

    assert [goal for goal in kept if not goal.met] == []
